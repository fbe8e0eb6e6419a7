"""The review page: what stands in the way, comments, the timeline, and refusals that keep what was typed."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agreements.publishing.readiness import readiness_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import ReviewComment
from agreements.vocabulary.kinds import WorkingState
from tests.people import make_user
from tests.published import first_agreement
from tests.staff.desk import accept_warnings, act, agreement_with, client_of

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture
def agreement() -> Agreement:
    return first_agreement()


def page_of(agreement: Agreement, name: str = "review", *arguments: int, language: str = "en") -> str:
    address = reverse(f"admin:agreement_{name}", args=[agreement.pk, *arguments])
    return address.replace("/en/", f"/{language}/", 1)


class TestReviewPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_each_problem_with_a_link_to_its_input(
        self, agreement: Agreement, reviewer: User, language: str
    ) -> None:
        Agreement.objects.filter(pk=agreement.pk).update(title_ckb="")
        agreement.dates.update(source=None)

        page = client_of(reviewer).get(page_of(agreement, language=language)).content.decode()

        for field in ("id_title_ckb", "id_dates-0-source", "id_activities-0-status"):
            assert f"#{field}" in page

    def test_its_links_lead_to_inputs_that_are_there(self, agreement: Agreement, editor: User) -> None:
        agreement.dates.update(source=None, unconfirmed=True)
        agreement.statements.update(source=None, form="reported", capacity_en="", capacity_ar="", capacity_ckb="")
        agreement.participations.filter(role="funder").delete()
        Agreement.objects.filter(pk=agreement.pk).update(summary_ar="")
        readiness = readiness_of(Agreement.objects.get(pk=agreement.pk))

        form = client_of(editor).get(reverse("admin:agreements_agreement_change", args=[agreement.pk]))

        fields = {one.field for one in (*readiness.blocking, *readiness.warnings) if one.field}
        assert len(fields) > 5
        assert [field for field in fields if f'id="id_{field}"' not in form.content.decode()] == []

    def test_its_links_open_the_row_that_they_lead_to(self, editor: User) -> None:
        agreement = agreement_with(editor, participations=2, activities=12)
        agreement.activities.update(status="not_stated")
        client = client_of(editor)
        *_others, last = client.get(page_of(agreement)).context["warnings"]

        address, _hash, anchor = last.address.partition("#")
        form, opened = (client.get(one).content.decode() for one in (address.partition("?")[0], address))

        assert anchor == "id_activities-11-status"
        assert f'id="{anchor}"' not in form
        assert f'id="{anchor}"' in opened

    def test_shows_note_and_person_in_the_timeline(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        act(editor, agreement, "submit", note="<b>Please</b> look at the dates.")

        page = client_of(reviewer).get(page_of(agreement)).content.decode()

        assert "&lt;b&gt;Please&lt;/b&gt; look at the dates." in page
        assert editor.username in page

    def test_asks_for_the_note_that_an_act_needs(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        act(editor, agreement, "submit")
        agreement.refresh_from_db()

        page = client_of(reviewer).post(page_of(agreement, "return"), {"revision": agreement.revision, "note": ""})

        assert page.status_code == 200
        assert "errornote" in page.content.decode()
        assert not agreement.timeline.filter(kind="returned").exists()

    def test_a_refused_act_keeps_what_was_typed(self, agreement: Agreement, editor: User) -> None:
        Agreement.objects.filter(pk=agreement.pk).update(title_ckb="")
        typed = {"revision": agreement.revision, "note": "All that I had to say."}

        page = client_of(editor).post(page_of(agreement, "submit"), typed)

        assert page.status_code == 200
        assert "All that I had to say." in page.content.decode()
        assert "The title is missing in Central Kurdish" in page.content.decode()

    def test_its_queries_do_not_grow_with_the_record(
        self, agreement: Agreement, reviewer: User, django_assert_max_num_queries: object
    ) -> None:
        client = client_of(reviewer)
        for number in range(12):
            comment(agreement, reviewer, f"Remark {number}")
            agreement.activities.create(title_en=f"Activity {number}")

        with django_assert_max_num_queries(75):  # type: ignore[operator]  # pytest-django's
            client.get(page_of(agreement))


class TestButtons:
    @pytest.mark.parametrize(
        ("role", "state", "names"),
        [
            ("editor", WorkingState.DRAFT, {"submit"}),
            ("editor", WorkingState.IN_REVIEW, set()),
            ("reviewer", WorkingState.DRAFT, set()),
            ("reviewer", WorkingState.IN_REVIEW, {"claim", "approve", "return"}),
            ("reviewer", WorkingState.APPROVED, {"return", "publish", "schedule"}),
            ("reviewer", WorkingState.SCHEDULED, {"return", "publish", "schedule", "unschedule"}),
            ("auditor", WorkingState.IN_REVIEW, set()),
            ("administrator", WorkingState.APPROVED, set()),
        ],
    )
    def test_are_those_that_state_and_role_allow(
        self, agreement: Agreement, noon: datetime, role: str, state: WorkingState, names: set[str]
    ) -> None:
        user = make_user(role)
        Agreement.objects.filter(pk=agreement.pk).update(working_state=state, approved_by=user, publish_at=noon)

        page = client_of(user).get(page_of(agreement))

        assert {one.name for one in (*page.context["buttons"], *page.context["links"])} == names


class TestSchedule:
    def test_is_on_the_clock_of_the_zone_that_was_chosen(
        self, agreement: Agreement, editor: User, reviewer: User
    ) -> None:
        approve(agreement, editor, reviewer)

        act(reviewer, agreement, "schedule", day="2030-02-05", time="09:00", zone="Europe/Zurich")

        agreement.refresh_from_db()
        assert agreement.publish_at == datetime(2030, 2, 5, 8, 0, tzinfo=UTC)

    def test_a_time_that_the_clocks_skip_is_refused(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        approve(agreement, editor, reviewer)
        typed = {"revision": agreement.revision, "day": "2030-03-31", "time": "02:30", "zone": "Europe/Zurich"}

        page = client_of(reviewer).post(page_of(agreement, "schedule"), typed)

        assert "The clocks skip this time" in page.content.decode()
        agreement.refresh_from_db()
        assert agreement.working_state == WorkingState.APPROVED

    def test_a_moment_in_the_past_is_refused_with_the_form_still_filled(
        self, agreement: Agreement, editor: User, reviewer: User
    ) -> None:
        approve(agreement, editor, reviewer)
        typed = {"revision": agreement.revision, "day": "2021-02-05", "time": "09:00", "zone": "Asia/Baghdad"}

        page = client_of(reviewer).post(page_of(agreement, "schedule"), typed).content.decode()

        assert "This moment is past" in page
        assert 'value="2021-02-05"' in page


class TestComments:
    def test_are_settled_and_opened_again(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        comment(agreement, reviewer, "Is this the official title?")
        kept = ReviewComment.objects.get()
        assert "“Titles” has open comments (1)" in client_of(editor).get(page_of(agreement)).content.decode()

        client_of(editor).post(page_of(agreement, "settle", kept.pk))

        kept.refresh_from_db()
        assert kept.resolved_by == editor
        client_of(reviewer).post(page_of(agreement, "settle", kept.pk))
        kept.refresh_from_db()
        assert kept.resolved_at is None

    def test_without_a_word_are_refused(self, agreement: Agreement, reviewer: User) -> None:
        client_of(reviewer).post(page_of(agreement, "comment"), {"section": "titles", "text": " "})

        assert not ReviewComment.objects.exists()

    def test_of_another_record_cannot_be_settled_through_this_one(self, agreement: Agreement, reviewer: User) -> None:
        comment(agreement, reviewer, "A remark")
        other = Agreement.objects.create(title_en="Another", kind="other")

        answer = client_of(reviewer).post(page_of(other, "settle", ReviewComment.objects.get().pk))

        assert answer.status_code == 404


class TestAcceptWarnings:
    def test_wants_a_reason_and_keeps_the_ticks(self, agreement: Agreement, reviewer: User) -> None:
        key = readiness_of(Agreement.objects.get(pk=agreement.pk)).warnings[0].key

        page = client_of(reviewer).post(page_of(agreement, "accept"), {"key": [key], "reason": ""})

        assert f'value="{key}" id="warning-1" checked' in page.content.decode()
        assert not agreement.accepted_warnings.exists()

    def test_names_the_reason_on_the_page_afterwards(self, agreement: Agreement, reviewer: User) -> None:
        accept_warnings(reviewer, agreement, reason="The press release is silent.")

        page = client_of(reviewer).get(page_of(agreement)).content.decode()

        assert "The press release is silent." in page
        assert "Nothing stands in the way." in page


def comment(agreement: Agreement, user: User, text: str) -> None:
    client_of(user).post(page_of(agreement, "comment"), {"section": "titles", "text": text})


def approve(agreement: Agreement, editor: User, reviewer: User) -> None:
    act(editor, agreement, "submit")
    accept_warnings(reviewer, agreement)
    act(reviewer, agreement, "approve")
    agreement.refresh_from_db()
