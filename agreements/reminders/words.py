"""Key dates in words, in the active language."""

from datetime import date
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.formats.words import write_days, write_number
from agreements.reminders.key_dates import KeyDue
from agreements.vocabulary.languages import Language
from agreements.vocabulary.spans import DateSpan


def days_in_words(when: DateSpan) -> str:
    """The day; where it is not known, what is known and that it is not."""
    return write_days(when, _language())


def distance_in_words(due: KeyDue, on: date) -> str:
    """How far away it is; without a known day, how far at least."""
    if due.is_past(on):
        days = write_number((on - due.when.latest).days, _language())
        text = _("passed; days since: %(days)s") if due.when.is_day else _("passed; days since: %(days)s or more")
        return text % {"days": days}
    if due.days_left(on) > 0:
        text = _("days left: %(days)s") if due.when.is_day else _("days left: %(days)s or more")
        return text % {"days": write_number(due.days_left(on), _language())}
    return _("today") if due.when.is_day else _("any day now")


def what_in_words(due: KeyDue) -> str:
    """The obligation or activity, in the first language it is written in from the active one on; else nothing."""
    best = due.what.best(_language()) if due.what else None
    return best.text if best else ""


def title_in_words(due: KeyDue) -> str:
    """The agreement's title, in the same way."""
    best = due.title.best(_language())
    return best.text if best else due.register_number


def _language() -> Language:
    return cast(Language, get_language() or "en")
