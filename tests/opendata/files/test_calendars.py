"""Calendars, as a program reads them that is not ours."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.opendata.files.a_register import LICENCE, fetch, published
from tests.search.records import content, dated

pytestmark = pytest.mark.django_db

ONE = "/en/agreements/MOC-0001/dates.ics"


def events(client: Client, address: str) -> dict[str, Any]:
    """The entries by what stands before the host in their identifiers."""
    calendar = Calendar.from_ical(fetch(client, address))
    assert not calendar.errors
    assert LICENCE in str(calendar["DESCRIPTION"])
    return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}


class TestAgreementCalendar:
    def test_has_every_date_as_far_as_it_is_known(self, client: Client) -> None:
        found = events(client, ONE)

        assert set(found) == {"moc-0001.signed", "moc-0001.in_force", "moc-0001.planned_end", "moc-0001.review"} | {
            one for one in found if one.startswith("moc-0001.activity")
        }
        days = {uid: (one["DTSTART"].dt, one["DTEND"].dt) for uid, one in found.items()}
        assert days["moc-0001.signed"] == (date(2021, 2, 4), date(2021, 2, 5))
        assert days["moc-0001.in_force"] == (date(2021, 4, 1), date(2021, 5, 1))
        assert days["moc-0001.planned_end"] == (date(2031, 1, 1), date(2031, 1, 2))
        assert "day not stated" in found["moc-0001.planned_end"]["SUMMARY"]
        assert "Edition 2" in found["moc-0001.signed"]["DESCRIPTION"]
        assert LICENCE in found["moc-0001.signed"]["DESCRIPTION"]

    def test_moves_an_entry_when_an_edition_does(self, client: Client) -> None:
        before = events(client, ONE)["moc-0001.review"]
        published(content(1, **dated(review="2027-05-02")), minutes=20)
        after = events(client, ONE)["moc-0001.review"]

        assert after["UID"] == before["UID"]
        assert (before["SEQUENCE"], after["SEQUENCE"]) == (2, 3)
        assert after["DTSTART"].dt == date(2027, 5, 2)

    def test_speaks_the_language(self, client: Client) -> None:
        assert "مذكرة تعاون" in events(client, "/ar/agreements/MOC-0001/dates.ics")["moc-0001.signed"]["SUMMARY"]


class TestDatesCalendar:
    def test_has_what_is_to_come_within_two_years(self, client: Client) -> None:
        found = events(client, "/en/dates.ics")

        assert "moc-0001.review" in found
        assert "moc-0001.planned_end" not in found
        assert "moc-0001.signed" not in found
        assert 'href="/en/dates.ics"' in client.get("/en/dates/").content.decode()
