"""Dates, figures and codes as each language writes them."""

from datetime import date, datetime, time
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from agreements.vocabulary.dates import PartialDate, Precision
from agreements.vocabulary.languages import Language
from agreements.vocabulary.money import Money
from agreements.vocabulary.spans import DateSpan
from agreements.vocabulary.zone import day_in_baghdad

_LOCALES: Final[dict[Language, Locale]] = {
    "en": Locale.parse("en_GB"),
    "ar": Locale.parse("ar_IQ"),
    "ckb": Locale.parse("ckb_IQ"),
}
"""Iraq's own month names and order in Arabic and Kurdish; read once, as Babel would at every call."""

_ARABIC_INDIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATORS: Final = str.maketrans(",.", "٬٫")


def in_digits_of(text: str, language: Language) -> str:
    """The same text with the digits that the language is written with in Iraq."""
    return text if language == "en" else text.translate(_ARABIC_INDIC)


def write_day(day: date, language: Language) -> str:
    """A whole date in words: "5 February 2021", "٥ شباط ٢٠٢١", "٥ی شوباتی ٢٠٢١"."""
    return in_digits_of(format_date(day, "long", locale=_LOCALES[language]), language)


def write_partial_date(when: PartialDate, language: Language) -> str | None:
    """A date as far as it is known; ``None`` where it is not stated."""
    first = when.earliest
    if first is None:
        return None
    if when.precision is Precision.DAY:
        return write_day(first, language)
    pattern = "MMMM y" if when.precision is Precision.MONTH else "y"
    return in_digits_of(format_date(first, pattern, locale=_LOCALES[language]), language)


def write_span(span: DateSpan, language: Language) -> str:
    """Days as far as they are known: "5 March 2027", "March 2027", or "30 January 2027 – 1 March 2027"."""
    known = span.as_partial_date
    if known is not None:
        return write_partial_date(known, language) or ""
    return f"{write_day(span.earliest, language)} – {write_day(span.latest, language)}"


def write_days(when: DateSpan, language: Language) -> str:
    """The day; where it is not known, what is known and that it is not. The active language is to be the same."""
    if when.is_day:
        return write_day(when.earliest, language)
    if when.as_partial_date is not None:
        return gettext("%(period)s (the day is not stated)") % {"period": write_span(when, language)}
    names = {"first": write_day(when.earliest, language), "last": write_day(when.latest, language)}
    return gettext("between %(first)s and %(last)s") % names


def write_time(moment: time | datetime, language: Language) -> str:
    """Hours and minutes on the 24-hour clock."""
    return in_digits_of(moment.strftime("%H:%M"), language)


def write_number(number: int, language: Language) -> str:
    """A whole number with the language's digits and separators."""
    text = f"{number:,}"
    return text if language == "en" else text.translate(_SEPARATORS).translate(_ARABIC_INDIC)


def write_percent(percent: int, language: Language) -> str:
    """A whole percentage: "92%", "٩٢٪"."""
    return f"{percent}%" if language == "en" else in_digits_of(f"{percent}٪", language)


def write_money(money: Money, language: Language) -> str | None:
    """Currency code and amount; ``None`` unless the amount is stated."""
    if money.amount is None or money.currency is None:
        return None
    figure = format_decimal(money.amount, format="#,##0.00", locale=_LOCALES["en"]).removesuffix(".00")
    if language != "en":
        figure = figure.translate(_SEPARATORS).translate(_ARABIC_INDIC)
    return f"{money.currency}\N{NO-BREAK SPACE}{figure}"


def write_size(size_bytes: int, language: Language) -> str:
    """A file's size in the largest unit that leaves a whole number, with the language's digits: "24.3 KB"."""
    text = filesizeformat(size_bytes)
    return text if language == "en" else in_digits_of(text.replace(".", "٫"), language)


def name_edition(number: int, published_at: datetime, language: Language) -> str:
    """An edition in a list to choose from, in the active language: its number and the day in Baghdad."""
    return gettext("Edition %(number)s, published %(day)s") % {
        "number": write_number(number, language),
        "day": write_day(day_in_baghdad(published_at), language),
    }


def shield_email(email: str) -> str:
    """An e-mail address that people read and harvesters don't: its signs are words of the active language."""
    return email.replace("@", f" {gettext('(at)')} ").replace(".", f" {gettext('(dot)')} ")


def write_country(code: str, language: Language) -> str:
    """A country's name; the ISO 3166-1 code itself where the language has no name for it."""
    return str(_LOCALES[language].territories.get(code, code))


def group_hash(digest: str) -> str:
    """A hash in groups of four, as people read it aloud and compare it."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
