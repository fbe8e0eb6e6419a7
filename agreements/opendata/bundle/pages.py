"""A page as a file: its links lead to other files of the copy, or else to the portal; its forms are words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import PurePosixPath
from posixpath import dirname, relpath
from typing import Final, cast
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from agreements.opendata.bundle.addresses import at_portal, file_of, is_kept, page_in
from agreements.vocabulary.languages import LANGUAGES, Language

SCRIPTS: Final = ("copy.", "titles.")
"""The scripts that work without a portal, by how their files' names begin."""

_LINKS: Final = {"a": "href", "img": "src", "script": "src", "link": "href"}
_AS_FILES: Final = ("stylesheet", "icon")
_ATTRIBUTE: Final = r"""(\s{name}\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)"""


@dataclass(frozen=True)
class Page:
    """A page's text as a file, and the addresses that it brings into the copy."""

    text: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class _Tag:
    name: str
    attributes: dict[str, str | None]
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    text: str


class _Reader(HTMLParser):
    """Where the tags of a page stand. Everything between them is copied as it is, which no tree would allow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._lines = [0, *accumulate(len(line) for line in text.split("\n"))]
        self.tags: list[_Tag] = []
        self.ends: list[tuple[str, int]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(_Tag(tag, dict(attrs), self._place(), self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self.ends.append((tag, self._place() + len(f"</{tag}>")))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + line - 1 + column

    def end_of(self, tag: _Tag) -> int:
        """Where an element ends that holds none of its own kind."""
        return next(place for name, place in self.ends if name == tag.name and place > tag.start)


def as_file(text: str, address: str, *, made_on: str) -> Page:
    """A page that the portal shows at an address, as a file of the copy.

    Args:
        made_on: the day of the copy, as in "2026-11-23".
    """
    language = _language_of(address)
    writer = _Writer(text, address, language)
    changes = list(writer.changes(lambda name: _words(name, language, address, made_on)))
    return Page(_changed(text, changes), tuple(dict.fromkeys(writer.leads_to)))


class _Writer:
    def __init__(self, text: str, address: str, language: Language) -> None:
        self._text, self._address, self._language = text, address, language
        self._read = _Reader(text)
        self.leads_to: list[str] = []

    def changes(self, words: Callable[[str], str]) -> Iterator[_Change]:
        """What is to be written otherwise, in the order of the page."""
        beyond, forms = 0, 0
        for tag in self._read.tags:
            if tag.start < beyond:
                continue  # inside a form that is gone
            if tag.name == "form":
                beyond = self._read.end_of(tag)
                yield _Change(tag.start, beyond, "" if forms else words("no_form"))
                forms += 1
            elif tag.name == "script" and _is_left_out(tag):
                beyond = self._read.end_of(tag)
                yield _Change(tag.start, beyond, "")
            elif tag.name == "main":
                yield _Change(tag.end, tag.end, words("copy_note"))
            elif (name := _LINKS.get(tag.name)) and (value := tag.attributes.get(name)):
                yield from self._link(tag, name, value)

    def _link(self, tag: _Tag, name: str, value: str) -> Iterator[_Change]:
        if value.startswith(settings.PUBLIC_ORIGIN) and self._text.startswith(escape(value), tag.end):
            return  # an address that is shown as such is the portal's
        target = self._target(tag, value)
        if target is not None and target != value:
            pattern = re.compile(_ATTRIBUTE.format(name=name), re.IGNORECASE)
            written = pattern.sub(lambda found: f'{found[1]}"{escape(target)}"', tag.text, count=1)
            yield _Change(tag.start, tag.end, written)

    def _target(self, tag: _Tag, value: str) -> str | None:
        """What to write for a link; ``None`` for what has nothing to do with the portal's addresses."""
        here = value.removeprefix(settings.PUBLIC_ORIGIN) if value.startswith(f"{settings.PUBLIC_ORIGIN}/") else value
        if here.startswith("?"):
            here = self._address.partition("?")[0] + (here if len(here) > 1 else "")
        if not here or here.startswith(("#", "//", "./")) or re.match(r"[a-z][a-z0-9+.-]*:", here, re.IGNORECASE):
            return None
        address, mark, fragment = urljoin(self._address, here).partition("#")
        address = page_in(address, self._language)
        relations = _relations(tag)
        if tag.name == "link" and not any(one in _AS_FILES for one in relations):
            return f"{settings.PUBLIC_ORIGIN}{address}"  # what programs are told is told of the portal
        if not is_kept(address) and not ("next" in relations and "nofollow" not in relations):
            return f"{settings.PUBLIC_ORIGIN}{address}{mark}{fragment}"
        self.leads_to.append(address)
        return f"{_relative(file_of(address), file_of(self._address))}{mark}{fragment}"


def _relative(file: str, seen_from: str) -> str:
    return relpath(file, dirname(seen_from) or ".")


def _relations(tag: _Tag) -> list[str]:
    return (tag.attributes.get("rel") or "").split()


def _is_left_out(tag: _Tag) -> bool:
    """Whether a script would only ask the portal."""
    source = tag.attributes.get("src")
    return bool(source) and not PurePosixPath(source or "").name.startswith(SCRIPTS)


def _language_of(address: str) -> Language:
    first = address.split("/", 2)[1]
    return cast(Language, first) if first in LANGUAGES else "en"


def _words(name: str, language: Language, address: str, made_on: str) -> str:
    return _template_in(name, language, made_on).replace(
        "ADDRESS", escape(f"{settings.PUBLIC_ORIGIN}{at_portal(address)}")
    )


@lru_cache(maxsize=64)
def _template_in(name: str, language: Language, made_on: str) -> str:
    with translation.override(language):
        return render_to_string(f"opendata/_{name}.html", {"address": "ADDRESS", "day": date.fromisoformat(made_on)})


def _changed(text: str, changes: list[_Change]) -> str:
    parts, place = [], 0
    for change in changes:
        parts += [text[place : change.start], change.text]
        place = change.end
    return "".join([*parts, text[place:]])
