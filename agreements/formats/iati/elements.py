"""How elements and their texts are written."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.translation import override
from lxml import etree

from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText

Element = etree._Element  # lxml gives its elements no other name
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML: Final = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't carry (production 2, Char)."""


def add(parent: Element, tag: str, attributes: dict[str, str | None] | None = None, text: str | None = None) -> Element:
    """A new last child; attributes that are ``None`` are left out, and so are characters that XML can't carry."""
    given = {name: plain(value) for name, value in (attributes or {}).items() if value is not None}
    child = etree.SubElement(parent, tag, given)
    if text is not None:
        child.text = plain(text)
    return child


def plain(text: str) -> str:
    return _NOT_XML.sub("", text)


def narrate(parent: Element, text: LocalisedText, *, otherwise: str = "") -> None:
    """One narrative a language that a text is written in, each tagged with its language.

    ``otherwise`` stands where it is written in none: a title or a name without words is no valid element.
    """
    written = [(language, plain(text.get(language) or "").strip()) for language in LANGUAGES]
    for language, words in written:
        if words:
            add(parent, "narrative", {XML_LANG: language}, words)
    if otherwise and not any(words for _language, words in written):
        add(parent, "narrative", {XML_LANG: "en"}, otherwise)


def told(parent: Element, tag: str, text: LocalisedText, attributes: dict[str, str | None] | None = None) -> None:
    """An element of nothing but narratives, where there is something to tell."""
    if text:
        narrate(add(parent, tag, attributes), text, otherwise="–")


def in_each_language(say: Callable[[Language], str]) -> LocalisedText:
    """What a function says in each language, called while that language is the active one."""
    said: dict[str, str | None] = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say(language) or None
    return LocalisedText(**said)
