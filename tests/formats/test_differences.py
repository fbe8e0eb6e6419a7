"""Differences in words: every field has its name, every value reads, in each language."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from agreements.editions.content import AgreementContent, Participation
from agreements.editions.differences import differences
from agreements.formats.differences import (
    DifferencesView,
    Line,
    ListView,
    PartView,
    SectionView,
    view_of_differences,
)
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind, FundingKind
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.money import Disclosure, Money
from tests.editions.contents import full, mutations, shipped, text

MUTATIONS = dict(mutations(full()))


def shown(older: AgreementContent, newer: AgreementContent, language: Language = "en") -> DifferencesView:
    with override(language):
        return view_of_differences(differences(older, newer), language=language)


def lines_of(view: DifferencesView | SectionView | ListView | PartView) -> Iterator[Line]:
    yield from getattr(view, "lines", ())
    for name in ("sections", "lists", "parts"):
        for one in getattr(view, name, ()):
            yield from lines_of(one)


def parts_of(view: DifferencesView | SectionView | ListView | PartView) -> Iterator[PartView]:
    yield from getattr(view, "parts", ())
    for name in ("sections", "lists", "parts"):
        for one in getattr(view, name, ()):
            yield from parts_of(one)


def changed(**update: object) -> AgreementContent:
    return full().model_copy(update=update)


def part(view: DifferencesView) -> PartView:
    [section] = view.sections
    return section.lists[0].parts[0]


class TestEveryField:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_a_name_and_reads_differently_on_its_two_sides(self, language: Language) -> None:
        silent = []
        for path, mutant in MUTATIONS.items():
            for older, newer in ((full(), mutant), (mutant, full())):
                view = shown(older, newer, language)
                pairs = [(one.before, one.after) for one in lines_of(view) if one.only is None]
                alike = any(before and after and before.text == after.text for before, after in pairs)
                if alike or not (pairs or any(one.kind != "changed" for one in parts_of(view))):
                    silent.append(path)

        assert silent == []


class TestValues:
    def test_are_written_as_the_reader_s_language_writes_them(self) -> None:
        [grant] = full().funding
        more = grant.model_copy(
            update={
                "money": Money(disclosure=Disclosure.STATED, amount="1250000.00", currency="EUR"),
                "kind": FundingKind.LOAN,
                "start": PartialDate.parse("2021-03"),
            }
        )

        lines = list(lines_of(shown(full(), changed(funding=(more,)), "ar")))

        assert [(one.label, one.after.text if one.after else "") for one in lines] == [
            ("المبلغ", "EUR\N{NO-BREAK SPACE}١٬٢٥٠٬٠٠٠"),
            ("النوع", "قرض"),
            ("البداية", "آذار ٢٠٢١"),
        ]

    @pytest.mark.parametrize("money", [Money(), Money(disclosure=Disclosure.UNDISCLOSED)])
    def test_an_amount_that_is_unknown_and_one_that_is_withheld_read_differently(self, money: Money) -> None:
        [grant] = full().funding

        [line] = lines_of(shown(full(), changed(funding=(grant.model_copy(update={"money": money}),))))

        assert line.after is not None
        assert line.after.text == ("Undisclosed" if money.disclosure is Disclosure.UNDISCLOSED else "")

    def test_what_is_not_stated_is_no_wording_that_could_be_struck_out(self) -> None:
        [activity] = full().activities
        newer = changed(activities=(activity.model_copy(update={"status": ActivityStatus.NOT_STATED}),))

        [line] = lines_of(shown(newer, full()))

        assert line.before is not None
        assert line.before.runs == ()

    def test_sources_are_called_by_their_titles(self) -> None:
        older = shipped()
        [first, *others] = older.dates
        newer = older.model_copy(update={"dates": (first.model_copy(update={"source": None}), *others)})

        [line] = lines_of(shown(older, newer))

        assert line.before is not None
        assert line.before.text == str(older.sources[0].title.en)

    def test_addresses_of_people_stay_shielded(self) -> None:
        [contact] = full().contacts
        newer = changed(contacts=(contact.model_copy(update={"email": "press@iom.int"}),))

        texts = [side.text for one in lines_of(shown(full(), newer)) for side in (one.before, one.after) if side]

        assert "press (at) iom (dot) int" in texts
        assert not any("@" in one for one in texts)

    def test_countries_are_called_by_name(self) -> None:
        [place] = full().places
        newer = changed(places=(place.model_copy(update={"neighbour": "TR"}),))

        texts = [one.after.text for one in lines_of(shown(full(), newer, "ckb")) if one.after]

        assert "تورکیا" in texts


class TestTexts:
    def test_carry_their_own_language_and_direction(self) -> None:
        newer = changed(title=LocalisedText(en="title two", ar="عنوان", ckb=full().title.ckb))

        english, arabic = lines_of(shown(full(), newer, "ckb"))

        assert [(one.after.language, one.after.direction) for one in (english, arabic) if one.after] == [
            ("en", "ltr"),
            ("ar", "rtl"),
        ]
        assert (english.endonym, arabic.endonym) == ("English", "العربية")

    def test_mark_the_words_that_are_only_on_their_side(self) -> None:
        older, newer = changed(title=text("Memorandum of 2021")), changed(title=text("Memorandum of 2022"))

        line = next(iter(lines_of(shown(older, newer))))

        assert line.before is not None
        assert line.after is not None
        assert [(run.kind, run.text) for run in line.before.runs] == [("same", "Memorandum of "), ("removed", "2021")]
        assert [(run.kind, run.text) for run in line.after.runs] == [("same", "Memorandum of "), ("added", "2022")]

    def test_that_were_not_written_have_an_empty_side(self) -> None:
        [line] = lines_of(shown(changed(title=full().title.model_copy(update={"ckb": None})), full()))

        assert line.before is not None
        assert line.before.runs == ()


class TestParts:
    def test_that_came_are_told_with_all_that_is_known_of_them_in_every_language(self) -> None:
        [party] = full().participations
        new = party.organization.model_copy(update={"id": "ministry", "name": text("Ministry")})
        newer = changed(participations=(party, Participation(role=party.role, organization=new)))

        added = part(shown(full(), newer))

        assert (added.kind, added.name.prefix, added.name.own.text) == ("added", "Party", "Ministry")
        assert [one.language for one in added.lines[:3]] == list(LANGUAGES)
        assert {"Kind", "Country", "Part of"} <= {one.label for one in added.lines}

    def test_a_date_is_called_by_its_kind(self) -> None:
        [signed] = full().dates
        newer = changed(dates=(signed.model_copy(update={"date": PartialDate.parse("2021-02")}),))

        one = part(shown(newer, full()))

        assert one.name.prefix == DateKind(signed.kind).label
        assert [(side.text) for side in (one.lines[0].before, one.lines[0].after) if side] == [
            "February 2021",
            "5 February 2021",
        ]

    def test_names_that_are_missing_in_the_reader_s_language_say_which_one_they_are_in(self) -> None:
        [activity] = full().activities
        untranslated = activity.model_copy(update={"title": LocalisedText(en="Training")})

        name = part(shown(full(), changed(activities=(untranslated,)), "ar")).name

        assert (name.own.text, name.own.language, name.own.direction) == ("Training", "en", "ltr")

    def test_that_moved_are_named(self) -> None:
        older = shipped()
        newer = older.model_copy(update={"principles": (*older.principles[1:], older.principles[0])})

        [section] = shown(older, newer).sections

        assert [one.own.text for one in section.lists[0].moved] == [older.principles[0].name.en]
