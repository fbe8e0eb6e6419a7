"""The desk's first page: what waits for whom, what is due, gaps, failed jobs, what became public."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.register.models.editorial import ReviewComment, TimelineEntry
from agreements.register.models.other_side import Correction
from agreements.register.models.texts import TextState
from agreements.staff.desk import PAGES_OF_ONES_OWN
from agreements.staff.import_pages import IMPORT_PAGES
from agreements.staff.panel import ROWS
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.zone import day_in_baghdad
from tests.other_side import ask
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

FIRST_PAGE = "/{}/admin/"
LATE = date(2021, 2, 5)


@pytest.fixture
def other_editor(db: None) -> User:
    return make_user("editor")


def make(state: str = "draft", **columns: Any) -> Agreement:
    return Agreement.objects.create(title_en="Border health", kind="other", working_state=state, **columns)


def page_of(user: User, language: str = "en") -> str:
    return client_of(user).get(FIRST_PAGE.format(language)).content.decode()


def numbers_of(user: User, panel: str = "waiting") -> dict[str, list[str]]:
    """The register numbers in each group of a panel, by the group's heading."""
    panels = {one.name: one for one in client_of(user).get(FIRST_PAGE.format("en")).context["panels"]}
    return {str(one.title): [row.number for row in one.rows] for one in panels[panel].content}


def fail(task: str = "agreements.summaries.queue.make_summaries", *arguments: object, error: str = "x.Broken") -> Any:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        run_after=timezone.now(),
        task_path=task,
        backend_name="default",
        args_kwargs={"args": arguments or ["MOC-0001", 1], "kwargs": {}},
        exception_class_path=error,
        traceback=f'Traceback\n  File "secret/place.py"\n{error}: the <b>clock</b> is away\n',
    )


def again(job: Any) -> str:
    return reverse("admin:try_job_again", args=[job.pk])


class TestWaitsForAReviewer:
    def test_claimed_reviews_come_with_their_day_and_late_ones_say_so(self, reviewer: User, editor: User) -> None:
        make("in_review", reviewer=reviewer, submitted_by=editor)
        late = make("in_review", reviewer=reviewer, submitted_by=editor, review_due=LATE)
        make("in_review", reviewer=make_user("reviewer"), submitted_by=editor)

        groups = numbers_of(reviewer)

        assert groups["Reviews that you claimed"][0] == late.register_number
        assert len(groups["Reviews that you claimed"]) == 2
        assert "Overdue: was to be done by 5 February 2021" in page_of(reviewer)

    def test_free_reviews_leave_out_what_this_person_wrote_and_say_so(self, reviewer: User, editor: User) -> None:
        free = make("in_review", submitted_by=editor)
        nobody = make("in_review")
        own = [make("in_review", last_edited_by=reviewer), make("in_review", submitted_by=reviewer)]

        groups = numbers_of(reviewer)

        assert groups["Reviews that nobody has claimed"] == [free.register_number, nobody.register_number]
        page = page_of(reviewer)
        assert "For another reviewer, because you edited or submitted them" in page
        assert all(one.register_number in page for one in own)

    def test_free_reviews_leave_out_nothing_where_four_eyes_are_not_needed(self, reviewer: User, settings: Any) -> None:
        settings.FOUR_EYES = False
        own = make("in_review", last_edited_by=reviewer)

        assert numbers_of(reviewer) == {"Reviews that nobody has claimed": [own.register_number]}

    def test_what_is_approved_waits_to_be_published(self, reviewer: User, editor: User) -> None:
        approved = make("approved", approved_by=reviewer)

        assert numbers_of(reviewer) == {"Approved, to be published": [approved.register_number]}
        assert numbers_of(editor) == {}


class TestWaitsForAnEditor:
    def test_own_drafts_and_what_came_back_with_the_note(self, editor: User, reviewer: User, noon: datetime) -> None:
        draft = make(last_edited_by=editor)
        back = make("changes_requested", submitted_by=editor)
        make(last_edited_by=make_user("editor"))
        for note, at in (("An old note", noon), ("Name the <b>second</b> party", noon + timedelta(hours=1))):
            TimelineEntry.objects.create(agreement=back, kind="returned", at=at, by=reviewer, note=note)

        assert numbers_of(editor) == {
            "Changes were requested": [back.register_number],
            "Your drafts": [draft.register_number],
        }
        page = page_of(editor)
        assert "Name the &lt;b&gt;second&lt;/b&gt; party" in page
        assert "An old note" not in page

    def test_open_comments_on_own_records_are_counted(self, editor: User, reviewer: User, noon: datetime) -> None:
        own, other = make("in_review", submitted_by=editor), make("in_review")
        for record in (own, own, other):
            ReviewComment.objects.create(agreement=record, section="titles", text="?", by=reviewer, at=noon)
        ReviewComment.objects.filter(agreement=own).last().delete()  # type: ignore[union-attr]  # there are two

        assert numbers_of(editor)["Comments on your records"] == [own.register_number]
        assert "Open comments: 1" in page_of(editor)

    def test_corrections_by_the_other_side_wait_for_who_asked_it(self, editor: User, other_editor: User) -> None:
        asked = first_agreement()
        Agreement.objects.filter(pk=asked.pk).update(last_edited_by=other_editor)
        link = ask(asked, by=editor, at=timezone.now()).link
        for target in ("agreement:1:title_en", "agreement:1:title_ar"):
            Correction.objects.create(link=link, target=target, proposed="Border posts", proposed_at=timezone.now())
        Correction.objects.filter(target__endswith="_ar").update(
            state="accepted", decided_by=editor, decided_at=timezone.now()
        )

        for person in (editor, other_editor):
            assert numbers_of(person)["Corrections by the other side"] == [asked.register_number]
            assert "Open corrections: 1" in page_of(person)


class TestDue:
    def test_lists_the_key_dates_of_agreements_in_this_person_s_charge(self, editor: User, auditor: User) -> None:
        ends, ended = make(), make()
        today = day_in_baghdad(timezone.now())
        for agreement, day in ((ends, today + timedelta(days=10)), (ended, LATE)):
            agreement.people_in_charge.add(editor)
            AgreementDate.objects.create(agreement=agreement, kind="planned_end", date=day.isoformat())

        assert numbers_of(editor, "due")["Key dates in your charge"] == [ended.register_number, ends.register_number]
        assert "Planned end: 5 February 2021 · passed; days since:" in page_of(editor)
        assert "days left: 10" in page_of(editor)
        assert numbers_of(auditor, "due") == {}

    def test_lists_scheduled_publications_and_reviews_by_their_day(self, auditor: User, reviewer: User) -> None:
        moment = datetime.fromisoformat("2040-02-05T09:00:00+03:00")
        scheduled = make("scheduled", approved_by=reviewer, publish_at=moment)
        review = make("in_review", review_due=LATE)

        assert numbers_of(auditor, "due") == {
            "To be published by itself": [scheduled.register_number],
            "Reviews with a date": [review.register_number],
        }
        assert "5 February 2040" in page_of(auditor)
        assert "٥ شباط ٢٠٤٠" in page_of(auditor, "ar")

    def test_a_publication_that_is_late_asks_for_the_worker(self, auditor: User, reviewer: User) -> None:
        make("scheduled", approved_by=reviewer, publish_at=timezone.now() - timedelta(hours=2))

        assert "is a worker running?" in page_of(auditor)


class TestTranslations:
    def test_are_counted_by_kind_with_a_link_to_the_list(self, auditor: User) -> None:
        both, kurdish = make(), make(title_ar="اتفاق")
        TextState.objects.filter(agreement=kurdish).update(ar_at=timezone.now() - timedelta(days=1))

        panels = {one.name: one for one in client_of(auditor).get(FIRST_PAGE.format("en")).context["panels"]}
        gaps = panels["translations"].content

        assert [(str(one.label), one.count) for one in gaps.gaps] == [
            ("lacks Arabic", 1), ("lacks Kurdish", 2), ("has older translations", 1),
        ]  # fmt: skip
        assert [row.number for row, _figure in gaps.records] == [kurdish.register_number, both.register_number]
        assert client_of(auditor).get(gaps.gaps[0].address).context["cl"].result_count == 1


class TestFailedJobs:
    def test_say_what_they_were_and_why_they_failed_in_a_line(self, reviewer: User) -> None:
        record = make()
        fail()
        fail("agreements.publishing.schedule.publish_on_schedule", record.pk, "2021", error="moc_portal.worker.GivenUp")
        fail("somewhere.clean_up", error="builtins.ValueError")

        page = page_of(reviewer)

        assert "PDFs of MOC-0001, edition 1" in page
        assert f"Scheduled publication of {record.register_number}" in page
        assert "Every worker that ran it ended before it was done." in page
        assert "Job “clean_up”" in page
        assert "the &lt;b&gt;clock&lt;/b&gt; is away" in page
        assert "secret/place.py" not in page

    def test_a_job_of_an_older_version_with_fewer_arguments_is_shown(self, reviewer: User) -> None:
        DBTaskResult.objects.filter(pk=fail().pk).update(args_kwargs={"args": [], "kwargs": {}})

        assert "PDFs of" in page_of(reviewer)

    @pytest.mark.parametrize(
        ("role", "may"), [("editor", False), ("auditor", False), ("reviewer", True), ("administrator", True)]
    )
    def test_are_tried_again_by_those_who_may(self, role: str, may: bool) -> None:
        job, client = fail(), client_of(make_user(role))

        assert (again(job) in page_of(make_user(role))) == may
        assert client.post(again(job)).status_code == (302 if may else 403)
        assert DBTaskResult.objects.failed().exists() != may

    def test_are_queued_once_however_often_the_button_is_pressed(self, reviewer: User) -> None:
        job, client = fail(), client_of(reviewer)

        client.post(again(job))
        second = client.post(again(job), follow=True)

        queued = DBTaskResult.objects.get()
        assert (queued.status, queued.args_kwargs["args"]) == (TaskResultStatus.READY, ["MOC-0001", 1])
        assert queued in DBTaskResult.objects.ready()
        assert "This job was already tried again." in second.content.decode()

    def test_that_succeeded_or_wait_are_not_queued_again(self, reviewer: User) -> None:
        job = fail()
        DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)

        client_of(reviewer).post(again(job))

        assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL

    @pytest.mark.parametrize("task", ["agreements.gone.job", "agreements.staff.jobs.retry_job", "x"])
    def test_that_this_version_does_not_know_stay_where_they_are(self, reviewer: User, task: str) -> None:
        answer = client_of(reviewer).post(again(fail(task)), follow=True)

        assert "does not know this job" in answer.content.decode()
        assert DBTaskResult.objects.failed().count() == 1

    def test_are_not_tried_again_by_following_a_link(self, reviewer: User) -> None:
        assert client_of(reviewer).get(again(fail())).status_code == 405


class TestRecent:
    def test_shows_what_was_published_and_withdrawn_with_links_to_the_public_page(
        self, auditor: User, reviewer: User, noon: datetime
    ) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)
        withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        panels = {one.name: one for one in client_of(auditor).get(FIRST_PAGE.format("en")).context["panels"]}

        assert [one.is_withdrawal for one in panels["recent"].content] == [True, False]
        assert f'href="/id/{agreement.register_number}"' in page_of(auditor)


class TestPage:
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    @pytest.mark.parametrize("role", ["editor", "reviewer", "auditor", "administrator"])
    def test_says_in_words_that_there_is_nothing(self, role: str, language: str) -> None:
        page = client_of(make_user(role)).get(FIRST_PAGE.format(language))

        panels = len(page.context["panels"])
        assert page.content.decode().count("desk-empty") == panels
        assert panels == (5 if role == "administrator" else 6)  # readers' reports are none of an administrator's

    def test_shows_no_panel_to_who_has_no_role(self) -> None:
        assert client_of(make_user()).get(FIRST_PAGE.format("en")).context["panels"] == []

    def test_asks_no_more_of_the_database_for_more_rows(self, editor: User, reviewer: User, noon: datetime) -> None:
        reviewer.groups.add(*editor.groups.all())
        fill(reviewer, editor, noon, rows=1)
        with CaptureQueriesContext(connection) as few:
            page_of(reviewer)
        fill(reviewer, editor, noon, rows=3 * ROWS)
        with CaptureQueriesContext(connection) as many:
            page = page_of(reviewer)

        assert len(many) == len(few) <= 48
        assert "Show all of them" in page

    def test_links_to_lists_that_hold_the_rest(self, editor: User, reviewer: User, noon: datetime) -> None:
        reviewer.groups.add(*editor.groups.all())
        fill(reviewer, editor, noon, rows=ROWS + 1)
        client = client_of(reviewer)
        panels = {one.name: one for one in client.get(FIRST_PAGE.format("en")).context["panels"]}
        links = [group.more for name in ("waiting", "due") for group in panels[name].content if group.more]

        assert len(links) == 8
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200, link
            assert answer.context["cl"].result_count > ROWS, link

    def test_has_no_address_that_is_not_tested_here(self) -> None:
        django_s = {
            "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
            "view_on_site", "app_list",
        }  # fmt: skip
        of_files = {"delivery", "delivery_agreement"}
        elsewhere = {*PAGES_OF_ONES_OWN, *IMPORT_PAGES} | of_files  # test_matrix, test_imports, test_bring_in
        names = {one.name for one in admin.site.get_urls() if isinstance(one, URLPattern) and one.name}

        assert names - django_s == {"try_job_again"} | elsewhere


def fill(reviewer: User, editor: User, at: datetime, *, rows: int) -> None:
    """So many rows in every group."""
    for _number in range(rows):
        for holder in (reviewer, None):
            make("in_review", reviewer=holder, submitted_by=editor, review_due=LATE)
        make("approved", approved_by=reviewer)
        make("scheduled", approved_by=reviewer, publish_at=at + timedelta(days=5000))
        make(last_edited_by=reviewer)
        back = make("changes_requested", last_edited_by=reviewer)
        TimelineEntry.objects.create(agreement=back, kind="returned", at=at, by=reviewer, note="Look again.")
        ReviewComment.objects.create(agreement=back, section="titles", text="?", by=reviewer, at=at)
        make("in_review", submitted_by=reviewer)
        fail()
