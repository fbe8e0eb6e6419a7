"""What stands in a column, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model
from django.template.defaultfilters import yesno
from django.utils.translation import gettext as _

from agreements.register.fields import PartialDateField
from agreements.register.names import Key, name_of
from agreements.register.pdf_signatures import signatures_in_words
from agreements.vocabulary.dates import InvalidPartialDate, PartialDate
from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES, Direction, Language
from agreements.vocabulary.zone import BAGHDAD

_LONG: Final = 60
"""More characters than this don't read well beside each other."""


@dataclass(frozen=True)
class Value:
    """A column's content.

    Attributes:
        text: in the active language, or as it was written.
        language: which language that is, where the column is for one.
        day, clock: the same for those who write dates out, where it is a date or a time.
    """

    text: str
    language: Language | None = None
    day: PartialDate | None = None
    clock: time | None = None

    @property
    def direction(self) -> Direction | None:
        return DIRECTIONS[self.language] if self.language else None

    @property
    def is_long(self) -> bool:
        return len(self.text) > _LONG or "\n" in self.text


def value_of(field: Any, event: Any, known: Mapping[Key, Model]) -> Value:
    """What an event tells of a column; ``known`` has the rows that it may point at."""
    raw = getattr(event, field.attname)
    if raw is None or raw == "":
        return Value(_("empty"))
    if isinstance(field, models.ForeignKey):
        return Value(name_of(known[field.related_model, raw]))  # type: ignore[index]  # never "self" once set up
    if isinstance(field, PartialDateField):
        return Value(raw, day=PartialDate.parse(raw))
    if isinstance(field, models.FileField | ArrayField | models.JSONField):
        return Value(_told(field, event, raw) or _("empty"))
    if field.choices:
        return Value(str(dict(field.flatchoices).get(raw, raw)))
    language = next((one for one in LANGUAGES if field.name.endswith(f"_{one}")), None)
    return _plain(raw) or Value(str(raw), language)


def value_as_typed(field: Any | None, text: str) -> Value:
    """The same for what somebody typed for a column; without a column it is a text of its own."""
    if not text:
        return Value(_("empty"))
    if field is None:
        return Value(text)
    if field.choices:
        return Value(str(dict(field.flatchoices).get(text, text)))
    if isinstance(field, PartialDateField):
        try:
            return Value(text, day=PartialDate.parse(text))
        except InvalidPartialDate:
            return Value(text)
    return Value(text, next((one for one in LANGUAGES if field.name.endswith(f"_{one}")), None))


def _file(field: Any, event: Any, stored: str) -> str:
    """A file by its own name, and the beginning of the stored one, which tells contents apart."""
    name = getattr(event, f"{field.name}_name", "")
    return f"{name} ({PurePosixPath(stored).name[:8]})" if name else stored


def _told(field: Any, event: Any, raw: Any) -> str:
    """A file, a list of choices, or a document's signatures: what else than these is kept as JSON has no words here."""
    if isinstance(field, models.FileField):
        return _file(field, event, raw.name)
    if isinstance(field, models.JSONField):
        return signatures_in_words(raw)
    choices = dict(field.base_field.flatchoices)
    return " · ".join(str(choices.get(one, one)) for one in raw)


def _plain(raw: object) -> Value | None:
    match raw:
        case bool():
            return Value(str(yesno(raw)))
        case Decimal():
            return Value(f"{raw:f}")
        case datetime():
            there = raw.astimezone(BAGHDAD)
            return Value(f"{there:%Y-%m-%d %H:%M}", day=_day(there.date()), clock=there.time())
        case date():
            return Value(raw.isoformat(), day=_day(raw))
        case time():
            return Value(f"{raw:%H:%M}", clock=raw)
    return None


def _day(day: date) -> PartialDate:
    return PartialDate.parse(day.isoformat())
