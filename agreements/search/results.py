"""What a page of matches shows: each agreement's title, status, parties and an excerpt, for one reader's language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.safestring import SafeString

from agreements.search.find import Found
from agreements.search.highlight import Marker
from agreements.search.models import Facet, FacetValue, SearchEntry
from agreements.search.terms import Wanted
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import AgreementKind, LegalStatus
from agreements.vocabulary.languages import DIRECTIONS, ENDONYMS, LANGUAGES, Direction, Language, LocalisedText

_SHOWN: Final = (Facet.KIND, Facet.PARTY)


@dataclass(frozen=True)
class Text:
    """A piece of HTML, the language that it is in, and whether that is another than the reader's."""

    html: SafeString
    language: Language
    is_fallback: bool

    @property
    def direction(self) -> Direction:
        return DIRECTIONS[self.language]

    @property
    def language_name(self) -> str:
        return ENDONYMS[self.language]


@dataclass(frozen=True)
class Result:
    """One match as it is shown."""

    register_number: str
    edition_number: int
    published_at: datetime
    kind: AgreementKind
    status: LegalStatus
    date: PartialDate
    title: Text
    excerpt: Text | None
    parties: tuple[LocalisedText, ...]


def results_of(found: Found, wanted: Wanted | None, language: Language) -> list[Result]:
    """The page's matches in its order."""
    places = [place.sort_key for place in found.page]
    rows = {row.sort_key: row for row in SearchEntry.objects.defer("vector", "coming").filter(sort_key__in=places)}
    entries = [rows[place] for place in places if place in rows]  # one may have been withdrawn meanwhile
    values = named_values((number for entry in entries for number in entry.facets), of=_SHOWN)
    marker = Marker(wanted)
    marker.learn(text for entry in entries for text in (entry.body_in(language), _title_in(entry, language)))
    elsewhere = [entry for entry in entries if not marker.finds_in(entry.body_in(language))]
    marker.learn(entry.body_in(other) for entry in elsewhere for other in LANGUAGES if other != language)
    return [_result(entry, values, marker, language) for entry in entries]


def named_values(numbers: Iterable[int], *, of: Collection[Facet] = tuple(Facet)) -> dict[int, FacetValue]:
    """The rows of facet values by their numbers, those of some facets."""
    return FacetValue.objects.filter(facet__in=of).in_bulk(list(set(numbers)))


def values_in(entry: SearchEntry, facet: Facet, values: dict[int, FacetValue]) -> list[FacetValue]:
    """An entry's values of one facet, in the record's order."""
    return [one for number in entry.facets if (one := values.get(number)) and one.facet == facet]


def _result(entry: SearchEntry, values: dict[int, FacetValue], marker: Marker, language: Language) -> Result:
    title = entry.title.best(language)
    [kind] = values_in(entry, Facet.KIND, values)
    return Result(
        register_number=entry.register_number,
        edition_number=entry.edition_number,
        published_at=entry.published_at,
        kind=AgreementKind(kind.key),
        status=LegalStatus(entry.status),
        date=PartialDate.parse(entry.date),
        title=Text(marker.marked(title.text), title.language, title.is_fallback) if title else _number_as_title(entry),
        excerpt=_excerpt(entry, marker, language),
        parties=tuple(one.name for one in values_in(entry, Facet.PARTY, values)),
    )


def _number_as_title(entry: SearchEntry) -> Text:
    return Text(SafeString(entry.register_number), "en", is_fallback=False)


def _excerpt(entry: SearchEntry, marker: Marker, language: Language) -> Text | None:
    """From the reader's language; from another one where only that has what was looked for."""
    first: Text | None = None
    for candidate in (language, *(one for one in LANGUAGES if one != language)):
        text = entry.body_in(candidate)
        if not text:
            continue
        excerpt = marker.excerpt(text)
        shown = Text(excerpt.html, candidate, is_fallback=candidate != language)
        if excerpt.has_marks or not marker.has_words:
            return shown
        first = first or shown
    return first


def _title_in(entry: SearchEntry, language: Language) -> str:
    title = entry.title.best(language)
    return title.text if title else ""
