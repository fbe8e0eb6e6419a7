"""The values of a content as a comparison writes them in the reader's language."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel

from agreements.editions.content import (
    AgreementContent,
    Confirmation,
    CorrectionNote,
    DocumentSignature,
    Funding,
    KeyDate,
    ObjectiveName,
    Part,
    Participation,
    ProgressNote,
    RelatedAgreement,
)
from agreements.formats.word_difference import Run, RunKind
from agreements.formats.words import (
    shield_email,
    write_country,
    write_day,
    write_money,
    write_number,
    write_partial_date,
    write_time,
)
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.languages import DIRECTIONS, Direction, Language, LocalisedText
from agreements.vocabulary.money import Disclosure, Money
from agreements.vocabulary.terms import Notice
from agreements.vocabulary.zone import BAGHDAD, day_in_baghdad

_LONG_NAME: Final = 16
"""Words of a text that stands for a part's name."""

_COUNTRIES: Final = ("country", "neighbour")
_CODES: Final = (
    "id", "identifier", "website", "url", "governorate", "latitude", "longitude", "time_zone", "telephone", "code",
    "register_number", "report", "media_type", "sha256", "uploaded_sha256",
)  # fmt: skip
"""Fields whose values are written from left to right in every language."""


Writer = Callable[[Any, Language], str]


def _money(value: Money, language: Language) -> str:
    withheld = _("Undisclosed") if value.disclosure is Disclosure.UNDISCLOSED else ""
    return write_money(value, language) or withheld


def _moment(value: dt.datetime, language: Language) -> str:
    time = write_time(value.astimezone(BAGHDAD), language)
    return f"{write_day(day_in_baghdad(value), language)} · {time}"


_WRITERS: Final[tuple[tuple[type, Writer], ...]] = (
    (bool, lambda value, _language: _("Yes") if value else _("No")),
    (Enum, lambda value, _language: str(getattr(value, "label", value.value))),
    (PartialDate, lambda value, language: write_partial_date(value, language) or ""),
    (Money, _money),
    (dt.datetime, _moment),
    (dt.date, write_day),
    (dt.time, write_time),
    (int, write_number),
    (Notice, lambda value, language: f"{write_number(value.length, language)} ({value.unit.label})"),
)
"""The first that fits writes a value: a truth is a number as well, and a moment a day."""


@dataclass(frozen=True)
class Side:
    """What one content says in one place; without runs where it says nothing.

    ``language`` is given for texts that are not the page's own words, ``direction`` where it is not the page's.
    """

    runs: tuple[Run, ...] = ()
    language: Language | None = None
    direction: Direction | Literal["auto"] | None = None
    is_fallback: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Name:
    """What a part is called: what it is, in the page's language, and its own name, where it has one."""

    prefix: str
    own: Side


def plain(text: str, **marks: Any) -> Side:
    """A side with nothing in it marked."""
    return Side((Run(RunKind.SAME, text),), **marks) if text else Side()


def in_words(name: str, value: Any, content: AgreementContent, language: Language) -> Side:
    """A field's value; ``content`` is the one that it stands in, which knows its sources by name."""
    if is_nothing(value):
        return Side()
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return plain(write(value, language), direction="auto" if kind is Money else None)
    if isinstance(value, LocalisedText):
        return in_best_language(value, language)
    if isinstance(value, Part):
        return name_of(value, language).own
    if isinstance(value, tuple):
        return plain(" · ".join(in_words(name, one, content, language).text for one in value), direction="auto")
    return _from_text(name, value, content, language)


def in_best_language(text: LocalisedText, language: Language) -> Side:
    """A text in the reader's language, or else in the one that it is written in."""
    best = text.best(language)
    if best is None:
        return Side()
    return plain(best.text, language=best.language, direction=best.direction, is_fallback=best.is_fallback)


def in_language(runs: Sequence[Run], language: Language) -> Side:
    return Side(tuple(runs), language=language, direction=DIRECTIONS[language])


def told_apart(name: str, value: Any, side: Side) -> Side:
    """The same with what tells it from another value that reads alike, such as a time's seconds."""
    if value is None:
        return side
    raw = value.isoformat() if isinstance(value, dt.date | dt.time) else str(getattr(value, "id", value))
    text = side.text if name == "email" else f"{side.text} ({raw})".strip()
    return plain(text, language=side.language, direction="auto")


def name_of(part: Part, language: Language) -> Name:
    """What a part is called in a heading or a list."""
    write = _NAMES.get(type(part))
    if write is not None:
        return write(part, language)
    texts = (getattr(part, name, None) for name in ("name", "title", "speaker", "headline", "text"))
    return Name("", next((_short(text, language) for text in texts if text), Side()))


def _relation(part: RelatedAgreement, language: Language) -> Name:
    title = in_best_language(part.title, language)
    return Name(str(part.relation.label), title if title.runs else plain(part.register_number, direction="ltr"))


def _progress(part: ProgressNote, language: Language) -> Name:
    return Name(write_partial_date(part.noted_on, language) or "", _short(part.text, language))


def _correction(part: CorrectionNote, language: Language) -> Name:
    return Name(write_day(part.noted_on, language), _short(part.text, language))


_NAMES: Final[dict[type[Part], Callable[[Any, Language], Name]]] = {
    KeyDate: lambda one, _language: Name(str(one.kind.label), Side()),
    Confirmation: lambda one, language: Name("", in_best_language(one.party.name, language)),
    Participation: lambda one, language: Name(str(one.role.label), in_best_language(one.organization.name, language)),
    Funding: lambda one, language: Name("", in_best_language(one.funder.name, language)),
    RelatedAgreement: _relation,
    CorrectionNote: _correction,
    DocumentSignature: lambda one, _language: Name("", plain(one.signer or "–", direction="auto")),
    ProgressNote: _progress,
    ObjectiveName: lambda one, language: Name(one.code, in_best_language(one.title, language)),
}
"""Of the parts that are not called by a name or title of their own alone."""


def is_nothing(value: Any) -> bool:
    """Whether a field says nothing, or only that nothing is stated."""
    if isinstance(value, PartialDate):
        return not value.is_stated
    if isinstance(value, Money):
        return value.disclosure is Disclosure.NOT_STATED
    return value in (None, (), "", "not_stated") or (isinstance(value, LocalisedText) and not value)


def _short(text: LocalisedText, language: Language) -> Side:
    side = in_best_language(text, language)
    words = side.text.split()
    if len(words) <= _LONG_NAME:
        return side
    short = " ".join(words[:_LONG_NAME]) + " …"
    return plain(short, language=side.language, direction=side.direction, is_fallback=side.is_fallback)


def _from_text(name: str, value: str, content: AgreementContent, language: Language) -> Side:
    """A text that no language owns: a code, or the identifier of something with a name."""
    if name == "email":
        return plain(shield_email(value), direction="auto")
    if name in _COUNTRIES:
        return plain(write_country(value, language))
    named: Sequence[BaseModel] = {
        "source": content.sources,
        "document": content.documents,
        "framework": content.frameworks,
    }.get(name, ())
    found = next((one for one in named if getattr(one, "id", None) == value), None)
    if isinstance(found, Part):
        return name_of(found, language).own
    return plain(value, direction="ltr" if name in _CODES else "auto")
