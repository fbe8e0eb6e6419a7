"""Two editions side by side, as the public reads it."""

from datetime import datetime

import pytest
from django.test import Client

from agreements.editions.models import Edition
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.register.models.directories import Place
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """The second edition: another title and status, a place more, a funder less, a date."""
    agreement = first_agreement()
    publish(agreement, at=NOON)
    return publish(rewritten(agreement), at=NOON)


def rewritten(agreement: Agreement) -> Agreement:
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.title_ckb = f"{agreement.title_ckb} (٢٠٢١)"
    agreement.change_note_en = "Australia no longer funds the work."
    agreement.save()
    agreement.participations.get(organization__key="government-of-australia").delete()
    agreement.funding.get(funder__key="government-of-australia").delete()
    AgreementDate.objects.create(agreement=agreement, kind="signed", date="2021-02", source=agreement.sources.first())
    activity = agreement.activities.get(key="activity-2")
    activity.status = "under_way"
    activity.save()
    activity.places.add(Place.objects.filter(kind="sea_port").first())
    return agreement


def editions(language: str = "en") -> str:
    """Where the newest agreement's editions are listed: its number depends on the tests before."""
    newest = Agreement.objects.latest("pk")
    return f"/{language}/agreements/{newest.register_number}/editions/"


def address(older: int, newer: int, language: str = "en") -> str:
    return f"{editions(language)}{older}/compare/{newer}/"


class TestCompare:
    def test_tells_what_was_added_removed_and_changed(self, client: Client, edition: Edition) -> None:
        page = client.get(address(1, 2)).content.decode()

        assert "Funder</bdi>: <bdi" in page
        assert ">Government of Australia</bdi>" in page
        assert "February 2021" in page
        assert '<ins><span class="diff-hidden" lang="en">added: </span>Under way</ins>' in page
        assert "government-of-australia" not in page

    def test_says_added_and_removed_in_words_for_those_who_see_no_marks(self, client: Client, edition: Edition) -> None:
        page = client.get(address(1, 2, "ckb")).content.decode()

        assert '<div class="diff-text" lang="ckb" dir="rtl">' in page
        assert '<ins><span class="diff-hidden" lang="ckb">زیادکراو: </span> (٢٠٢١)</ins>' in page

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_each_edition_is_and_why_it_was_made(
        self, client: Client, edition: Edition, language: str
    ) -> None:
        page = client.get(address(1, 2, language))

        assert page.status_code == 200
        assert "Australia no longer funds the work." in page.content.decode()
        assert f"{editions(language)}1/" in page.content.decode()

    def test_is_kept_by_caches_and_not_sent_again(self, client: Client, edition: Edition) -> None:
        first = client.get(address(1, 2))

        again = client.get(address(1, 2), headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "public, max-age=0, s-maxage=60"
        assert again.status_code == 304
        assert not first.cookies

    def test_puts_the_older_one_first(self, client: Client, edition: Edition) -> None:
        answer = client.get(address(2, 1))

        assert (answer.status_code, answer["Location"]) == (302, address(1, 2))

    def test_of_an_edition_with_itself_leads_to_the_edition(self, client: Client, edition: Edition) -> None:
        assert client.get(address(2, 2))["Location"] == f"{editions()}2/"

    @pytest.mark.parametrize(("older", "newer"), [(1, 3), (3, 1), (3, 3), (7, 9)])
    def test_what_never_was_is_not_found(self, client: Client, edition: Edition, older: int, newer: int) -> None:
        assert client.get(address(older, newer)).status_code == 404
        assert client.get("/en/agreements/MOC-9999/editions/1/compare/2/").status_code == 404

    def test_what_was_withdrawn_is_gone_but_what_never_was_stays_not_found(
        self, client: Client, edition: Edition, noon: datetime
    ) -> None:
        reason = LocalisedText(en="Published by mistake.")
        withdraw_agreement(Agreement.objects.get().pk, by=make_user("reviewer"), at=noon, reason=reason)

        assert client.get(address(1, 2)).status_code == 410
        assert client.get(address(1, 3)).status_code == 404

    def test_says_so_when_nothing_differs(self, client: Client, edition: Edition, noon: datetime) -> None:
        agreement = Agreement.objects.get()
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=noon, reason=LocalisedText(en="For a day."))
        publish(agreement, at=noon)

        assert "Nothing differs: both say the same." in client.get(address(2, 3)).content.decode()

    def test_asks_the_database_no_more_for_more_parts(
        self, client: Client, edition: Edition, noon: datetime, django_assert_max_num_queries: object
    ) -> None:
        agreement = Agreement.objects.get()
        for number in range(15):
            agreement.activities.create(
                title_en=f"Activity {number}", status="planned", source=agreement.sources.first()
            )
        publish(agreement, at=noon)

        compared = address(2, 3)
        with django_assert_max_num_queries(4):  # type: ignore[operator]  # pytest-django's
            client.get(compared)


class TestEditions:
    def test_links_each_to_the_comparison_with_the_one_before(self, client: Client, edition: Edition) -> None:
        page = client.get(editions()).content.decode()

        assert f'href="{address(1, 2)}"' in page
        assert page.count("Compare with the one before") == 1

    @pytest.mark.parametrize("query", ["older=1&newer=2", "older=2&newer=1"])
    def test_lead_to_the_two_that_were_chosen(self, client: Client, edition: Edition, query: str) -> None:
        assert client.get(f"{editions()}?{query}")["Location"] == address(1, 2)

    @pytest.mark.parametrize("query", ["older=1&newer=1", "older=1", "older=9&newer=1", "older=x&newer=%00"])
    def test_say_what_is_wrong_with_a_choice(self, client: Client, edition: Edition, query: str) -> None:
        page = client.get(f"{editions()}?{query}")

        assert page.status_code == 200
        assert page.context["form"].errors

    def test_offer_no_choice_of_one(self, client: Client, noon: datetime) -> None:
        publish(first_agreement(), at=noon)

        assert "Compare two editions" not in client.get(editions()).content.decode()
