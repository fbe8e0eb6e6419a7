"""The other side at the desk: asking, revoking, and deciding upon corrections, by buttons."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.publishing.links import MadeLink
from agreements.register.history import history_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import Correction, PartyLink
from agreements.vocabulary.kinds import WorkingState
from tests.other_side import address, ask, confirm, parties, propose
from tests.published import publish
from tests.staff.desk import act, change_page, client_of

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture
def draft(shipped_draft: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=shipped_draft)


def desk(agreement: Agreement, name: str, *arguments: int, language: str = "en") -> str:
    path = reverse(f"admin:agreement_{name}", args=[agreement.pk, *arguments])
    return path.replace("/en/", f"/{language}/", 1)


def typed(agreement: Agreement, **changed: str) -> dict[str, str]:
    asked = {"person": "Hana Karim", "email": "hana@party.example", "language": "ar", "days": "14"}
    return {**asked, "party": str(parties(agreement)[0]), **changed}


def decide(user: User, agreement: Agreement, name: str, **sent: Any) -> Any:
    """Tick every correction and press a button; the answer."""
    page = client_of(user).get(desk(agreement, "review"))
    ticked = [one.pk for one in page.context["corrections"]]
    shown = {"revision": page.context["agreement"].revision, "correction": ticked}
    return client_of(user).post(desk(agreement, f"{name}_corrections"), {**shown, **sent})


class TestAsk:
    @pytest.mark.parametrize("role", ["editor", "reviewer"])
    def test_shows_a_link_that_works_this_once(
        self, draft: Agreement, editor: User, reviewer: User, client: Client, settings: Any, role: str
    ) -> None:
        user = {"editor": editor, "reviewer": reviewer}[role]

        answer = client_of(user).post(desk(draft, "ask"), typed(draft))

        link = answer.context["address"]
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert link.startswith(f"{settings.PUBLIC_ORIGIN}/ar/confirm/")
        assert client.get(link.removeprefix(settings.PUBLIC_ORIGIN)).status_code == 200
        assert link not in client_of(user).get(desk(draft, "review")).content.decode()
        assert draft.timeline.get().by == user

    def test_writes_the_mail_in_the_person_s_language(self, draft: Agreement, editor: User) -> None:
        answer = client_of(editor).post(desk(draft, "ask"), typed(draft))

        mail = unquote(answer.context["mailto"])
        assert parseaddr(mail.removeprefix("mailto:").split("?")[0])[1] == "hana@party.example"
        assert "يرجى تأكيد السجل" in mail
        assert answer.context["address"] in mail
        assert "المنظمة الدولية للهجرة" in mail

    def test_can_not_smuggle_anything_into_the_mail(self, draft: Agreement, editor: User) -> None:
        answer = client_of(editor).post(desk(draft, "ask"), typed(draft, person="A&bcc=x@y.example"))

        assert "&bcc=" not in answer.context["mailto"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [("person", ""), ("email", "nobody"), ("party", "0"), ("language", "ku"), ("days", "0"), ("days", "61")],
    )
    def test_says_at_the_field_what_is_wrong(self, draft: Agreement, editor: User, field: str, value: str) -> None:
        answer = client_of(editor).post(desk(draft, "ask"), typed(draft, **{field: value}))

        assert field in answer.context["ask"].errors
        assert "hana@party.example" in answer.content.decode() or field == "email"
        assert not PartyLink.objects.exists()

    def test_is_not_offered_of_a_withdrawn_record(self, draft: Agreement, editor: User) -> None:
        Agreement.objects.filter(pk=draft.pk).update(working_state=WorkingState.WITHDRAWN)

        assert client_of(editor).get(desk(draft, "review")).context["ask"] is None
        assert "This is not possible while" in str(client_of(editor).post(desk(draft, "ask"), typed(draft)).content)


class TestSection:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_lists_links_and_corrections(self, draft: Agreement, made: MadeLink, auditor: User, language: str) -> None:
        propose(made, {f"agreement:{draft.pk}:title_en": "A better title", "remark": "The annex is missing."})

        page = client_of(auditor).get(desk(draft, "review", language=language)).content.decode()

        for text in ("Hana Karim", "hana@party.example", "A better title", "The annex is missing.", "#id_title_en"):
            assert text in page
        assert 'name="correction"' not in page

    def test_says_where_a_confirmation_no_longer_counts(self, draft: Agreement, made: MadeLink, reviewer: User) -> None:
        confirm(made)
        assert "Of an earlier text" not in client_of(reviewer).get(desk(draft, "review")).content.decode()

        Agreement.objects.filter(pk=draft.pk).update(title_en="Another title")

        page = client_of(reviewer).get(desk(draft, "review")).content.decode()
        assert "Of an earlier text" in page
        assert 'href="#other-side">What International Organization for Migration in Iraq confirmed' in page

    def test_its_queries_do_not_grow_with_links_and_corrections(
        self, draft: Agreement, editor: User, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(6):
            link = ask(draft, by=editor, at=timezone.now(), person=f"Person {number}")
            propose(link, {f"agreement:{draft.pk}:title_en": f"Title {number}", "remark": "Yes"})
        client = client_of(editor)

        with django_assert_max_num_queries(80):
            client.get(desk(draft, "review"))

    def test_the_timeline_names_who_has_no_account(self, draft: Agreement, made: MadeLink, reviewer: User) -> None:
        confirm(made)

        page = client_of(reviewer).get(desk(draft, "review")).content.decode()

        assert "Confirmed by the other side" in page
        assert "<bdi>Hana Karim (International Organization for Migration in Iraq)</bdi>" in page


class TestRevoke:
    def test_closes_the_link(self, draft: Agreement, made: MadeLink, reviewer: User, client: Client) -> None:
        client_of(reviewer).post(desk(draft, "revoke", made.link.pk))

        assert client.get(address(made)).status_code == 410
        assert draft.timeline.filter(kind="link_revoked", by=reviewer).exists()

    def test_only_of_its_own_record(self, draft: Agreement, made: MadeLink, editor: User, client: Client) -> None:
        other = Agreement.objects.create(title_en="Another", kind="other")

        client_of(editor).post(desk(other, "revoke", made.link.pk))

        assert client.get(address(made)).status_code == 200


class TestDecide:
    def test_an_accepted_correction_is_an_edit_that_the_history_tells(
        self, draft: Agreement, made: MadeLink, editor: User
    ) -> None:
        act(editor, draft, "submit")
        propose(made, {f"agreement:{draft.pk}:title_ar": "عنوان أفضل"})

        answer = decide(editor, draft, "accept")

        draft.refresh_from_db()
        assert answer.status_code == 302
        assert (draft.title_ar, draft.working_state) == ("عنوان أفضل", WorkingState.DRAFT)
        changes = history_of(draft, limit=10)
        fields = [
            field for one in changes if one.who == editor.username for part in one.entries for field in part.fields
        ]
        assert "عنوان أفضل" in [field.after.text for field in fields if field.after]
        assert any("Hana Karim" in one.who for one in changes)

    def test_asks_before_it_undoes_what_was_written_since(self, draft: Agreement, made: MadeLink, editor: User) -> None:
        propose(made, {f"agreement:{draft.pk}:title_en": "Theirs"})
        Agreement.objects.filter(pk=draft.pk).update(title_en="Ours")

        asked = decide(editor, draft, "accept", note="All that I had to say.")

        page = asked.content.decode()
        assert "Something else stands there" in page
        assert 'name="overwrite"' in page
        assert " checked" in page
        assert "All that I had to say." in page
        draft.refresh_from_db()
        assert draft.title_en == "Ours"
        assert decide(editor, draft, "accept", overwrite="on").status_code == 302
        draft.refresh_from_db()
        assert draft.title_en == "Theirs"

    def test_what_a_form_would_not_take_is_said_in_words(self, draft: Agreement, made: MadeLink, editor: User) -> None:
        propose(made, {f"agreement:{draft.pk}:title_{language}": "" for language in LANGUAGES})

        page = decide(editor, draft, "accept").content.decode()

        assert "Write the title in at least one language." in page
        assert Correction.objects.filter(state="open").count() == 3

    def test_declining_needs_a_note_which_the_person_reads(
        self, draft: Agreement, made: MadeLink, editor: User, client: Client
    ) -> None:
        propose(made, {f"agreement:{draft.pk}:title_en": "Theirs"})
        assert "Say why in the note" in decide(editor, draft, "decline").content.decode()

        decide(editor, draft, "decline", note="The signed text says otherwise.")

        assert Correction.objects.get().state == "declined"
        assert "The signed text says otherwise." in client.get(address(made)).content.decode()

    def test_on_top_of_somebody_s_edit_asks_to_look_again(self, draft: Agreement, made: MadeLink, editor: User) -> None:
        propose(made, {"remark": "A remark"})

        page = decide(editor, draft, "accept", revision="999").content.decode()

        assert "The record was edited after you opened this page" in page

    @pytest.mark.parametrize("sent", [{"correction": []}, {"correction": ["999999"]}, {"correction": ["x"]}])
    def test_of_what_is_not_open_is_refused_in_words(
        self, draft: Agreement, made: MadeLink, editor: User, sent: dict[str, list[str]]
    ) -> None:
        propose(made, {"remark": "A remark"})

        answer = decide(editor, draft, "accept", **sent)

        assert answer.status_code == 200
        assert "errornote" in answer.content.decode()
        assert Correction.objects.get().state == "open"

    def test_leads_to_the_field_on_the_form(self, draft: Agreement, made: MadeLink, editor: User) -> None:
        activity = draft.activities.last()
        assert activity is not None
        propose(made, {f"activities:{activity.pk}:title_en": "A better title"})

        (one,) = client_of(editor).get(desk(draft, "review")).context["corrections"]

        opened, _hash, anchor = one.place.partition("#")
        assert f'id="{anchor}"' in client_of(editor).get(change_page(draft) + opened).content.decode()


class TestPublished:
    @pytest.mark.parametrize(("ticked", "named"), [({}, False), ({"is_name_public": "on"}, True)])
    def test_page_and_json_say_who_confirmed_and_when(
        self, draft: Agreement, made: MadeLink, client: Client, ticked: dict[str, str], named: bool
    ) -> None:
        confirm(made, **ticked)
        publish(draft, at=timezone.now())
        number = draft.register_number

        page = client.get(f"/en/agreements/{number}/").content.decode()
        data = client.get(f"/id/{number}.json").json()

        assert "Confirmed by" in page
        assert ("Hana Karim" in page) is named
        assert data["confirmations"][0]["party"]["id"] == "iom-iraq"
        assert data["confirmations"][0]["person"] == ("Hana Karim" if named else None)

    def test_without_a_confirmation_nothing_is_said(self, draft: Agreement, client: Client) -> None:
        publish(draft, at=timezone.now())

        assert "Confirmed by" not in client.get(f"/en/agreements/{draft.register_number}/").content.decode()
