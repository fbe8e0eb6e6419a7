"""The other side's pages, as a person without an account meets them."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from agreements.publishing.links import MadeLink
from agreements.publishing.party_links import revoke_link
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import Correction, PartyLink
from agreements.staff import confirm as pages
from agreements.staff.by_link import WRONG_SECRETS
from agreements.vocabulary.languages import LocalisedText
from tests.other_side import address, ask, confirm, inputs, propose, send, state_of
from tests.published import publish

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")
CLOSED = {"en": "This link is no longer open", "ar": "هذا الرابط لم يعد مفتوحاً", "ckb": "ئەم بەستەرە چیتر کراوە نییە"}
PAGES = ("", "corrections/", "draft.pdf")


def target(draft: Agreement, name: str) -> str:
    return f"agreement:{draft.pk}:{name}"


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_the_draft_in_every_language_with_a_way_to_the_others(
        self, made: MadeLink, client: Client, language: str
    ) -> None:
        page = client.get(address(made, language=language)).content.decode()

        assert "A title that nobody has seen" in page
        assert "Hana Karim" in page
        assert f'lang="{language}"' in page
        assert all(address(made, language=other) in page for other in LANGUAGES)

    def test_has_the_draft_as_a_pdf(self, made: MadeLink, client: Client) -> None:
        answer = client.get(address(made, "draft.pdf"))

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    @pytest.mark.parametrize("path", PAGES)
    def test_is_kept_and_told_on_by_nobody(self, made: MadeLink, path: str) -> None:
        answer = Client().get(address(made, path))

        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()

    @pytest.mark.parametrize("secret", ["", "x"])
    def test_opens_without_its_last_stroke_and_is_kept_by_nobody_then_either(
        self, made: MadeLink, client: Client, secret: str
    ) -> None:
        answer = client.get(address(made).rstrip("/") + secret)

        assert answer.status_code == (404 if secret else 200)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"

    def test_does_not_name_its_own_address_to_search_engines(self, made: MadeLink, client: Client) -> None:
        page = client.get(address(made)).content.decode()

        assert 'rel="canonical"' not in page
        assert 'rel="alternate"' not in page

    def test_reading_notes_the_first_opening_and_nothing_else(self, made: MadeLink, client: Client) -> None:
        for path in PAGES:
            client.get(address(made, path))
        first = state_of(made).opened_at
        client.get(address(made))

        link = state_of(made)
        assert first is not None
        assert link.opened_at == first
        assert (link.answer, link.answered_at, link.corrections.count()) == ("", None, 0)

    def test_shows_one_record_only(self, made: MadeLink, draft: Agreement, client: Client) -> None:
        other = Agreement.objects.create(title_en="Another draft", kind="other")

        assert "Another draft" not in client.get(address(made)).content.decode()
        assert other.register_number not in client.get(address(made)).content.decode()


class TestClosedLinks:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("path", PAGES)
    def test_an_expired_one_says_so_in_three_languages_and_nothing_of_the_record(
        self, made: MadeLink, client: Client, language: str, path: str
    ) -> None:
        PartyLink.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())

        answer = client.get(address(made, path, language=language))

        page = answer.content.decode()
        assert answer.status_code == 410
        assert all(sentence in page for sentence in CLOSED.values())
        assert page.index(CLOSED[language]) == min(page.index(one) for one in CLOSED.values())
        assert not any(one in page for one in ("A title that nobody has seen", "MOC-0001", "Hana Karim", "IOM"))

    def test_a_revoked_one_is_gone_at_once(
        self, made: MadeLink, draft: Agreement, editor: User, client: Client
    ) -> None:
        revoke_link(draft.pk, made.link.pk, by=editor, at=timezone.now())

        assert client.get(address(made)).status_code == 410
        assert send(client, address(made), {"seen": ""}).status_code == 410

    def test_one_for_a_published_edition_is_over(self, made: MadeLink, draft: Agreement, client: Client) -> None:
        publish(draft, at=timezone.now())

        assert client.get(address(made)).status_code == 410

    def test_one_for_a_withdrawn_record_is_over(
        self, draft: Agreement, editor: User, reviewer: User, client: Client
    ) -> None:
        publish(draft, at=timezone.now())
        made = ask(draft, by=editor, at=timezone.now())
        assert client.get(address(made)).status_code == 200

        withdraw_agreement(draft.pk, by=reviewer, at=timezone.now(), reason=LocalisedText(en="A mistake."))

        assert client.get(address(made)).status_code == 410

    def test_one_of_an_organisation_that_is_no_party_any_more_is_over(
        self, made: MadeLink, draft: Agreement, client: Client
    ) -> None:
        draft.participations.filter(organization=made.link.party).delete()

        assert client.get(address(made)).status_code == 410

    @pytest.mark.parametrize("secret", ["x", "A" * 43, "a%20b", "%D9%85"])
    def test_an_unknown_one_was_never_there(self, made: MadeLink, client: Client, secret: str) -> None:
        answer = client.get(f"/en/confirm/{secret}/")

        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()

    def test_one_that_was_cut_off_is_unknown(self, made: MadeLink, client: Client) -> None:
        assert client.get(address(made).rstrip("/")[:-1] + "/").status_code == 404

    def test_the_secret_is_stored_nowhere(self, made: MadeLink) -> None:
        assert len(made.secret) >= 43
        assert made.secret not in str(vars(state_of(made)))


class TestConfirm:
    def test_keeps_the_answer_and_thanks(self, made: MadeLink, draft: Agreement) -> None:
        answer = confirm(made)

        link = state_of(made)
        assert answer.status_code == 302
        assert answer["Location"] == address(made)
        assert (link.answer, link.is_name_public) == ("confirmed", False)
        entry = draft.timeline.latest("pk")
        assert (entry.kind, entry.by) == ("confirmed", None)
        assert "Hana Karim" in entry.by_name
        page = Client().get(address(made)).content.decode()
        assert "Thank you" in page
        assert "you confirmed the record for" in page

    def test_keeps_that_the_name_may_be_shown(self, made: MadeLink) -> None:
        confirm(made, is_name_public="on")

        assert state_of(made).is_name_public is True

    def test_of_what_changed_meanwhile_asks_to_look_again(
        self, made: MadeLink, draft: Agreement, client: Client
    ) -> None:
        seen = client.get(address(made)).context["seen"]
        Agreement.objects.filter(pk=draft.pk).update(title_en="Another title")

        answer = send(client, address(made), {"seen": seen})

        assert answer.status_code == 409
        assert "the record was changed after you opened this page" in answer.content.decode()
        assert "Another title" in answer.content.decode()
        assert state_of(made).answer == ""
        assert send(client, address(made), {"seen": answer.context["seen"]}).status_code == 302

    @pytest.mark.parametrize("seen", ["", "forged", None])
    def test_without_what_this_link_was_shown_is_refused(
        self, made: MadeLink, draft: Agreement, editor: User, client: Client, seen: str | None
    ) -> None:
        other = ask(draft, by=editor, at=timezone.now(), person="Somebody else")
        given = client.get(address(other)).context["seen"] if seen is None else seen

        assert send(client, address(made), {"seen": given}).status_code == 400
        assert state_of(made).answer == ""

    def test_needs_a_plain_form(self, made: MadeLink, client: Client) -> None:
        assert client.post(address(made), {"seen": ""}).status_code == 400  # multipart

    def test_of_an_earlier_text_no_longer_counts_and_the_page_says_so(
        self, made: MadeLink, draft: Agreement, client: Client
    ) -> None:
        confirm(made)
        Agreement.objects.filter(pk=draft.pk).update(title_en="Another title")

        assert "The record was changed since" in client.get(address(made)).content.decode()

    def test_answers_in_words_where_the_link_was_revoked_while_the_page_was_open(
        self, made: MadeLink, draft: Agreement, editor: User, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = client.get(address(made)).context["seen"]
        opened = pages.open_link

        def revoked_right_after(secret: str, *, at: datetime) -> PartyLink:
            link = opened(secret, at=at)
            revoke_link(draft.pk, made.link.pk, by=editor, at=at)
            return link

        monkeypatch.setattr(pages, "open_link", revoked_right_after)

        assert send(client, address(made), {"seen": seen}).status_code == 410
        assert state_of(made).answer == ""


class TestUsedLinks:
    @pytest.mark.parametrize("answered", ["confirmed", "corrections"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_show_nothing_of_the_draft(
        self, made: MadeLink, draft: Agreement, client: Client, answered: str, language: str
    ) -> None:
        if answered == "confirmed":
            confirm(made)
        else:
            activity = draft.activities.first()
            assert activity is not None
            assert propose(made, {f"activities:{activity.pk}:title_en": "Theirs"}).status_code == 302
            draft.activities.update(title_en="Since", title_ar="Since", title_ckb="Since")
        Agreement.objects.filter(pk=draft.pk).update(title_en="Since", title_ar="Since", title_ckb="Since")

        answer = client.get(address(made, language=language))

        assert answer.status_code == 200
        assert not any(one in answer.content.decode() for one in ("Since", "A title that nobody", "MOC-0001"))
        assert all(client.get(address(made, path))["Location"] == address(made) for path in PAGES[1:])

    def test_take_no_second_answer(self, made: MadeLink, client: Client) -> None:
        seen = client.get(address(made)).context["seen"]
        late = inputs(made)
        confirm(made)
        before = state_of(made).answered_at

        again = send(client, address(made), {"seen": seen, "is_name_public": "on"})
        other = send(client, address(made, "corrections/"), {**late, "remark": "Too late"})

        link = state_of(made)
        assert [one["Location"] for one in (again, other)] == [address(made)] * 2
        assert (link.answer, link.answered_at, link.is_name_public) == ("confirmed", before, False)
        assert not Correction.objects.exists()

    def test_tell_what_became_of_a_proposal(self, made: MadeLink, draft: Agreement, client: Client) -> None:
        propose(made, {target(draft, "title_ar"): "عنوان أفضل"})

        page = client.get(address(made)).content.decode()

        assert "عنوان أفضل" in page
        assert "The editors have the corrections that you proposed" in page
        assert "proposed-open" in page


class TestLimits:
    def test_wrong_secrets_are_answered_a_few_times_an_hour(self, made: MadeLink, client: Client) -> None:
        statuses = [client.get(f"/en/confirm/{number}/").status_code for number in range(WRONG_SECRETS.times + 1)]
        right = client.get(address(made))

        assert set(statuses[:-1]) == {404}
        assert statuses[-1] == 429
        assert right.status_code == 429
        assert 0 < int(right["Retry-After"]) <= 3600
        assert "Please wait until" in right.content.decode()

    def test_others_are_not_kept_out_with_them(self, made: MadeLink, client: Client) -> None:
        for number in range(WRONG_SECRETS.times + 1):
            client.get(f"/en/confirm/{number}/", REMOTE_ADDR="198.51.100.7")

        assert client.get(address(made), REMOTE_ADDR="198.51.100.8").status_code == 200

    @pytest.mark.parametrize(("trusted", "status"), [(True, 200), (False, 429)])
    def test_believe_a_proxy_s_word_only_where_it_is_trusted(
        self, made: MadeLink, client: Client, settings: object, trusted: bool, status: int
    ) -> None:
        settings.TRUST_PROXY = trusted  # type: ignore[attr-defined]  # pytest-django's
        for number in range(WRONG_SECRETS.times + 1):
            client.get(f"/en/confirm/{number}/", HTTP_X_FORWARDED_FOR=f"203.0.113.1, 198.51.100.{number}")

        assert client.get(address(made), HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == status

    def test_one_link_is_opened_so_often_an_hour(
        self, made: MadeLink, draft: Agreement, editor: User, client: Client
    ) -> None:
        for _ in range(pages.REQUESTS.times):
            pages.REQUESTS.spend(str(made.link.pk), at=timezone.now())

        assert client.get(address(made)).status_code == 429
        assert client.get(address(ask(draft, by=editor, at=timezone.now()))).status_code == 200


def test_a_confirmation_names_the_day_in_baghdad(draft: Agreement, editor: User, noon: datetime) -> None:
    made = ask(draft, by=editor, at=timezone.now())
    confirm(made)
    PartyLink.objects.filter(pk=made.link.pk).update(answered_at=noon + timedelta(hours=13))

    edition = publish(draft, at=timezone.now())

    assert [str(one.confirmed_on) for one in edition.content.confirmations] == ["2026-11-24"]
