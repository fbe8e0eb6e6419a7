"""IATI 2.03: every file is valid by the schema and by the standard's rules, and says no more than the record does."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, Final

import pytest
from lxml import etree

from agreements.editions.canonical import canonical_bytes
from agreements.editions.content import (
    Activity,
    AgreementContent,
    Funding,
    KeyDate,
    ObjectiveName,
    Participation,
    Place,
    RelatedAgreement,
)
from agreements.editions.models import Edition
from agreements.formats.iati.file import iati_xml, register_iati
from agreements.formats.iati.subject import Reporter, Subject
from agreements.formats.iati.topics import sdg_vocabulary
from agreements.register.file_kinds import KINDS
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import (
    ActivityStatus,
    CoordinatePrecision,
    DateKind,
    FundingKind,
    OrganizationKind,
    ParticipationRole,
    PlaceKind,
    RelationKind,
)
from agreements.vocabulary.languages import LANGUAGES, LocalisedText
from agreements.vocabulary.money import Disclosure, Money
from tests.editions.contents import full, shipped, text
from tests.formats.iati_example import example, path
from tests.formats.iati_rules import code_lists, end_of, failures, found, schema

Element = etree._Element
TODAY: Final = dt.date(2026, 11, 23)
PUBLISHED: Final = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
REPORTER: Final = Reporter(ref="XM-DAC-47066", name="International Organization for Migration", type="40")
LICENCE: Final = "CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/>"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
UNSTATED: Final = PartialDate()

WARNED: Final = frozenset({"1.14.8"})
"""What a reporter without an organisation identifier is warned of."""

_LISTS: Final = {
    "activity-date/@type": "ActivityDateType",
    "activity-scope/@code": "ActivityScope",
    "activity-status/@code": "ActivityStatus",
    "budget/@status": "BudgetStatus",
    "budget/@type": "BudgetType",
    "contact-info/@type": "ContactType",
    "recipient-country/@code | location/administrative[@vocabulary='A4']/@code": "Country",
    "@default-currency | descendant::value/@currency": "Currency",
    "description/@type": "DescriptionType",
    "document-link/category/@code": "DocumentCategory",
    "document-link/@format": "FileFormat",
    "transaction/finance-type/@code": "FinanceType",
    "location/exactness/@code": "GeographicExactness",
    "location/location-class/@code": "GeographicLocationClass",
    "location/location-reach/@code": "GeographicLocationReach",
    "location/administrative/@vocabulary": "GeographicVocabulary",
    "location/feature-designation/@code": "LocationType",
    "participating-org/@role": "OrganisationRole",
    "reporting-org/@type | participating-org/@type | transaction/*/@type": "OrganisationType",
    "other-identifier/@type": "OtherIdentifierType",
    "recipient-region/@code": "Region",
    "recipient-region/@vocabulary": "RegionVocabulary",
    "related-activity/@type": "RelatedActivityType",
    "sector/@code": "Sector",
    "sector/@vocabulary": "SectorVocabulary",
    "tag/@vocabulary": "TagVocabulary",
    "tag[@vocabulary='2']/@code": "UNSDG-Goals",
    "tag[@vocabulary='3']/@code": "UNSDG-Targets",
    "transaction/transaction-type/@code": "TransactionType",
    "@xml:lang | descendant::narrative/@xml:lang | document-link/language/@code": "Language",
}
"""Where codes stand, and the list that each is from; nothing else in a file is a code."""


def subject_of(content: AgreementContent, **changes: Any) -> Subject:
    canonical = canonical_bytes(content)
    edition = Edition(
        register_number=content.register_number, number=2, canonical=canonical, content_hash="ab" * 32,
        published_at=PUBLISHED,
    )  # fmt: skip
    edition.content = content
    subject = Subject(edition, as_of=TODAY, reporter=REPORTER, origin="https://register.example", licence=LICENCE)
    return replace(subject, **changes)


def written(content: AgreementContent, **changes: Any) -> Element:
    return etree.fromstring(iati_xml(subject_of(content, **changes)))


def changed(**fields: Any) -> AgreementContent:
    """A record with something in every field, but for these."""
    documents = tuple(one.model_copy(update={"media_type": "application/pdf"}) for one in full().documents)
    return full().model_copy(update={"register_number": "MOC-0001", "documents": documents} | fields)


def announced_at(url: str | None) -> AgreementContent:
    """A record whose announcement comes from this address."""
    source, announcement = full().sources[0], full().announcement
    assert announcement is not None
    said = announcement.model_copy(update={"source": source.id})
    return changed(sources=(source.model_copy(update={"url": url}),), announcement=said)


def first(root: Element) -> Element:
    return root[1]  # the first child is the comment


def values(element: Element, expression: str) -> list[str]:
    return [str(one) for one in found(expression, element)]


def check(root: Element, *, warned: frozenset[str] = frozenset()) -> None:
    """Valid by the schema, faultless by the rules, linked both ways, with codes of their lists."""
    schema().assertValid(root)
    assert {one.id for one in failures(root, now=end_of(TODAY))} == warned
    identifiers = values(root, "iati-activity/iati-identifier/text()")
    assert len(set(identifiers)) == len(identifiers)
    for expression, name in _LISTS.items():
        codes = {code for activity in root.iterfind("iati-activity") for code in values(activity, expression)}
        strange = codes - code_lists()[name]
        assert strange <= ({"ckb"} if name == "Language" else set()), f"{expression}: {strange}"
    top, below = root.find("iati-activity"), root.findall("iati-activity[@hierarchy='2']")
    assert top is not None
    children = values(top, "related-activity[@type='2']/@ref")
    assert {one.findtext("iati-identifier") for one in below} <= set(children)
    for one in below:
        assert values(one, "related-activity[@type='1']/@ref") == [top.findtext("iati-identifier")]


def when(text: str) -> PartialDate:
    return PartialDate.parse(text)


def odd_contents() -> Iterator[tuple[str, AgreementContent]]:
    """Records with every gap that the contract allows."""
    bare = AgreementContent.model_validate(
        {
            "register_number": "MOC-0002", "kind": "other", "title": {}, "summary": {}, "legal_character": "not_stated",
        }
    )  # fmt: skip
    yield "nothing at all", bare
    yield (
        "only Sorani",
        bare.model_copy(update={"title": LocalisedText(ckb="یاداشت"), "summary": LocalisedText(ckb="-")}),
    )
    yield "signs that XML can't carry", changed(title=LocalisedText(en="a\x00b\x0b<c>&\ufffe", ar="\x01"))
    party = full().participations[0].organization
    for name, organization in (
        ("no identifier", party.model_copy(update={"identifier": None})),
        ("an unfit identifier", party.model_copy(update={"identifier": "XM DAC/1 "})),
        ("no name", party.model_copy(update={"name": LocalisedText()})),
        *((kind, party.model_copy(update={"kind": kind})) for kind in OrganizationKind),
    ):
        rows = [Participation(role=role, organization=organization) for role in ParticipationRole]
        yield f"organisation: {name}", changed(participations=tuple(rows))
    parties = [
        Participation(
            role=ParticipationRole.PARTY, acting_through=party,
            organization=party.model_copy(update={"id": f"party-{number}", "country": ("IQ", "JO", "SY")[number % 3]}),
        )
        for number in range(290)
    ]  # fmt: skip
    yield "290 parties of three countries", changed(participations=tuple(parties))
    days = ("", "2021", "2021-02", "2021-02-05", "2026-11-23", "2031-01-01")
    for signed, in_force, ended in product(days, days, days):
        dates = ((DateKind.SIGNED, signed), (DateKind.IN_FORCE, in_force), (DateKind.ENDED, ended))
        stated = tuple(KeyDate(kind=kind, date=when(day)) for kind, day in dates if day)
        planned = KeyDate(kind=DateKind.PLANNED_END, date=when("2020-01-01"))
        yield f"dates {signed}, {in_force}, {ended}", bare.model_copy(update={"dates": (*stated, planned)})
    works = tuple(
        Activity(id=f"a{number}", title=LocalisedText(), status=status, start=when(start), end=when(end))
        for number, (status, start, end) in enumerate(product(ActivityStatus, days, days))
    )
    yield "activities of every status with every precision", changed(activities=works)
    moneys = (
        Money(),
        Money(disclosure=Disclosure.UNDISCLOSED),
        Money(disclosure="stated", amount="0.00", currency="IQD"),
    )
    funder = full().funding[0].funder
    fundings = tuple(
        Funding(funder=funder, money=money, kind=kind, start=when(start), end=when(end))
        for money, kind, start, end in product(moneys, FundingKind, days, days)
    )
    yield "fundings of every kind", changed(funding=fundings)
    places = tuple(
        Place(
            id=f"p-{kind}-{number}", name=LocalisedText(), kind=kind, latitude=latitude, longitude="44.0", precision=how
        )
        for kind in PlaceKind
        for number, (latitude, how) in enumerate(product((None, "33.3"), CoordinatePrecision))
    )
    yield "places of every kind", changed(places=places, participations=())
    relations = tuple(
        RelatedAgreement(relation=kind, register_number=f"MOC-{number:04}", title=text("Other"))
        for number, kind in enumerate(RelationKind, start=10)
    )
    yield "relations of every kind", changed(relations=relations)
    for url in ("http://[bad", "ftp://x.example/", "https://x.example/ä ب.pdf", "https://x.example/a.pdf?b=c d", None):
        yield f"source at {url}", announced_at(url)


class TestIatiXml:
    @pytest.mark.parametrize("content", [shipped(), changed()], ids=["first", "full"])
    def test_is_valid_by_schema_and_rules_without_a_warning(self, content: AgreementContent) -> None:
        check(written(content))

    def test_is_valid_whatever_a_record_lacks(self) -> None:
        for name, content in odd_contents():
            try:
                check(written(content))
            except (AssertionError, etree.DocumentInvalid) as error:
                raise AssertionError(name) from error

    def test_without_an_identifier_the_portals_host_reports_and_only_that_is_warned_of(self) -> None:
        root = written(shipped(), reporter=Reporter(ref="register.example", name="MOC Portal", type="90"))

        check(root, warned=WARNED)

    def test_the_same_edition_gives_the_same_bytes(self) -> None:
        assert iati_xml(subject_of(full())) == iati_xml(subject_of(full()))

    def test_the_example_in_the_documentation_is_what_is_written(self) -> None:
        assert path().read_bytes() == example(), "see tests/formats/iati_example.py for how to write it anew"
        check(etree.fromstring(example()), warned=WARNED)

    def test_names_edition_hash_day_and_licence_at_the_beginning(self) -> None:
        head = iati_xml(subject_of(shipped())).decode().partition("-->")[0]

        for part in ("MOC-0001, edition 2", "ab" * 32, "2026-11-23 in Baghdad", LICENCE):
            assert part in head
        assert "no licence" in str(written(shipped(), licence="")[0])


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


class TestWork:
    def test_every_activity_and_every_funding_stands_below(self) -> None:
        root = written(shipped())

        assert len(root.findall("iati-activity[@hierarchy='2']")) == len(shipped().activities) + len(shipped().funding)
        assert len(root.findall("iati-activity[@hierarchy='1']")) == 1

    @pytest.mark.parametrize(
        ("money", "start", "transactions", "budgets"),
        [
            (
                Money(disclosure="stated", amount="840000.00", currency="AUD"),
                "2020-07-23",
                ["840000.00"],
                ["840000.00"],
            ),
            (Money(disclosure="stated", amount="840000.00", currency="AUD"), "2020-07", [], []),
            (Money(disclosure=Disclosure.UNDISCLOSED), "2020-07-23", [], []),
        ],
        ids=["day known", "month known", "undisclosed"],
    )
    def test_amounts_stand_only_with_days_that_are_known(
        self, money: Money, start: str, transactions: list[str], budgets: list[str]
    ) -> None:
        one = full().funding[0].model_copy(update={"money": money, "start": when(start), "end": when("2021-07-22")})
        root = written(changed(funding=(one,)))

        assert values(root, "//transaction/value/text()") == transactions
        assert values(root, "//budget/value/text()") == budgets
        told = "".join(values(root, "//iati-activity[last()]/description[@type='4']/narrative[@xml:lang='en']/text()"))
        assert ("AUD\N{NO-BREAK SPACE}840,000" in told) == (money.amount is not None)

    def test_the_recipient_of_funds_implements(self) -> None:
        last = written(shipped())[-1]

        assert values(last, "participating-org/@role") == ["1", "4"]


class TestRegisterIati:
    def test_holds_every_agreement_and_is_valid(self) -> None:
        subjects = [subject_of(changed(register_number=f"MOC-{number:04}")) for number in range(1, 8)]
        pieces = list(
            register_iati(
                iter(subjects), origin="https://register.example", at=PUBLISHED, as_of=TODAY, licence="a -- b"
            )
        )
        root = etree.fromstring(b"".join(pieces))

        schema().assertValid(root)
        assert failures(root, now=end_of(TODAY)) == []
        assert len(root.findall("iati-activity[@hierarchy='1']")) == 7
        assert "a - - b" in str(root[0])
        assert len(pieces) > 1

    def test_gives_the_first_piece_long_before_the_last_agreement_is_read(self) -> None:
        read = []

        def subjects() -> Iterator[Subject]:
            for number in range(1, 40):
                read.append(number)
                yield subject_of(changed(register_number=f"MOC-{number:04}"))

        pieces = register_iati(subjects(), origin="https://x.example", at=PUBLISHED, as_of=TODAY, licence="")
        next(pieces)

        assert len(read) < 10

    def test_an_empty_register_is_an_empty_file(self) -> None:
        pieces = register_iati([], origin="https://x.example", at=PUBLISHED, as_of=TODAY, licence="")

        assert len(etree.fromstring(b"".join(pieces))) == 1  # the comment


class TestCodes:
    def test_sdg_codes_are_those_of_the_lists(self) -> None:
        goals, targets = code_lists()["UNSDG-Goals"], code_lists()["UNSDG-Targets"]
        tails = (*range(25), "a", "b", "c", "d", "e")
        tried = {f"{goal}" for goal in range(20)} | {f"{goal}.{tail}" for goal in range(20) for tail in tails}

        assert {code for code in tried if sdg_vocabulary(code) == "2"} == goals
        assert {code for code in tried if sdg_vocabulary(code) == "3"} == targets
        assert all(sdg_vocabulary(code) is None for code in ("", "01", "١", "1.", "1.1.1", "1.A", "-1", "1,1"))

    def test_media_types_of_documents_are_on_the_list(self) -> None:
        assert {kind.media_type for kind in KINDS.values()} <= code_lists()["FileFormat"] | {"image/webp"}


class TestRules:
    """The engine: a file that keeps the rules, and one way to break each of them."""

    @pytest.mark.parametrize(
        ("broken", "rule"),
        [
            ("iati-identifier = XM-DAC-47066", "1.1.3"),
            ("iati-identifier = SOMEBODY-ELSE", "1.1.21"),
            ("iati-identifier =  XM-DAC-47066-1", "1.3.1"),
            ("iati-identifier = XM-DAC-47066-a/b", "1.3.13"),
            ("reporting-org/@ref = ZZ-9", "1.14.8"),
            ("activity-date/@type = 3", "6.11.1"),
            ("activity-date/@iso-date = 2030-01-01", "11.1.4"),
            ("@last-updated-datetime = 2030-01-01T00:00:00Z", "11.1.1"),
            ("- @xml:lang, narrative/@xml:lang", "4.1.1"),
            ("- sector", "6.2.2"),
            ("- recipient-country", "3.7.1"),
            ("recipient-country/@percentage = 90", "3.1.4"),
            ("recipient-country/@percentage = 101", "12.1.1"),
            ("+ recipient-country", "3.1.2"),
            ("sector/@vocabulary = 99", "2.2.1"),
            ("+ sector", "2.1.2"),
            ("sector/@percentage = -1", "12.3.1"),
            ("- participating-org/narrative, participating-org/@ref", "6.10.1"),
            ("- title/narrative/text()", "4.3.1"),
            ("- @default-currency, transaction/value/@currency", "7.8.1"),
            ("transaction/transaction-date/@iso-date = 2030-01-01", "11.2.1"),
            ("budget/period-end/@iso-date = 2026-01-01", "7.5.3"),
            ("budget/period-end/@iso-date = 2019-01-01", "8.6.3"),
            ("- other-identifier/owner-org/narrative", "6.8.1"),
            ("- transaction/provider-org/narrative, transaction/provider-org/@ref", "6.9.1"),
        ],
    )
    def test_finds_what_is_broken(self, broken: str, rule: str) -> None:
        one = full().funding[0].model_copy(
            update={
                "money": Money(disclosure="stated", amount="5.00", currency="USD"),
                "start": when("2020-01-01"), "end": when("2020-12-31"),
            }
        )  # fmt: skip
        root = written(changed(funding=(one,), dates=()))
        assert failures(root, now=end_of(TODAY)) == []

        for activity in root.iterfind("iati-activity"):
            _break(activity, broken)

        assert rule in {one.id for one in failures(root, now=end_of(TODAY))}


def _break(activity: Element, how: str) -> None:
    """Set (``path = value``), leave out (``- path``) or double (``+ path``) something of an activity."""
    if how.startswith("- "):
        for path in how.removeprefix("- ").split(", "):
            for one in found(path if path.startswith("@") else f".//{path}", activity):
                _leave_out(one)
    elif how.startswith("+ "):
        one = found(how.removeprefix("+ "), activity)[0]
        one.addnext(etree.fromstring(etree.tostring(one)))
    else:
        path, value = how.split(" = ")
        for one in found(path, activity):
            if isinstance(one, etree._Element):
                one.text = value
            else:
                one.getparent().set(one.attrname, value)


def _leave_out(node: Any) -> None:
    parent = node.getparent()
    if isinstance(node, etree._Element):
        parent.remove(node)
    elif node.is_attribute:
        del parent.attrib[node.attrname]
    else:
        parent.text = None
