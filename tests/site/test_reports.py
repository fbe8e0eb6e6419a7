"""Readers report a mistake, without a cookie, an account or a script, and see what became of it."""

import hashlib
from datetime import timedelta
from itertools import count
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agreements.correspondence.limits import Attempts
from agreements.correspondence.models import Report
from agreements.correspondence.receive import OF_A_NETWORK, WITHOUT_WORK, WRONG_CODES
from agreements.correspondence.tickets import MAX_AGE_S, WORK_BITS
from agreements.editions.models import Edition
from agreements.publishing.reported import Note, accept_report, decline_report, look_at_report
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.history import history_of
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.reports import FORM, WRONG, Reader

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def public(one_for_all_tests: None) -> Edition:
    """The first agreement, published once for the module's tests."""
    return publish(first_agreement(), at=NOON)


@pytest.fixture
def reader(public: Edition, db: None) -> Reader:
    return Reader(public.register_number)


def work_for(packed: str) -> str:
    """What the form's script finds."""
    for work in count():
        digest = hashlib.sha256(f"{packed}:{work}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - WORK_BITS) == 0:
            return str(work)
    raise AssertionError


def page_of(answer: object) -> str:
    return Client().get(answer["Location"]).content.decode()  # type: ignore[index]  # a response


class TestForm:
    @pytest.mark.parametrize(
        ("language", "heading"), [("en", "Report a mistake"), ("ar", "الإبلاغ عن خطأ"), ("ckb", "هەڵەیەک ڕابگەیەنە")]
    )
    def test_opens_in_each_language_without_a_cookie(
        self, reader: Reader, client: Client, language: str, heading: str
    ) -> None:
        answer = client.get(reader.address.replace("/en/", f"/{language}/"))

        assert heading in answer.content.decode()
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]

    def test_is_linked_from_the_page_of_each_edition(self, reader: Reader, client: Client) -> None:
        assert f"{reader.address}?edition=1" in client.get(f"/en/agreements/{reader.number}/").content.decode()

    def test_begins_with_the_section_that_the_link_names(self, reader: Reader, client: Client) -> None:
        page = client.get(f"{reader.address}?about=funding").content.decode()

        assert '<option value="funding" selected>' in page

    @pytest.mark.parametrize("edition", ["0", "2", "x", "-1", "9" * 30, "%00", "١"])
    def test_is_not_there_for_an_edition_that_never_was(self, reader: Reader, client: Client, edition: str) -> None:
        assert client.get(f"{reader.address}?edition={edition}").status_code == 404

    def test_says_that_the_agreement_was_withdrawn(self, reader: Reader, client: Client, public: Edition) -> None:
        agreement = Agreement.objects.get(register_number=public.register_number)
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=LocalisedText(en="A mistake."))

        assert client.get(reader.address).status_code == reader.send().status_code == 410


class TestSending:
    def test_keeps_the_report_of_exactly_the_edition_that_was_read(self, reader: Reader, public: Edition) -> None:
        answer = reader.send(right="The Government of Canada", source="https://example.org/release", name="Rana")

        assert answer.status_code == 302
        assert not answer.cookies
        report = Report.objects.get()
        assert (report.edition_number, report.content_hash, report.section) == (1, public.content_hash, "funding")
        assert (report.wrong, report.name, report.state) == (WRONG, "Rana", "new")
        assert "Nobody has looked at it yet" in page_of(answer)

    def test_is_told_in_the_history_as_a_reader_s(self, reader: Reader) -> None:
        reader.send()

        [change] = history_of(Report.objects.get(), limit=2)
        assert (change.who, change.address) == ("A reader", "")

    def test_keeps_neither_the_address_it_came_from_nor_the_code(self, reader: Reader) -> None:
        answer = reader.send()

        kept = f"{vars(Report.objects.get())} {[vars(one) for one in Attempts.objects.all()]}"
        assert "198.51.100.7" not in kept
        assert answer["Location"].split("/")[-2] not in kept

    def test_takes_a_press_of_the_button_twice_for_one(self, reader: Reader) -> None:
        packed = reader.ticket()

        assert reader.send(ticket=packed)["Location"] == reader.send(ticket=packed)["Location"]
        assert Report.objects.count() == 1

    def test_asks_whether_other_words_in_the_same_form_are_another_report(self, reader: Reader) -> None:
        packed = reader.ticket()
        reader.send(ticket=packed)

        answer = reader.send(ticket=packed, wrong="The title, too.")

        assert answer.status_code == 400
        assert "was sent before" in answer.content.decode()
        assert "The title, too." in answer.content.decode()
        assert answer.context["ticket"] != packed
        assert Report.objects.count() == 1

    def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(self, reader: Reader) -> None:
        answer = reader.send(wrong="", right="Canada", email="nowhere", name="Ra\u202ena")

        assert answer.status_code == 400
        page = answer.content.decode()
        assert {"wrong", "email", "name"} == set(answer.context["form"].errors)
        assert "U+202E" in page
        assert "Canada" in page
        assert not Report.objects.exists()

    def test_refuses_another_kind_of_body_and_what_another_site_sends(self, reader: Reader, client: Client) -> None:
        data = {"ticket": reader.ticket(), "wrong": WRONG}

        assert client.post(reader.address, data).status_code == 400  # as files are sent
        elsewhere = client.post(reader.address, urlencode(data), content_type=FORM, HTTP_SEC_FETCH_SITE="cross-site")
        assert elsewhere.status_code == 400
        assert not Report.objects.exists()


class TestBotCheck:
    @pytest.mark.parametrize("packed", ["", "x", "a:b:c", "\x00"])
    def test_needs_a_ticket_that_the_portal_signed(self, reader: Reader, packed: str) -> None:
        answer = reader.send(ticket=packed)

        assert answer.status_code == 400
        assert "out of date" in answer.content.decode()

    def test_needs_one_for_this_agreement(self, reader: Reader) -> None:
        assert reader.send(ticket=Reader("MOC-9999").ticket()).status_code == 400

    def test_asks_who_is_too_quick_to_send_it_again_with_the_same_ticket(self, reader: Reader) -> None:
        packed = reader.ticket(age_s=5)
        answer = reader.send(ticket=packed)

        assert "faster than most people write" in answer.content.decode()
        assert answer.context["ticket"] == packed
        assert WRONG in answer.content.decode()

    def test_a_proof_of_work_stands_for_the_time(self, reader: Reader) -> None:
        packed = reader.ticket(age_s=5)

        assert reader.send(ticket=packed, work=work_for(packed)).status_code == 302

    def test_not_even_with_a_proof_at_once(self, reader: Reader) -> None:
        packed = reader.ticket(age_s=1)

        assert reader.send(ticket=packed, work=work_for(packed)).status_code == 400

    def test_gives_who_left_the_form_open_for_days_a_new_one(self, reader: Reader) -> None:
        answer = reader.send(ticket=reader.ticket(age_s=MAX_AGE_S + 1))

        assert "more than a day" in answer.content.decode()
        assert WRONG in answer.content.decode()

    def test_tells_who_filled_in_the_hidden_field_that_it_is_empty_again(self, reader: Reader) -> None:
        answer = reader.send(homepage="https://spam.example")

        assert answer.status_code == 400
        assert "must stay empty" in answer.content.decode()
        assert "spam.example" not in answer.content.decode()


class TestLimits:
    def test_of_a_network_keep_the_words_and_say_when_to_come_back(self, reader: Reader) -> None:
        for number in range(OF_A_NETWORK.times):
            assert reader.send(wrong=f"Mistake {number}").status_code == 302

        answer = reader.send(wrong="One more")

        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 3600
        assert "One more" in answer.content.decode()
        assert reader.send(wrong="One more", from_address="198.51.100.8").status_code == 302
        assert Report.objects.count() == OF_A_NETWORK.times + 1

    def test_of_all_without_a_proof_leave_room_for_those_with_one(self, reader: Reader) -> None:
        for _number in range(WITHOUT_WORK.times):
            WITHOUT_WORK.spend("everybody", at=timezone.now())
        packed = reader.ticket()

        assert reader.send().status_code == 429
        assert reader.send(ticket=packed, work=work_for(packed)).status_code == 302

    def test_end_guessing_at_codes(self, reader: Reader) -> None:
        code = reader.send()["Location"].split("/")[-2]
        client = Client(REMOTE_ADDR="198.51.100.9")

        statuses = [client.get(f"/en/reports/{'0' * 20}/").status_code for _ in range(WRONG_CODES.times + 1)]

        assert set(statuses[:-1]) == {404}
        assert statuses[-1] == client.get(f"/en/reports/{code}/").status_code == 429


class TestState:
    def test_is_found_by_the_code_however_it_is_typed(self, reader: Reader, client: Client) -> None:
        code = reader.send()["Location"].split("/")[-2]

        answer = client.get("/en/reports/", {"code": code.lower().replace("-", " ")})

        assert answer["Location"] == f"/en/reports/{code}/"

    def test_tells_nobody_else_the_address(self, reader: Reader, client: Client) -> None:
        page = client.get(reader.send()["Location"])

        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]

    def test_shows_nothing_of_what_was_written_or_by_whom(self, reader: Reader) -> None:
        page = page_of(reader.send(name="Rana", email="rana@example.org"))

        assert not [said for said in (WRONG, "Rana", "rana@example.org") if said in page]

    def test_follows_the_report_until_it_is_declined_with_an_answer(self, reader: Reader) -> None:
        answer, report, editor = reader.send(), Report.objects.get(), make_user("editor")

        look_at_report(report.pk, by=editor, at=NOON)
        seen = page_of(answer)
        decline_report(report.pk, by=editor, at=NOON, answer="The <b>source</b> says so.")

        assert "have looked at it" in seen
        assert "The &lt;b&gt;source&lt;/b&gt; says so." in page_of(answer)

    def test_leads_to_the_note_once_an_edition_carries_it(self, reader: Reader, public: Edition) -> None:
        answer, report, editor = reader.send(), Report.objects.get(), make_user("editor")
        note = Note(LocalisedText(en="Edition 1 named the wrong funder."), NOON.date(), "funding")
        accept_report(report.pk, note, by=editor, at=NOON)
        before = page_of(answer)

        publish(Agreement.objects.get(register_number=reader.number), at=NOON + timedelta(hours=1))

        assert "As soon as an edition with that note is published" in before
        assert f"/en/agreements/{reader.number}/editions/2/#correction-{report.reference}" in page_of(answer)
        page = Client().get(f"/en/agreements/{reader.number}/").content.decode()
        assert f'id="correction-{report.reference}"' in page
        assert "Edition 1 named the wrong funder." in page
        difference = Client().get(f"/en/agreements/{reader.number}/editions/1/compare/2/").content.decode()
        assert "Edition 1 named the wrong funder." in difference

    def test_promises_nothing_that_an_editor_took_out_again(self, reader: Reader) -> None:
        answer, report, editor = reader.send(), Report.objects.get(), make_user("editor")
        note = Note(LocalisedText(en="Edition 1 named the wrong funder."), NOON.date(), "funding")
        accept_report(report.pk, note, by=editor, at=NOON).delete()
        agreement = Agreement.objects.get(register_number=reader.number)
        agreement.summary_en += " More."
        agreement.save()
        publish(agreement, at=NOON + timedelta(hours=1))

        assert "but edition 2, published 23 November 2026, carries no note of it" in page_of(answer)


class TestAnyInput:
    """A page or a refusal in words, whatever is sent."""

    @pytest.fixture
    def unlimited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("agreements.correspondence.limits.Limit.spend", lambda *_args, **_kwargs: None)

    _words = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
        ["\x00", "\u202e" * 3, "ا" * 10_000, "\ufeff", "\u2029", "<script>", "%", " "]
    )

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.dictionaries(st.sampled_from(["section", "wrong", "right", "source", "name", "email", "work"]), _words))
    @example({"wrong": "x" * 10_000, "name": "y" * 10_000, "email": "z" * 10_000 + "@example.org"})
    def test_gets_a_page_or_a_refusal(self, reader: Reader, unlimited: None, typed: dict[str, str]) -> None:
        sent = {name: text.encode("utf-8", "surrogatepass") for name, text in typed.items()}

        assert reader.send(**sent).status_code in (302, 400)

    @pytest.mark.parametrize(
        "body",
        [b"", b"%", b"wrong=%ff%fe", b"wrong=%c0%80&ticket=%00", b"&&&=", b"ticket=" + b"a" * 10_000, b"\xff\x00"],
        ids=range(7),
    )
    @pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=utf-16", f"{FORM}; charset=none", "x/y", ""])
    def test_of_bytes_too(self, reader: Reader, client: Client, body: bytes, content_type: str) -> None:
        assert client.generic("POST", reader.address, body, content_type=content_type).status_code == 400

    @pytest.mark.parametrize("code", ["x", "%00", "%c0%af", "0" * 200, "..", "%E2%80%AE", "7K3M-9QX2-TB4E-0V5N-8HJ"])
    def test_of_codes_too(self, client: Client, unlimited: None, code: str) -> None:
        assert client.get(f"/en/reports/{code}/").status_code in (301, 404)
        assert client.get(f"/en/reports/?code={code}").status_code in (302, 400)
