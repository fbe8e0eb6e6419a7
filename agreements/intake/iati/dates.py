"""Days of activities as dates of agreements and of work under them."""

from functools import cache

from agreements.editions.content import KeyDate
from agreements.formats.iati.codes import ACTUAL_END, ACTUAL_START, PLANNED_END, PLANNED_START
from agreements.formats.iati.dates import NO_STARTS, STARTS
from agreements.formats.iati.elements import in_each_language
from agreements.intake.iati.choices import Choices
from agreements.intake.iati.file import Element
from agreements.intake.iati.reading import Reading
from agreements.vocabulary.dates import InvalidPartialDate, PartialDate
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText


def read_agreement_dates(reading: Reading, choices: Choices, *, source: str) -> tuple[KeyDate, ...]:
    """The actual start as what it says that it is, else as chosen; planned and actual end; each kind once."""
    found: dict[DateKind, KeyDate] = {}
    kinds = {ACTUAL_START: choices.start, PLANNED_END: DateKind.PLANNED_END, ACTUAL_END: DateKind.ENDED}
    for element in reading.all("activity-date"):
        told = _told(element)
        kind = told[0] if told is not None else kinds.get(element.get("type", ""))
        day = _day(element)
        if kind is None or day is None or kind in found:
            continue
        note = reading.line_of(element, longest=10_000)
        reading.use(element, "iso-date", "type")
        found[kind] = KeyDate(kind=kind, date=day, note=LocalisedText() if told else note, source=source)
    return tuple(sorted(found.values(), key=lambda one: one.date.value or ""))


def read_period(reading: Reading) -> tuple[PartialDate, PartialDate]:
    """Start and end of work: the actual ones where they are given, else the planned ones."""
    days = {one.get("type", ""): one for one in reading.all("activity-date")}
    return _first(reading, days, ACTUAL_START, PLANNED_START), _first(reading, days, ACTUAL_END, PLANNED_END)


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
        if element is None or day is None or _told(element) is not None:
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


def _told(element: Element) -> tuple[DateKind | None] | None:
    """Which date this portal's own note on a start means, if any at all; nothing where it is no note of its own."""
    for narrative in element.findall("narrative"):
        text = " ".join((narrative.text or "").split())
        for note, kind in _own_notes():
            if text and text.startswith(note):
                return (kind,)
    return None


@cache
def _own_notes() -> tuple[tuple[str, DateKind | None], ...]:
    """How this portal's files begin their notes on a start, in each language."""
    told = [*STARTS, *((None, say) for say in NO_STARTS)]
    pairs = ((in_each_language(say), kind) for kind, say in told)
    notes = ((note.get(language), kind) for note, kind in pairs for language in LANGUAGES)
    return tuple((note.partition("%(date)s")[0], kind) for note, kind in notes if note)
