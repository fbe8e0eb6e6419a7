"""How to cite an edition."""

from django.utils.translation import gettext, override

from agreements.editions.models import Edition
from agreements.formats.words import in_digits_of, write_day
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad


def permanent_address(edition: Edition, *, origin: str) -> str:
    """The language-neutral address of this edition, for ever."""
    return f"{origin}/id/{edition.register_number}/{edition.number}"


def citation(edition: Edition, language: Language, *, origin: str) -> str:
    """One line to cite this edition by, in the reader's language: title, number, edition, day, address.

    The day is the one of publication in Baghdad.
    """
    title = edition.content.title.best(language)
    with override(language):
        return gettext("%(title)s. %(register_number)s, edition %(edition)s, %(day)s. MOC Portal. %(address)s") % {
            "title": title.text if title else edition.register_number,
            "register_number": edition.register_number,
            "edition": in_digits_of(str(edition.number), language),
            "day": write_day(day_in_baghdad(edition.published_at), language),
            "address": permanent_address(edition, origin=origin),
        }
