"""An agreement as an IATI activity: it says no more than the record does."""

from typing import Final

import pytest

from agreements.editions.content import KeyDate, ObjectiveName, Participation, Place
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind, OrganizationKind, ParticipationRole, PlaceKind
from agreements.vocabulary.languages import LANGUAGES
from tests.editions.contents import full, shipped, text
from tests.formats.iati_written import announced_at, changed, first, values, when, written

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
UNSTATED: Final = PartialDate()


class TestAgreement:
    def test_takes_part_in_the_roles_of_the_worked_example(self) -> None:
        roles = [
            (one.get("role"), one.get("type"), one.get("ref"), one.findtext("narrative"))
            for one in first(written(shipped())).iterfind("participating-org")
        ]

        assert [(role, kind) for role, kind, _ref, _name in roles] == [
            ("4", "40"), ("2", "10"), ("1", "10"), ("1", "10"), ("1", "10"), ("1", "40"),
        ]  # fmt: skip
        assert {ref for _role, _kind, ref, _name in roles} == {None}

    def test_begins_on_the_day_of_the_announcement_and_says_so_in_three_languages(self) -> None:
        dates = first(written(shipped())).findall("activity-date")

        assert [(one.get("type"), one.get("iso-date")) for one in dates] == [("2", "2021-02-05")]
        assert values(dates[0], "narrative/@xml:lang") == list(LANGUAGES)
        assert "No source states the day of signature" in (dates[0].findtext("narrative") or "")

    @pytest.mark.parametrize(
        ("stated", "status", "dates"),
        [
            ({"signed": "2021-02-04", "in_force": "2021-04-01"}, "2", [("2", "2021-04-01")]),
            ({"signed": "2026-01-05", "in_force": "2027-01-01"}, "1", [("1", "2027-01-01")]),
            ({"signed": "2026-01-05", "in_force": "2027"}, "1", [("1", "2026-01-05")]),
            ({"in_force": "2021-04-01", "terminated": "2025-06-30"}, "4", [("2", "2021-04-01"), ("4", "2025-06-30")]),
            ({"signed": "2021-02-04", "planned_end": "2030-12-31"}, "2", [("2", "2021-02-04"), ("3", "2030-12-31")]),
            ({"in_force": "2021-04-01", "suspended": "2024"}, "6", [("2", "2021-04-01")]),
        ],
    )
    def test_has_the_status_and_the_dates_of_its_life(
        self, stated: dict[str, str], status: str, dates: list[tuple[str, str]]
    ) -> None:
        rows = tuple(KeyDate(kind=kind, date=when(day)) for kind, day in stated.items())
        top = first(written(shipped().model_copy(update={"dates": rows})))

        assert values(top, "activity-status/@code") == [status]
        assert [(one.get("type"), one.get("iso-date")) for one in top.iterfind("activity-date")] == dates

    def test_work_that_begins_some_month_says_which_month(self) -> None:
        work = full().activities[0].model_copy(update={"start": when("2027-01"), "end": UNSTATED})
        planned = work.model_copy(update={"status": ActivityStatus.PLANNED})
        dates = written(changed(activities=(planned,), funding=()))[-1].findall("activity-date")

        assert [one.get("type") for one in dates] == ["1"]
        assert "only known as: January 2027" in (dates[0].findtext("narrative") or "")

    def test_never_rounds_a_month_to_a_day_but_tells_it_in_words(self) -> None:
        dates = (KeyDate(kind=DateKind.SIGNED, date=when("2019-03")), KeyDate(kind=DateKind.ENDED, date=when("2022")))
        root = written(shipped().model_copy(update={"dates": dates}))

        assert set(values(root, "//@iso-date")) <= {"2026-11-23", "2021-02-05"}  # published, and the announcement's
        other = values(first(root), "description[@type='4']/narrative[@xml:lang='en']/text()")[0]
        assert "Signed: March 2019" in other
        assert "Ended: 2022" in other

    def test_several_receiving_countries_are_named_without_shares(self) -> None:
        party = full().participations[0].organization
        two = [
            party.model_copy(update={"id": code, "country": code, "kind": OrganizationKind.GOVERNMENT})
            for code in ("IQ", "JO")
        ]
        rows = tuple(Participation(role=ParticipationRole.PARTY, organization=one) for one in two)
        top = first(written(changed(participations=rows)))

        assert values(top, "recipient-region/@code") == ["998"]
        assert values(top, "recipient-region/narrative/text()")[0] == "Iraq; Jordan"
        assert not values(top, ".//@percentage[. != '100']")

    def test_a_point_stands_only_where_coordinates_are_known(self) -> None:
        places = (
            Place(id="a", name=text("A"), kind=PlaceKind.AIRPORT, latitude="33.2", longitude="44.2", precision="exact"),
            Place(id="b", name=text("B"), kind=PlaceKind.CITY),
        )
        root = written(changed(places=places))

        assert values(first(root), "location[point]/@ref") == ["a"]
        assert values(first(root), "location[@ref='a']/exactness/@code") == ["1"]
        assert values(first(root), "location[@ref='b']/exactness/@code") == []

    def test_texts_carry_the_language_they_are_in(self) -> None:
        title = first(written(shipped())).find("title")

        assert title is not None
        assert {one.get(XML_LANG): one.text for one in title} == shipped().title.model_dump()

    def test_sdg_targets_and_own_objectives_are_tags(self) -> None:
        named = [
            ObjectiveName(id=f"{key}/{code}", framework=key, code=code, title=text(code))
            for key, code in (("sdg", "10"), ("sdg", "10.7"), ("sdg", "99.9"), ("gcm", "11"))
        ]
        framework = full().frameworks[0].model_copy(update={"objectives": tuple(named)})
        top = first(written(changed(frameworks=(framework,))))

        tags = [(one.get("vocabulary"), one.get("code"), one.get("vocabulary-uri")) for one in top.iterfind("tag")]
        assert tags == [
            ("2", "10", None),
            ("3", "10.7", None),
            ("99", "99.9", "https://register.example/en/frameworks/sdg/"),
            ("99", "11", "https://register.example/en/frameworks/gcm/"),
        ]

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://x.example/ä b.pdf?c=d", "https://x.example/%C3%A4%20b.pdf?c=d"),
            ("http://[bad", None), ("ftp://x.example/", None), ("javascript:alert(1)", None), (None, None),
        ],
    )  # fmt: skip
    def test_only_addresses_of_the_web_are_linked(self, url: str | None, address: str | None) -> None:
        top = first(written(announced_at(url)))

        links = values(top, "document-link[category/@code='A09'][not(contains(@url, '/documents/'))]/@url")
        assert links == ([address] if address else [])

    def test_the_announcement_is_the_memorandum_known_and_pages_are_web_pages(self) -> None:
        links = first(written(shipped())).findall("document-link")

        assert [values(one, "category/@code") + values(one, "language/@code") for one in links] == [
            ["A12", "en"], ["A12", "ar"], ["A12", "ckb"], ["A09", "en"],
        ]  # fmt: skip
