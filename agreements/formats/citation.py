"""How to cite an edition: as a line of text, and for reference managers as RIS and BibTeX."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext, override

from agreements.editions.models import Edition
from agreements.formats.words import in_digits_of, write_day
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad

_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}$&#%_"},
    }
)
"""What TeX takes for its own (The TeXbook, chapter 3); BibTeX also counts braces."""

_TEX_LANGUAGES: Final[dict[Language, str]] = {"en": "English", "ar": "Arabic", "ckb": "Central Kurdish"}


def permanent_address(edition: Edition, *, origin: str) -> str:
    """The language-neutral address of this edition, for ever."""
    return f"{origin}/id/{edition.register_number}/{edition.number}"


def citation(edition: Edition, language: Language, *, origin: str) -> str:
    """One line to cite this edition by, in the reader's language: title, number, edition, day, address.

    The day is the one of publication in Baghdad.
    """
    with override(language):
        return gettext("%(title)s. %(register_number)s, edition %(edition)s, %(day)s. MOC Portal. %(address)s") % {
            "title": _title(edition, language),
            "register_number": edition.register_number,
            "edition": in_digits_of(str(edition.number), language),
            "day": write_day(day_in_baghdad(edition.published_at), language),
            "address": permanent_address(edition, origin=origin),
        }


def ris(edition: Edition, language: Language, *, origin: str) -> str:
    """The same for reference managers in RIS: one tag a line, each ended by CR and LF, the last one ``ER``.

    A government document of the register, under the title in the reader's language; dates are Gregorian days in
    Baghdad.
    """
    day = day_in_baghdad(edition.published_at)
    with override(language):
        publisher, series = gettext("MOC Portal"), gettext("Public register of memoranda of cooperation")
    fields = (
        ("TY", "GOVDOC"),
        ("TI", _title(edition, language)),
        ("T3", series),
        ("PB", publisher),
        ("PY", f"{day:%Y}"),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("ET", str(edition.number)),
        ("M1", edition.register_number),
        ("LA", language),
        ("UR", permanent_address(edition, origin=origin)),
        ("N1", f"SHA-256 {edition.content_hash}"),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


def bibtex(edition: Edition, language: Language, *, origin: str) -> str:
    """The same as a BibTeX entry, in UTF-8, with TeX's own signs escaped; the address is verbatim, as ``url`` wants."""
    day = day_in_baghdad(edition.published_at)
    with override(language):
        publisher = gettext("MOC Portal")
    fields: Iterable[tuple[str, str]] = (
        ("title", f"{{{_for_tex(_title(edition, language))}}}"),
        ("howpublished", _for_tex(publisher)),
        ("number", edition.register_number),
        ("edition", str(edition.number)),
        ("year", f"{day:%Y}"),
        ("date", day.isoformat()),
        ("language", _TEX_LANGUAGES[language]),
        ("url", permanent_address(edition, origin=origin)),
        ("note", f"SHA-256 {edition.content_hash}"),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@misc{{{edition.register_number}-{edition.number}-{language},\n{lines}}}\n"


def _title(edition: Edition, language: Language) -> str:
    title = edition.content.title.best(language)
    return title.text if title else edition.register_number


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip() if text else ""


def _for_tex(text: str) -> str:
    return _one_line(text).translate(_TEX)
