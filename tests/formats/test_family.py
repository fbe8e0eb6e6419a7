"""An agreement among its relatives."""

from datetime import date

import pytest

from agreements.editions.content import AgreementContent
from agreements.formats.family import Branch, Family, family_of
from agreements.vocabulary.kinds import RelationKind, ReverseRelationKind
from agreements.vocabulary.languages import LANGUAGES, Language
from tests.formats.drawn import activity, agreement, edition, rendered, words_of

TODAY = date(2026, 11, 23)
AMENDS, PART_OF, IMPLEMENTS = RelationKind.AMENDS, RelationKind.PART_OF, RelationKind.IMPLEMENTS


def family(content: AgreementContent, *related: AgreementContent) -> Family:
    found = family_of(content, related=[edition(one) for one in related], as_of=TODAY)
    assert found is not None
    return found


def shape(branches: tuple[Branch, ...]) -> dict[str, object]:
    return {one.member.register_number: shape(one.branches) for one in branches}


class TestFamilyOf:
    def test_is_none_without_relatives(self) -> None:
        assert family_of(agreement("MOC-0001"), related=[], as_of=TODAY) is None

    def test_hangs_annexes_and_amendments_below_whichever_of_the_two_says_so(self) -> None:
        memorandum = agreement("MOC-0001", (ReverseRelationKind.IMPLEMENTED_BY, "MOC-0002"))
        found = family(
            agreement("MOC-0002"),
            memorandum,
            agreement("MOC-0003", (AMENDS, "MOC-0002")),
            agreement("MOC-0004", (PART_OF, "MOC-0002")),
            agreement("MOC-0005", (AMENDS, "MOC-0004")),
        )

        assert shape(found.branches) == {"MOC-0001": {"MOC-0002": {"MOC-0003": {}, "MOC-0004": {"MOC-0005": {}}}}}

    def test_hangs_each_agreement_once_below_what_it_is_part_of(self) -> None:
        both = agreement("MOC-0003", (AMENDS, "MOC-0001"), (PART_OF, "MOC-0002"))
        found = family(agreement("MOC-0001"), agreement("MOC-0002", (IMPLEMENTS, "MOC-0001")), both)

        assert shape(found.branches) == {"MOC-0001": {"MOC-0002": {"MOC-0003": {}}}}

    def test_opens_a_circle(self) -> None:
        found = family(agreement("MOC-0002", (AMENDS, "MOC-0001")), agreement("MOC-0001", (AMENDS, "MOC-0002")))

        assert shape(found.branches) == {"MOC-0001": {"MOC-0002": {}}}

    def test_leaves_out_what_is_not_public_today(self) -> None:
        content = agreement("MOC-0001", (ReverseRelationKind.AMENDED_BY, "MOC-0002"))

        assert family_of(content, related=[], as_of=TODAY) is None

    def test_knows_what_the_content_says_without_asking_others(self) -> None:
        content = agreement("MOC-0001", (ReverseRelationKind.AMENDED_BY, "MOC-0002"), (PART_OF, "MOC-0009"))
        found = family_of(content, related=None, as_of=TODAY)

        assert found is not None
        assert shape(found.branches) == {"MOC-0009": {"MOC-0001": {"MOC-0002": {}}}}

    def test_says_when_there_are_more_than_are_shown(self) -> None:
        many = [agreement(f"MOC-{number:04}", (PART_OF, "MOC-0001")) for number in range(2, 52)]

        assert family(agreement("MOC-0001"), *many).is_cut
        assert not family(agreement("MOC-0001"), *many[1:]).is_cut


class TestComponent:
    @pytest.mark.parametrize(
        ("language", "here", "tie"),
        [("en", "this agreement", "Amends"), ("ar", "هذا الاتفاق", "تعدّل"), ("ckb", "ئەم ڕێککەوتنە", "هەمواری دەکات")],
    )
    def test_is_a_list_of_links_with_this_agreement_marked(self, language: Language, here: str, tie: str) -> None:
        own = agreement("MOC-0001").model_copy(update={"activities": (activity("2024", "2025"),)})
        found = family(own, agreement("MOC-0002", (AMENDS, "MOC-0001")))
        component = rendered("_family.html", language, family=found, origin="https://register.example")

        [link] = component.iter("a")
        assert link.get("href") == "https://register.example/id/MOC-0002"
        assert component.find(".//li/ul/li/a") is link
        said = words_of(component)
        assert here in said
        assert f"{tie} MOC-0001" in said
        assert activity("", "").title.get(language) in said

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_leads_to_the_table_where_activities_are_many(self, language: Language) -> None:
        own = agreement("MOC-0001").model_copy(update={"activities": (activity("2024", "2025"),) * 9})
        found = family(own, agreement("MOC-0002", (AMENDS, "MOC-0001")))
        component = rendered("_family.html", language, family=found, origin="")

        assert len(component.findall(".//li[@class='family-activity']")) == 7
        assert "#activities" in [one.get("href") for one in component.iter("a")]
