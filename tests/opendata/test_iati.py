"""IATI files at their addresses, of records as staff write them."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings

from agreements.editions.models import Edition
from agreements.opendata.iati.checks import check_reporting_org
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.border_protocol import border_protocol
from tests.conftest import NOON
from tests.formats.iati_rules import failures, found, schema
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.rich import enrich

pytestmark = pytest.mark.django_db

LATER = datetime(2100, 1, 1, tzinfo=UTC)
WARNED = {"1.14.8"}
"""What a portal without an identifier of its own is warned of; nothing else."""


@pytest.fixture(scope="module")
def editions(one_for_all_tests: None) -> list[Edition]:
    """The shipped record in two editions, the second with something of everything, and a protocol under it."""
    first = first_agreement()
    published = [publish(first, at=NOON), publish(enrich(first), at=NOON)]
    return [*published, publish(border_protocol(by=make_user("editor"), below=first), at=NOON)]


@pytest.fixture
def first(editions: list[Edition]) -> str:
    """The number of the shipped record."""
    return editions[0].register_number


@pytest.fixture
def protocol(editions: list[Edition]) -> str:
    return editions[2].register_number


def asked(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]  # bytes
    return etree.fromstring(content)


class TestEdition:
    def test_is_valid_by_the_schema_and_the_rules(self, client: Client, first: str, protocol: str) -> None:
        for address in (first, f"{first}/1", f"{first}/2", protocol):
            root = asked(client, f"/id/{address}.iati.xml")

            schema().assertValid(root)
            assert {one.id for one in failures(root, now=LATER)} == WARNED

    def test_links_the_protocol_to_what_it_implements(self, client: Client, first: str, protocol: str) -> None:
        below, above = asked(client, f"/id/{protocol}.iati.xml"), asked(client, f"/id/{first}.iati.xml")

        identifier = above.findtext("iati-activity/iati-identifier")
        assert identifier in found("iati-activity[1]/related-activity[@type='1']/@ref", below)

    def test_the_protocol_has_its_days_places_and_objectives(self, client: Client, protocol: str) -> None:
        root = asked(client, f"/id/{protocol}.iati.xml")
        top, training = root.find("iati-activity"), root.findall("iati-activity")[1]

        assert top is not None
        assert found("activity-date/@iso-date", top) == ["2023-05-01"]
        assert found("tag[@vocabulary='99']/@code", top) == ["11", "12"]
        assert found("location/@ref", training) == ["al-qaim", "ibrahim-khalil", "trebil"]
        assert found("activity-date/@iso-date", training) == ["2024-03-10"]
        told = found("description[@type='4']/narrative[@xml:lang='en']/text()", training)[0]
        assert "End: February 2027" in told
        assert "Sixty officers were trained." in told

    def test_says_who_it_is_for_and_where_it_is_for_ever(self, client: Client, first: str, settings: Settings) -> None:
        settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL = "CC BY 4.0", "https://licence.example/"
        response = client.get(f"/id/{first}.iati.xml")

        assert response["Content-Type"] == "application/xml; charset=utf-8"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert f'</id/{first}/2.iati.xml>; rel="canonical"' in response["Link"]
        assert '<https://licence.example/>; rel="license"' in response["Link"]
        assert "CC BY 4.0 <https://licence.example/>" in response.content.decode()
        again = client.get(f"/id/{first}.iati.xml", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304

    def test_is_where_who_asks_for_xml_is_led(self, client: Client, first: str) -> None:
        browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

        for accepted, address, target in (
            ("application/xml", f"/id/{first}", f"/id/{first}.iati.xml"),
            ("application/xml", f"/id/{first}/1", f"/id/{first}/1.iati.xml"),
            (browser, f"/id/{first}", f"/en/agreements/{first}/"),
        ):
            response = client.get(address, headers={"Accept": accepted})
            assert (response.status_code, response["Location"]) == (303, target)

    def test_what_never_was_and_what_was_withdrawn_say_so(self, client: Client, first: str, protocol: str) -> None:
        reason = LocalisedText(en="A mistake.", ar="خطأ.")
        agreement = Agreement.objects.get(register_number=first)
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=reason)

        for address in (first, f"{first}/1"):
            gone = client.get(f"/id/{address}.iati.xml")
            assert (gone.status_code, gone.json()["reason"]["ar"]) == (410, "خطأ.")
        for address in ("MOC-999999", f"{protocol}/9"):
            assert client.get(f"/id/{address}.iati.xml").status_code == 404
        numbers = found("//other-identifier/@ref", asked(client, "/iati/activities.xml"))
        assert numbers == [protocol, f"{protocol}/1"]


class TestRegister:
    def test_holds_the_current_editions_and_is_valid(self, client: Client, first: str, protocol: str) -> None:
        root = asked(client, "/iati/activities.xml")

        schema().assertValid(root)
        assert {one.id for one in failures(root, now=LATER)} == WARNED
        numbers = found("iati-activity/other-identifier/@ref", root)
        assert numbers == [first, f"{first}/2", protocol, f"{protocol}/1"]

    def test_is_not_sent_again_until_something_is_published(
        self, client: Client, protocol: str, noon: datetime
    ) -> None:
        tag = client.get("/iati/activities.xml")["ETag"]
        assert client.get("/iati/activities.xml", headers={"If-None-Match": tag}).status_code == 304

        Agreement.objects.filter(register_number=protocol).update(title_en="Another title")
        publish(Agreement.objects.get(register_number=protocol), at=noon)

        assert client.get("/iati/activities.xml", headers={"If-None-Match": tag}).status_code == 200


class TestReportingOrg:
    @pytest.mark.parametrize(
        ("ref", "problems"), [("XM-DAC-47066", []), ("XM DAC", ["agreements.E002"]), ("a/b", ["agreements.E002"])]
    )
    def test_is_checked_when_the_portal_starts(self, settings: Settings, ref: str, problems: list[str]) -> None:
        settings.IATI_REPORTING_ORG = {"ref": ref, "name": "Somebody", "type": "40"}

        assert [one.id for one in check_reporting_org()] == problems

    def test_stands_in_every_activity_and_in_front_of_every_identifier(
        self, client: Client, editions: list[Edition], settings: Settings
    ) -> None:
        settings.IATI_REPORTING_ORG = {"ref": "XM-DAC-47066", "name": "IOM", "type": "40"}
        root = asked(client, "/iati/activities.xml")

        assert failures(root, now=LATER) == []
        assert set(found("//reporting-org/@ref", root)) == {"XM-DAC-47066"}
        assert all(one.startswith("XM-DAC-47066-MOC-") for one in found("//iati-identifier/text()", root))
