"""IATI 2.03: every file is valid by the schema and by the standard's rules, with codes of their lists."""

from collections.abc import Iterator
from typing import Final

import pytest
from lxml import etree

from agreements.editions.content import AgreementContent
from agreements.formats.iati.file import iati_xml, register_iati
from agreements.formats.iati.subject import Reporter, Subject
from agreements.formats.iati.topics import sdg_vocabulary
from agreements.register.file_kinds import KINDS
from tests.editions.contents import full, shipped
from tests.formats.iati_example import example, path
from tests.formats.iati_odd import odd_contents
from tests.formats.iati_rules import code_lists, end_of, failures, schema
from tests.formats.iati_written import LICENCE, PUBLISHED, TODAY, Element, changed, subject_of, values, written

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
