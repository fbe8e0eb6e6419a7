"""Organisations, frameworks, places, dates and the pages about the register, over HTTP."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings as PortalSettings

from agreements.editions.models import Edition
from agreements.formats.glossary import TERMS
from agreements.register.models.directories import Objective, Place
from agreements.register.models.work import Activity
from tests.conftest import NOON
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

PAGES = (
    "", "organisations/", "organisations/iom-iraq/", "frameworks/", "frameworks/gcm/", "frameworks/gcm/11/", "places/",
    "places/trebil/", "dates/", "about/", "data/", "accessibility/", "privacy/", "contact/", "glossary/",
)  # fmt: skip
LISTS = ("organisations/", "organisations/iom-iraq/", "frameworks/gcm/", "places/", "places/trebil/", "dates/")


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """The shipped record, with work at Trebil until some day of March 2031 that serves an objective."""
    agreement = first_agreement()
    activity = Activity.objects.filter(agreement=agreement).order_by("position")[0]
    activity.start, activity.end = "2026", "2031-03"
    activity.save()
    activity.places.set(Place.objects.filter(key="trebil"))
    activity.objectives.set(Objective.objects.filter(framework__key="gcm", code="11"))
    return publish(agreement, at=NOON)


def text_of(client: Client, path: str) -> str:
    page = client.get(f"/{path}")
    assert page.status_code == 200
    return page.content.decode()


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_answers_in_three_languages_without_a_cookie(self, client: Client, edition: Edition, path: str) -> None:
        for language in ("en", "ar", "ckb"):
            page = client.get(f"/{language}/{path}")

            assert (page.status_code, bool(page.cookies)) == (200, False)
            assert f'<html lang="{language}"' in page.content.decode()

    @pytest.mark.parametrize(
        "path",
        ["organisations/nobody/", "frameworks/nothing/", "frameworks/gcm/24/", "frameworks/gcm/1/2/", "places/no/"],
    )
    def test_is_not_found_where_nobody_knows_it(self, client: Client, edition: Edition, path: str) -> None:
        assert client.get(f"/ckb/{path}").status_code == 404

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        path=st.sampled_from(LISTS),
        name=st.sampled_from(("q", "after", "before", "role", "kind", "x")),
        value=st.text(max_size=60) | st.sampled_from(("\0", "9" * 40, "-1", "½", "x" * 10_000, "٣", "%s", "'")),
    )
    def test_bears_any_query(self, client: Client, edition: Edition, path: str, name: str, value: str) -> None:
        assert client.get(f"/en/{path}", {name: value}).status_code == 200


class TestPlace:
    def test_says_what_happens_there_and_in_which_agreement(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "en/places/trebil/")

        assert edition.content.activities[0].title.en in page
        assert edition.content.activities[1].title.en not in page
        assert f"/en/agreements/{edition.register_number}/" in page
        assert "Jordan" in page

    def test_stands_in_the_list_with_its_agreements(self, client: Client, edition: Edition) -> None:
        row = text_of(client, "en/places/").partition('<tr id="trebil" class="placed">')[2].partition("</tr>")[0]

        assert 'data-label="Agreements">1</td>' in row


class TestFrameworks:
    def test_list_objectives_that_no_agreement_names_too(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "en/frameworks/gcm/")

        assert len(re.findall(r'href="/en/frameworks/gcm/\d+/"', page)) == 23
        assert page.count("no agreement yet") == 22

    def test_lead_from_an_objective_to_the_agreement(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "ar/frameworks/gcm/11/")

        assert f"/ar/agreements/{edition.register_number}/" in page


class TestAgreement:
    def test_leads_to_the_pages_of_what_it_names(self, client: Client, edition: Edition) -> None:
        page = text_of(client, f"en/agreements/{edition.register_number}/")

        for address in ("organisations/european-union/", "places/trebil/", "frameworks/gcm/", "frameworks/gcm/11/"):
            assert f'href="/en/{address}"' in page
            assert client.get(f"/en/{address}").status_code == 200


class TestDates:
    def test_name_the_month_and_say_what_it_is(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "en/dates/")

        assert '<h2 id="month-2031-03">March 2031</h2>' in page
        assert "Activity ends" in page
        assert "Activity starts" in page.partition('id="month-2031-03"')[0]  # some day of this year

    def test_narrow_to_one_kind(self, client: Client, edition: Edition) -> None:
        assert 'id="month-2031-03"' not in text_of(client, "en/dates/?kind=obligation")


class TestHome:
    def test_counts_what_is_public_and_says_as_of_when(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "en/")
        figures = page.partition('<dl class="figures">')[2].partition("</dl>")[0]

        assert "<dd>1</dd>" in figures
        assert f"<dd>{len(edition.content.activities)}</dd>" in figures
        assert "legal status as of" in page

    def test_asks_a_fixed_number_of_questions(
        self, client: Client, edition: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(12):
            client.get("/en/")


class TestAboutTheRegister:
    def test_the_glossary_has_an_anchor_a_word(self, client: Client, edition: Edition) -> None:
        page = text_of(client, "ckb/glossary/")

        assert all(f'<div id="{one.anchor}">' in page for one in TERMS)
        record = text_of(client, f"ckb/agreements/{edition.register_number}/")
        headings = re.findall(r'<h2><a class="term" href="/ckb/glossary/#([a-z-]+)">', record)
        assert {"party", "funder", "activity", "framework", "source"} <= set(headings) <= {one.anchor for one in TERMS}

    def test_contact_is_shielded_and_its_lack_is_said(self, client: Client, settings: PortalSettings) -> None:
        without = text_of(client, "en/contact/")
        settings.CONTACT_EMAIL, settings.OPERATOR = "register@example.org", "Ministry of Records"
        shown = text_of(client, "en/contact/")

        assert "has not given an address" in without
        assert "register (at) example (dot) org" in shown
        assert "register@example.org" not in shown

    def test_data_names_the_licence_only_where_one_was_declared(self, client: Client, settings: PortalSettings) -> None:
        without = text_of(client, "en/data/")
        settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL = "CC BY 4.0", "https://example.org/by"

        assert "has declared no licence" in without
        assert 'rel="license external noreferrer"><bdi>CC BY 4.0</bdi>' in text_of(client, "en/data/")
