"""Days of activities as dates of agreements and of work under them."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from agreements.editions.content import KeyDate
from agreements.intake.iati.choices import Choices
from agreements.intake.iati.file import Element
from agreements.intake.iati.reading import Reading
from agreements.vocabulary.dates import InvalidPartialDate, PartialDate
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"

_SAID: Final = {
    gettext_noop("The day on which the agreement entered into force."): DateKind.IN_FORCE,
    gettext_noop("The day of signature."): DateKind.SIGNED,
    gettext_noop(
        "The day of the announcement. No source states the day of signature or of entry into force."
    ): DateKind.ANNOUNCED,
    gettext_noop("The day on which this edition was published. No source states a day on which it began."): None,
    gettext_noop("The day on which it ended or was to end. No source states a day on which it began."): None,
    gettext_noop(
        "The day given for the agreement. No source states the day on which this work began or will begin."
    ): None,
}
"""What this portal's own files say of a start (``formats/iati/dates.py``): which date it is, or that it is none."""


def read_agreement_dates(reading: Reading, choices: Choices, *, source: str) -> tuple[KeyDate, ...]:
    """The actual start as what it says that it is, else as chosen; planned and actual end; each kind once."""
    found: dict[DateKind, KeyDate] = {}
    kinds = {_ACTUAL_START: choices.start, _PLANNED_END: DateKind.PLANNED_END, _ACTUAL_END: DateKind.ENDED}
    for element in reading.all("activity-date"):
        kind = kinds.get(element.get("type", ""))
        note = reading.line_of(element, longest=10_000) if kind is not None else LocalisedText()
        said = _said(note)
        if said is not None:
            kind, note = said[0], LocalisedText()
        day = _day(element)
        if kind is None or day is None or kind in found:
            reading.release(element)
            continue
        reading.use(element, "iso-date", "type")
        found[kind] = KeyDate(kind=kind, date=day, note=note, source=source)
    return tuple(sorted(found.values(), key=lambda one: one.date.value or ""))


def read_period(reading: Reading) -> tuple[PartialDate, PartialDate]:
    """Start and end of work: the actual ones where they are given, else the planned ones."""
    days = {one.get("type", ""): one for one in reading.all("activity-date")}
    return _first(reading, days, _ACTUAL_START, _PLANNED_START), _first(reading, days, _ACTUAL_END, _PLANNED_END)


def day_of(reading: Reading, element: Element | None) -> PartialDate:
    """The day of an element with ``iso-date``; not stated where there is none of the calendar."""
    day = _day(element) if element is not None else None
    if element is None or day is None:
        return PartialDate()
    reading.use(element, "iso-date")
    return day


def _first(reading: Reading, days: dict[str, Element], *kinds: str) -> PartialDate:
    for kind in kinds:
        element = days.get(kind)
        day = _day(element) if element is not None else None
        if element is None or day is None or _said(_plain(element)) is not None:
            continue
        reading.use(element, "iso-date", "type")
        return day
    return PartialDate()


def _day(element: Element) -> PartialDate | None:
    try:
        found = PartialDate.parse((element.get("iso-date") or "").strip()[:10])
    except InvalidPartialDate:
        return None
    return found if found.is_stated else None


def _said(note: LocalisedText) -> tuple[DateKind | None] | None:
    """Which date this portal's own sentence means; nothing where it is none of its own."""
    for language in LANGUAGES:
        with override(language):
            for sentence, kind in _SAID.items():
                if note.get(language) == _(sentence):
                    return (kind,)
    return None


def _plain(element: Element) -> LocalisedText:
    narratives = element.findall("narrative")
    return LocalisedText(en=(narratives[0].text or "").strip() or None) if narratives else LocalisedText()
