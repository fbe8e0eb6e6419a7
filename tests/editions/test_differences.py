"""What two contents say differently: every field, and no part twice."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from agreements.editions.content import AgreementContent, Part, Place
from agreements.editions.differences import DIRECTORY, SECTIONS, Differences, ListChange, differences
from agreements.editions.matching import longest_rise, matched
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, ParticipationRole
from agreements.vocabulary.languages import LocalisedText
from tests.editions.contents import full, mutations, shipped, text

MUTATIONS = dict(mutations(full()))


def leaves(model: type[BaseModel]) -> set[tuple[str, str]]:
    """The fields of a kind of part and of all that it embeds."""
    found = {(model.__name__, name) for name in model.model_fields}
    for field in model.model_fields.values():
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, Part):
                found |= leaves(kind)
    return found


def only_list(found: Differences, section: str) -> ListChange:
    [section_found] = [one for one in found.sections if one.section == section]
    [change] = section_found.lists
    return change


class TestEveryField:
    def test_has_its_section(self) -> None:
        named = [name for names in SECTIONS.values() for name in names]

        assert sorted([*named, "schema_version"]) == sorted(AgreementContent.model_fields)

    def test_holds_something_in_the_content_that_is_changed(self) -> None:
        def filled(value: BaseModel) -> set[tuple[str, str]]:
            found: set[tuple[str, str]] = set()
            for name in type(value).model_fields:
                one = getattr(value, name)
                if one not in (None, (), LocalisedText()):
                    found.add((type(value).__name__, name))
                for part in one if isinstance(one, tuple) else (one,):
                    found |= filled(part) if isinstance(part, Part) else set()
            return found

        assert leaves(AgreementContent) - filled(full()) == set()

    def test_yields_a_difference_when_it_alone_is_changed(self) -> None:
        silent = [path for path, changed in MUTATIONS.items() if not differences(full(), changed)]
        silent_back = [path for path, changed in MUTATIONS.items() if not differences(changed, full())]

        assert len(MUTATIONS) > 500
        assert (silent, silent_back) == ([], [])

    def test_yields_one_difference_unless_it_is_what_its_part_is_known_by(self) -> None:
        counts = {path: differences(full(), changed).count for path, changed in MUTATIONS.items()}

        replaced = {path for path, count in counts.items() if count != 1}
        known_by = (" id", " kind", " role", "relations register_number")
        assert {path for path in replaced if not path.endswith(known_by)} == set()

    def test_yields_nothing_when_nothing_is_changed(self) -> None:
        assert not differences(full(), full())
        assert differences(shipped(), shipped()).count == 0


class TestTexts:
    def test_differ_language_by_language(self) -> None:
        newer = full().model_copy(update={"title": full().title.model_copy(update={"ar": "عنوان آخر", "ckb": None})})

        [section] = differences(full(), newer).sections

        assert [(one.name, one.language, one.newer) for one in section.changes] == [
            ("title", "ar", "عنوان آخر"),
            ("title", "ckb", None),
        ]


class TestParts:
    def test_that_only_moved_are_said_once_and_neither_added_nor_removed(self) -> None:
        older = shipped()
        first, *others = older.activities

        change = only_list(differences(older, older.model_copy(update={"activities": (*others, first)})), "activities")

        assert (change.parts, change.moved, change.count) == ((), (first,), 1)

    def test_that_moved_and_changed_are_said_to_have_done_both(self) -> None:
        older = shipped()
        first, *others = older.activities
        started = first.model_copy(update={"status": ActivityStatus.UNDER_WAY})

        change = only_list(
            differences(older, older.model_copy(update={"activities": (*others, started)})), "activities"
        )

        assert [one.name for one in change.parts[0].changes] == ["status"]
        assert change.moved == (started,)

    def test_are_added_and_removed_by_role_and_organisation(self) -> None:
        older = shipped()
        funder = older.funders[0]
        party = older.parties[0].model_copy(update={"organization": funder.organization})
        kept = tuple(one for one in older.participations if one != funder)

        change = only_list(
            differences(older, older.model_copy(update={"participations": (party, *kept)})), "participations"
        )

        assert [(one.older, one.newer) for one in change.parts] == [(funder, None), (None, party)]
        assert change.moved == ()

    def test_with_a_date_that_became_more_precise_stay_the_same_part(self) -> None:
        older = full()
        [signed] = older.dates
        vague = older.model_copy(update={"dates": (signed.model_copy(update={"date": PartialDate.parse("2021")}),)})

        change = only_list(differences(vague, older), "dates")

        assert [(one.name, one.older.value, one.newer.value) for one in change.parts[0].changes] == [
            ("date", "2021", "2021-02-05")
        ]

    def test_that_a_corrected_date_moved_are_not_said_to_have_moved(self) -> None:
        older = shipped().model_copy(update={"dates": (*full().dates, *shipped().dates)})
        signed, announced = older.dates
        later = signed.model_copy(update={"date": PartialDate.parse("2022")})

        change = only_list(differences(older, older.model_copy(update={"dates": (announced, later)})), "dates")

        assert (len(change.parts), change.moved) == (1, ())

    def test_a_new_version_of_a_document_is_the_same_document(self) -> None:
        [document] = full().documents
        second = document.model_copy(update={"id": "f" * 16, "sha256": "f" * 64, "version": "2"})

        change = only_list(differences(full(), full().model_copy(update={"documents": (second,)})), "documents")

        assert [one.name for one in change.parts[0].changes] == ["id", "version", "sha256"]

    def test_signatories_and_speakers_keep_their_identity_when_a_name_is_corrected_in_one_language(self) -> None:
        [signatory], [statement] = full().signatories, full().statements
        name = signatory.name.model_copy(update={"en": "Who else"})
        speaker = statement.speaker.model_copy(update={"en": "Who else"})
        newer = full().model_copy(
            update={
                "signatories": (signatory.model_copy(update={"name": name}),),
                "statements": (statement.model_copy(update={"speaker": speaker, "text": text("Said better")}),),
            }
        )

        found = differences(full(), newer)

        assert all(one.older and one.newer for section in found.sections for one in section.lists[0].parts)


class TestDirectoryEntries:
    def test_are_told_once_however_often_they_are_named(self) -> None:
        older = full()

        def renamed(value: object) -> object:
            if isinstance(value, tuple):
                return tuple(renamed(one) for one in value)
            if isinstance(value, Place):
                return value.model_copy(update={"name": text("Basrah"), "latitude": "30.51"})
            if isinstance(value, Part):
                return value.model_copy(
                    update={name: renamed(getattr(value, name)) for name in type(value).model_fields}
                )
            return value

        newer = renamed(older)
        assert isinstance(newer, AgreementContent)

        [section] = differences(older, newer).sections

        assert section.section == DIRECTORY
        assert section.count == 4


class TestMatched:
    @given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
    def test_finds_every_part_wherever_it_stands(self, order: list[int], without: set[int]) -> None:
        parts = [full().activities[0].model_copy(update={"id": f"activity-{n}"}) for n in range(12)]
        newer = [parts[n] for n in order if n not in without]

        pairs = matched(parts, newer)

        assert [parts[older] for older, _newer in pairs] == newer

    def test_pairs_parts_with_the_same_sign_in_their_order(self) -> None:
        [grant] = full().funding
        second = grant.model_copy(update={"purpose": text("Another")})
        third = grant.model_copy(update={"purpose": text("A third")})

        assert matched([grant, second], [second, third]) == ((1, 0), (0, 1))

    @given(st.lists(st.integers(0, 30), unique=True, max_size=12))
    def test_keeps_as_many_in_place_as_can_be(self, numbers: list[int]) -> None:
        rise = longest_rise(numbers)

        kept = [numbers[index] for index in rise]
        assert kept == sorted(kept)
        assert len(kept) == max((_longest_from(numbers, start) for start in range(len(numbers))), default=0)


def _longest_from(numbers: list[int], start: int) -> int:
    rest = [place for place in range(start + 1, len(numbers)) if numbers[place] > numbers[start]]
    return 1 + max((_longest_from(numbers, place) for place in rest), default=0)


def test_roles_are_told_apart_when_one_organisation_has_two() -> None:
    [party] = full().participations
    witness = party.model_copy(update={"role": ParticipationRole.WITNESS})
    both = full().model_copy(update={"participations": (party, witness)})

    change = only_list(differences(full(), both), "participations")

    assert [(one.older, one.newer) for one in change.parts] == [(None, witness)]
