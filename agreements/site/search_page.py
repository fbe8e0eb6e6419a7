"""The list of agreements as its page shows it: counts and names in words, and where each choice leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.formats.words import in_digits_of, write_number
from agreements.search.counts import Counted
from agreements.search.find import COUNTED, Found, find
from agreements.search.models import Facet
from agreements.search.query import Query, Sort
from agreements.search.results import Result, results_of
from agreements.search.terms import wanted_of
from agreements.search.words import corrected
from agreements.vocabulary.kinds import AgreementKind, LegalCharacter, LegalStatus
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language, LocalisedText, TextIn

_SHOWN: Final = 6
_OPEN: Final = {Facet.KIND, Facet.STATUS, Facet.PARTY}
_SHOWN_FACETS: Final = tuple(facet for facet in Facet if facet not in (Facet.OBJECTIVE, Facet.CHARACTER))
_WORDS: Final = {Facet.KIND: AgreementKind, Facet.STATUS: LegalStatus, Facet.CHARACTER: LegalCharacter}


@dataclass(frozen=True)
class Choice:
    """A value to choose, or to choose no longer: its name, where that leads, and how many agreements have it.

    ``anchor`` is its identifier on the page: focus stays on it when the results are refreshed.
    """

    anchor: str
    name: TextIn
    address: str
    count: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The values of one facet: those seen at once, and those behind "more"."""

    facet: Facet
    label: str
    is_open: bool
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """Something that narrows the search now, with the address of the search without it."""

    label: str
    name: TextIn
    address: str
    is_known: bool


@dataclass(frozen=True)
class SearchPage:
    """All that the page says of one query."""

    query: Query
    count: str
    results: list[Result]
    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    chosen_count: str
    all_words_are_common: bool
    correction: tuple[str, str] | None
    without_choices: str
    by_relevance: str
    by_date: str
    is_by_relevance: bool
    ranked: str
    looked_at: str
    first_page: str
    next_page: str
    download: str
    is_empty_register: bool


def search_page(query: Query, *, language: Language) -> SearchPage:
    """Find, and put into words of the active language."""
    wanted = wanted_of(query.words) if query.words else None
    found = find(query, wanted)
    correction = corrected(query.words, wanted) if wanted and not found.total else None
    asked_without_page = query.beginning(None)
    chips = tuple(_chips(query, found, language))
    return SearchPage(
        query=query,
        count=_count(found, language),
        results=results_of(found, wanted, language),
        groups=tuple(_groups(query, found, language)),
        chips=chips,
        chosen_count=write_number(len(chips), language),
        all_words_are_common=wanted is not None and not wanted.tsquery,
        correction=(correction, query.with_words(correction).address()) if correction else None,
        without_choices=query.without_choices().address(),
        by_relevance=query.sorted_by(Sort.RELEVANCE).address(),
        by_date=query.sorted_by(Sort.DATE).address(),
        is_by_relevance=query.sort is Sort.RELEVANCE,
        ranked=write_number(found.ranked, language) if found.ranked else "",
        looked_at=write_number(found.looked_at, language) if found.looked_at else "",
        first_page=asked_without_page.address() if query.after else "",
        next_page=query.beginning(found.next).address() if found.next else "",
        download=asked_without_page.address(),
        is_empty_register=not query.words and not query.chosen and not found.total,
    )


def _count(found: Found, language: Language) -> str:
    if found.is_least:
        return _("More than %(count)s agreements") % {"count": write_number(COUNTED, language)}
    return ngettext("%(count)s agreement", "%(count)s agreements", found.total) % {
        "count": write_number(found.total, language)
    }


def _groups(query: Query, found: Found, language: Language) -> Iterable[Group]:
    for facet in Facet:
        values = found.values.get(facet, ())
        is_chosen = any(one.is_chosen for one in values)
        if not values or (facet not in _SHOWN_FACETS and not is_chosen):
            continue
        choices = [_choice(query, one, language) for one in values]
        seen = [one for place, one in enumerate(choices) if place < _SHOWN or one.is_chosen]
        yield Group(
            facet=facet,
            label=str(facet.label),
            is_open=facet in _OPEN or is_chosen,
            first=tuple(seen),
            more=tuple(one for one in choices if one not in seen),
        )


def _choice(query: Query, one: Counted, language: Language) -> Choice:
    count = write_number(one.entries, language) + ("+" if one.is_least else "")
    name = name_of(one.facet, one.key, one.name, language)
    return Choice(f"{one.facet}-{one.number}", name, query.toggled(one.facet, one.key).address(), count, one.is_chosen)


def _chips(query: Query, found: Found, language: Language) -> Iterable[Chip]:
    for facet, chosen in query.chosen:
        for key in chosen:
            own = found.names.get((facet, key))
            name = name_of(facet, key, own or LocalisedText(), language)
            yield Chip(str(facet.label), name, query.toggled(facet, key).address(), is_known=own is not None)


def name_of(facet: Facet, key: str, name: LocalisedText, language: Language) -> TextIn:
    """A facet value in words: the interface's own, else its name as the register has it, else what was typed."""
    if facet in _WORDS and key in _WORDS[facet].values:
        return TextIn(text=str(_WORDS[facet](key).label), language=language, is_fallback=False)
    if facet is Facet.YEAR:
        return TextIn(text=in_digits_of(key, language), language=language, is_fallback=False)
    if facet is Facet.LANGUAGE and key in LANGUAGES:
        own = next(one for one in LANGUAGES if one == key)
        return TextIn(text=ENDONYMS[own], language=own, is_fallback=False)
    return name.best(language) or TextIn(text=key, language=language, is_fallback=False)
