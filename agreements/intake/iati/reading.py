"""Reads one activity, and keeps account of what was read: all that is left over can be listed."""

import re
from collections.abc import Iterator
from typing import Final

from agreements.formats.iati.elements import XML_LANG
from agreements.intake.contents.remarks import Remark, RemarkCode
from agreements.intake.iati.file import Element, line_of
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.texts import REFUSED_IN_LINES, REFUSED_IN_TEXTS, tidy_line, tidy_text

_TEXT: Final = ""


class Reading:
    """An activity and its account. What is asked for counts as placed; ask only for what will be placed.

    Args:
        language: of texts that name none, where the activity names none either.
    """

    def __init__(self, activity: Element, *, language: Language) -> None:
        self.activity = activity
        self.remarks: list[Remark] = []
        self._used: set[tuple[Element, str]] = set()
        own = activity.get(XML_LANG)
        self.language: str = _subtag(own) if own else language
        self.use(activity, XML_LANG)

    def all(self, path: str) -> list[Element]:
        return self.activity.findall(path)

    def value(self, element: Element, name: str) -> str:
        """An attribute, trimmed; empty where it is absent."""
        self.use(element, name)
        return (element.get(name) or "").strip()

    def text(self, element: Element | None, *, longest: int | None = None) -> str:
        """An element's own text, as one line of at most ``longest``."""
        if element is None:
            return ""
        self.use(element, _TEXT)
        line = _without_unseen(tidy_line(" ".join((element.text or "").split())), REFUSED_IN_LINES)
        return self._shortened(line, longest) if longest is not None else line

    def use(self, element: Element, *names: str) -> None:
        """Count attributes (an empty name: the text) as placed."""
        self._used.update((element, name) for name in names)

    def use_all(self, element: Element) -> None:
        """Count an element with all in it as placed."""
        for one in element.iter():
            self.use(one, _TEXT, *map(str, one.attrib))

    def release(self, element: Element) -> None:
        """Count nothing of an element as placed after all."""
        within = set(element.iter())
        self._used = {(one, name) for one, name in self._used if one not in within}

    def line_of(self, parent: Element | None, *, longest: int) -> LocalisedText:
        """The first narrative of each of the register's languages, as a name or title of at most ``longest``."""
        said: dict[str, str | None] = {}
        for narrative, language in self._narratives(parent):
            if language in LANGUAGES and language not in said and (narrative.text or "").strip():
                self.use(narrative, XML_LANG)
                said[language] = self.text(narrative, longest=longest)
        return LocalisedText(**said)

    def text_of(self, parents: list[Element]) -> LocalisedText:
        """All narratives of each of the register's languages, a paragraph each."""
        said: dict[str, list[str]] = {}
        for parent in parents:
            for narrative, language in self._narratives(parent):
                if language in LANGUAGES and (narrative.text or "").strip():
                    self.use(narrative, XML_LANG, _TEXT)
                    # Files are indented: blanks at the ends of lines mean nothing.
                    lines = [line.strip() for line in tidy_text(narrative.text or "").strip().splitlines()]
                    text = _without_unseen("\n".join(lines), REFUSED_IN_TEXTS)
                    said.setdefault(language, []).append(text)
        return LocalisedText(**{language: "\n\n".join(texts) for language, texts in said.items()})

    def left_over(self) -> Iterator[Remark]:
        """All that was not placed: whole elements where nothing of them was, else each attribute and text."""
        for child in self.activity:
            if not any((one, name) in self._used for one in child.iter() for name in (*map(str, one.attrib), _TEXT)):
                yield self._unplaced(child, _summary(child))
                continue
            for one in child.iter():
                for name, value in one.attrib.items():
                    if (one, str(name)) not in self._used and str(value).strip():
                        yield self._unplaced(one, f"{_local(str(name))}={str(value).strip()}")
                if (one, _TEXT) not in self._used and (one.text or "").strip():
                    yield self._unplaced(one, (one.text or "").strip())
        for name, value in self.activity.attrib.items():
            if (self.activity, str(name)) not in self._used:
                yield self._unplaced(self.activity, f"{_local(str(name))}={value!s}")

    def place_of(self, element: Element) -> str:
        """Where an element stands, such as "participating-org[2]/narrative (line 17)"."""
        steps: list[str] = []
        one: Element | None = element
        while one is not None and one is not self.activity:
            parent = one.getparent()
            same = parent.findall(str(one.tag)) if parent is not None else [one]
            steps.append(_local(str(one.tag)) + (f"[{same.index(one) + 1}]" if len(same) > 1 else ""))
            one = parent
        return f"{'/'.join(reversed(steps)) or 'iati-activity'}:{line_of(element)}"

    def _narratives(self, parent: Element | None) -> Iterator[tuple[Element, str]]:
        for narrative in parent.findall("narrative") if parent is not None else []:
            own = narrative.get(XML_LANG)
            yield narrative, _subtag(own) if own else self.language

    def _shortened(self, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        details = (("limit", str(longest)), ("what", text))
        self.remarks.append(Remark(RemarkCode.SHORTENED, details))
        return text[:longest].rstrip()

    def _unplaced(self, element: Element, what: str) -> Remark:
        return Remark(RemarkCode.UNPLACED, (("what", what),), place=self.place_of(element))


def _subtag(tag: str) -> str:
    """The language of a tag such as "ar-IQ". Nothing is taken for Sorani but "ckb": "ku" may be another Kurdish."""
    return tag.strip().lower().partition("-")[0]


def _summary(element: Element) -> str:
    parts = []
    for one in element.iter():
        values = [f"{_local(str(name))}={value!s}" for name, value in one.attrib.items()]
        text = " ".join((one.text or "").split())
        said = " ".join(filter(None, (*values, text)))
        if said:
            parts.append(said if one is element else f"{_local(str(one.tag))} {said}")
    return "; ".join(parts) or _local(str(element.tag))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _without_unseen(text: str, refused: str) -> str:
    """Without characters that no text of the register may hold; what stands before a stray joiner stays."""
    while True:
        tidied = re.sub(refused, lambda found: found[0][:-1], text)
        if tidied == text:
            return tidied.replace("\x00", "")
        text = tidied
