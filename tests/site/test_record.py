"""An agreement's page as readers of treaties expect it: notices, actions, shares, sources, citations, two languages."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.correspondence.limits import Limit
from agreements.editions.models import Edition
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.site import contacts
from agreements.templatetags.record import period
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.rich import enrich

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """The second edition of a record with something of everything."""
    agreement = enrich(first_agreement())
    publish(agreement, at=NOON)
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.purpose_ar = "غرض آخر"
    agreement.change_note_en = "The purpose was corrected in Arabic."
    agreement.save()
    return publish(agreement, at=NOON + timedelta(days=1))


def address(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/agreements/{edition.register_number}/{rest}"


def page(client: Client, edition: Edition, rest: str = "", language: str = "en") -> str:
    answer = client.get(address(edition, rest, language))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def other_agreement(edition: Edition, relation: str, effective: str = "2026-06") -> Edition:
    """Another agreement whose published record says how it stands to this one."""
    other = first_agreement()
    source = other.sources.first()
    this = Agreement.objects.get(register_number=edition.register_number)
    other.relations.create(kind=relation, other=this, effective=effective, source=source)
    return publish(other, at=NOON + timedelta(days=2))


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_every_part_in_each_language(self, client: Client, edition: Edition, language: str) -> None:
        text = page(client, edition, language=language)

        for anchor in ("actions", "funders", "documents", "contacts", "sources", "cite"):
            assert f'<section id="{anchor}">' in text
        assert 'class="qr"' in text
        assert "style=" not in text

    def test_asks_the_database_no_more_for_a_longer_life(
        self, client: Client, edition: Edition, django_assert_max_num_queries: object
    ) -> None:
        with django_assert_max_num_queries(5):  # type: ignore[operator]  # pytest-django's
            client.get(address(edition))

    def test_draws_shares_and_says_what_they_are_of(self, client: Client, edition: Edition) -> None:
        text = page(client, edition)

        assert '<rect class="bar-own" width="50.0" height="4"/>' in text
        assert "67%" in text
        assert "under 1%" in text
        assert "Shares are of the sum in the same currency" in text

    def test_tells_of_a_document_what_its_file_tells(self, client: Client, edition: Edition) -> None:
        documents = page(client, edition).partition('<section id="documents">')[2]

        assert "2 pages" in documents
        assert "No electronic signature" in documents

    def test_leads_from_a_fact_to_its_source_and_back(self, client: Client, edition: Edition) -> None:
        text = page(client, edition)

        mark = re.search(r'<a class="ref" href="#source-1" aria-label="([^"]*)"', text)
        assert mark is not None
        assert mark[1].startswith("Source 1: Iraq signs Agreement with the Commission of Border Crossing Points, ")
        assert '<a href="#signatories">Signatories</a>' in text.partition('id="source-1"')[2]

    def test_lists_what_the_register_did_with_its_reason(self, client: Client, edition: Edition) -> None:
        actions = page(client, edition).partition('<section id="actions">')[2].partition("</section>")[0]

        assert actions.count("Published in this register") == 2
        assert "The purpose was corrected in Arabic." in actions
        assert actions.index("Signed") < actions.index("In force from") < actions.index("Published")


class TestNotices:
    def test_say_what_an_edition_changed(self, client: Client, edition: Edition) -> None:
        assert "What this edition changed" in page(client, edition)
        assert "What this edition changed" not in page(client, edition, "editions/1/")

    def test_of_an_older_edition_lead_to_what_changed_since(self, client: Client, edition: Edition) -> None:
        text = page(client, edition, "editions/1/")

        assert "This is an older edition." in text
        assert f'href="{address(edition, "editions/1/compare/2/")}"' in text

    @pytest.mark.parametrize(("relation", "words"), [("supersedes", "has taken its place"), ("amends", "was amended")])
    def test_say_so_when_only_the_other_agreement_does(
        self, client: Client, edition: Edition, relation: str, words: str
    ) -> None:
        other = other_agreement(edition, relation)

        text = page(client, edition)

        assert words in text
        assert f"/id/{other.register_number}" in text
        assert "this record does not say it yet" in text

    def test_forget_an_agreement_that_was_withdrawn(self, client: Client, edition: Edition, noon: datetime) -> None:
        other = other_agreement(edition, "supersedes")
        withdrawn = Agreement.objects.get(register_number=other.register_number)
        withdraw_agreement(withdrawn.pk, by=make_user("reviewer"), at=noon, reason=LocalisedText(en="A mistake."))

        assert other.register_number not in page(client, edition)

    def test_of_a_withdrawn_agreement_lead_to_what_took_its_place(self, client: Client, edition: Edition) -> None:
        other = other_agreement(edition, "supersedes")
        agreement = Agreement.objects.get(register_number=edition.register_number)
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=LocalisedText(en="Replaced."))

        answer = client.get(address(edition))

        assert answer.status_code == 410
        assert f'href="/en/agreements/{other.register_number}/"' in answer.content.decode()

    def test_say_that_it_ended(self, client: Client, edition: Edition, noon: datetime) -> None:
        agreement = Agreement.objects.get(register_number=edition.register_number)
        agreement.dates.create(kind="terminated", date="2024-05-31", source=agreement.sources.first())
        publish(agreement, at=noon + timedelta(days=3))

        assert '<b>This agreement was terminated</b> <span class="since"><time datetime="2024-05-31">' in page(
            client, edition
        )


class TestSideBySide:
    @pytest.mark.parametrize("rest", ["read/ar/en/", "editions/1/read/ckb/ar/"])
    def test_shows_each_text_in_its_language(self, client: Client, edition: Edition, rest: str) -> None:
        text = page(client, edition, rest)

        assert 'lang="ar" dir="rtl"' in text
        assert "Not written" in text

    def test_of_one_language_leads_to_the_page(self, client: Client, edition: Edition) -> None:
        assert client.get(address(edition, "read/ar/ar/"))["Location"] == address(edition)

    @pytest.mark.parametrize("rest", ["read/fr/en/", "read/ar/", "editions/9/read/ar/en/", "read/ar/EN/"])
    def test_of_what_is_not_there_is_not_found(self, client: Client, edition: Edition, rest: str) -> None:
        assert client.get(address(edition, rest)).status_code == 404


class TestCitations:
    @pytest.mark.parametrize(
        ("rest", "media_type", "start"),
        [
            ("cite.ris", "application/x-research-info-systems", "TY  - "),
            ("editions/1/cite.bib", "application/x-bibtex", "@misc{"),
        ],
    )
    def test_are_files_for_reference_managers(
        self, client: Client, edition: Edition, rest: str, media_type: str, start: str
    ) -> None:
        answer = client.get(address(edition, rest, "ar"))

        assert answer["Content-Type"] == f"{media_type}; charset=utf-8"
        assert re.search(r'filename="MOC-\d+-edition-[12]-ar\.(ris|bib)"', answer["Content-Disposition"])
        assert answer.content.decode().startswith(start)


class TestContacts:
    def test_stand_on_no_page_that_is_only_followed_to(self, client: Client, edition: Edition) -> None:
        for rest in ("", "editions/1/", "contacts/", "read/ar/en/"):
            text = page(client, edition, rest)
            assert "registry@" not in text
            assert "(at)" not in text
            assert "234 5678" not in text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_shown_at_a_press(self, client: Client, edition: Edition, language: str) -> None:
        asked = self.asked(client, edition)

        answer = client.post(address(edition, "contacts/", language), {"asked": asked})

        assert 'href="mailto:registry@portal.example"' in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(asked=st.text(max_size=300))
    def test_stay_hidden_from_what_the_page_did_not_give(self, edition: Edition, asked: str) -> None:
        client = Client(raise_request_exception=False)

        answer = client.post(address(edition, "contacts/"), {"asked": asked})

        assert answer.status_code == 400
        assert "registry@" not in answer.content.decode()

    def test_are_shown_to_one_network_only_so_often_an_hour(
        self, client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contacts, "SHOWINGS", Limit("contacts", 1))
        sent = {"asked": self.asked(client, edition)}

        answers = [client.post(address(edition, "contacts/"), sent) for _time in range(2)]

        assert [one.status_code for one in answers] == [200, 429]
        assert 0 < int(answers[1]["Retry-After"]) <= 3600
        assert "registry@" not in answers[1].content.decode()

    def test_of_another_agreement_are_not_shown_for_it(self, client: Client, edition: Edition) -> None:
        other = other_agreement(edition, "amends")

        answer = client.post(address(edition, "contacts/"), {"asked": self.asked(client, other)})

        assert answer.status_code == 400

    def asked(self, client: Client, edition: Edition) -> str:
        found = re.search(r'name="asked" value="([^"]*)"', page(client, edition, "contacts/"))
        assert found is not None
        return found[1]


class TestEditions:
    @pytest.mark.parametrize("before", ["2", "0", "x", "99999999999", "%00", "-1"])
    def test_are_listed_whatever_page_is_asked_for(self, client: Client, edition: Edition, before: str) -> None:
        assert "editions/1/" in page(client, edition, f"editions/?before={before}")


class TestPeriods:
    @pytest.mark.parametrize(
        ("start", "end", "written"),
        [
            ("2025", "2025", "2025"),
            ("2024-03-10", "2027-02", "10 March 2024 – February 2027"),
            (None, None, "Not stated"),
            ("2025", None, "2025 – Not stated"),
        ],
    )
    def test_are_written_as_far_as_they_are_known(self, start: str | None, end: str | None, written: str) -> None:
        assert strip_tags(period(PartialDate.parse(start), PartialDate.parse(end))) == written
