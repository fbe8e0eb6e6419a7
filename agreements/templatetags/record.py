"""How templates write what an edition says: in the reader's language, unknowns and sources marked."""

from datetime import date, datetime, time
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final, cast

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from agreements.editions.content import AgreementContent, DocumentSignature, Source
from agreements.formats.words import (
    group_hash,
    in_digits_of,
    shield_email,
    write_country,
    write_day,
    write_money,
    write_number,
    write_partial_date,
    write_percent,
    write_size,
    write_span,
    write_time,
)
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.files import SignatureState
from agreements.vocabulary.languages import ENDONYMS, Language, LocalisedText, TextIn
from agreements.vocabulary.money import Disclosure, Money
from agreements.vocabulary.spans import DateSpan
from agreements.vocabulary.zone import BAGHDAD, day_in_baghdad

register = template.Library()


def _language() -> Language:
    return cast(Language, get_language() or "en")


@register.simple_tag
def unknown() -> SafeString:
    """The sign of what no source states."""
    return format_html('<span class="unknown">{}</span>', gettext("Not stated"))


@register.simple_tag
def words(text: LocalisedText | None) -> SafeString:
    """A text in the reader's language; in another one, marked, where that is all there is."""
    best = text.best(_language()) if text else None
    if best is None:
        return unknown()
    if not best.is_fallback:
        return format_html("{}", best.text)
    return format_html(
        '<span lang="{}" dir="{}">{}</span> <span class="fallback" lang="{}" dir="{}">{}</span>',
        best.language, best.direction, best.text, best.language, best.direction, ENDONYMS[best.language],
    )  # fmt: skip


@register.simple_tag
def linked_words(text: LocalisedText, address: str) -> SafeString:
    """The same as a link. Language and direction stand on the link itself: an element inside it
    would leave it untagged in the PDF."""
    best = text.best(_language())
    if best is None:
        return unknown()
    link = format_html(
        '<a href="{}" lang="{}" dir="{}" rel="external noreferrer">{}</a>',
        address, best.language, best.direction, best.text,
    )  # fmt: skip
    if not best.is_fallback:
        return link
    return format_html(
        '{} <span class="fallback" lang="{}" dir="{}">{}</span>',
        link, best.language, best.direction, ENDONYMS[best.language],
    )  # fmt: skip


@register.simple_tag
def plain_words(text: LocalisedText | None) -> str:
    """The same without marks, for attributes and titles."""
    best = text.best(_language()) if text else None
    return best.text if best else gettext("Not stated")


@register.filter
def in_plain_words(text: LocalisedText | None) -> str:
    """The same where a tag can't stand."""
    return plain_words(text)


@register.simple_tag
def stored_words(stored: dict[str, str | None]) -> SafeString:
    """A text as the content contract writes it in JSON."""
    return words(LocalisedText.model_validate(stored))


@register.simple_tag
def other_names(text: LocalisedText) -> list[TextIn]:
    """A text in the languages that ``words`` does not show it in."""
    best = text.best(_language())
    return [
        TextIn(text=text.get(one) or "", language=one, is_fallback=False)
        for one in text.languages()
        if best and one != best.language
    ]


@register.simple_tag
def when_between(earliest: date, latest: date) -> SafeString:
    """Some day of a stretch: as a day, a month, a year, or from – to."""
    span = DateSpan(earliest, latest)
    known = span.as_partial_date
    return when(known) if known else format_html("{}", write_span(span, _language()))


@register.filter
def month(first: date) -> str:
    """A month in words, given its first day: "March 2027"."""
    return write_partial_date(PartialDate.parse(f"{first:%Y-%m}"), _language()) or ""


@register.filter
def digits(text: str) -> str:
    """A code with the digits of the reader's language."""
    return in_digits_of(text, _language())


@register.simple_tag
def when(value: PartialDate) -> SafeString:
    """A date as far as it is known."""
    written = write_partial_date(value, _language())
    if written is None:
        return unknown()
    return format_html('<time datetime="{}">{}</time>', value.value, written)


@register.simple_tag
def period(start: PartialDate, end: PartialDate) -> SafeString:
    """From when to when, as far as it is known: a year that holds both ends is written once."""
    if start == end:
        return when(start)
    return format_html("{} – {}", when(start), when(end))


@register.simple_tag
def money(value: Money) -> SafeString:
    """An amount, or that it is withheld or not stated."""
    written = write_money(value, _language())
    if written is not None:
        return format_html("<bdi>{}</bdi>", written)
    if value.disclosure is Disclosure.UNDISCLOSED:
        return format_html('<span class="unknown">{}</span>', gettext("Undisclosed"))
    return unknown()


@register.simple_tag
def source_mark(content: AgreementContent, source_id: str | None) -> SafeString | str:
    """A small number that leads to the source of a fact, and tells which it is; nothing where none is named."""
    number, source = content.numbered_sources.get(source_id or "", (0, None))
    if source is None:
        return ""
    language = _language()
    label = _source_in_words(number, source, language)
    return format_html(
        '<a class="ref" href="#source-{}" aria-label="{}" title="{}">[{}]</a>',
        number, label, label, in_digits_of(str(number), language),
    )  # fmt: skip


@lru_cache(maxsize=1024)  # a page names the same few sources in dozens of places
def _source_in_words(number: int, source: Source, language: Language) -> str:
    """Its number, title, publisher and day, each in the reader's language where it is written in it."""
    texts = (source.title.best(language), source.publisher.best(language))
    parts = [one.text for one in texts if one] + [write_partial_date(source.published_on, language) or ""]
    return gettext("Source %(number)s: %(source)s") % {
        "number": in_digits_of(str(number), language),
        "source": f"{pgettext('between a date and a place', ',')} ".join(part for part in parts if part),
    }


@register.filter
def day(value: date | datetime) -> str:
    """A day in words; a moment's day is the one in Baghdad."""
    if isinstance(value, datetime):
        value = day_in_baghdad(value)
    return write_day(value, _language())


@register.filter
def clock(value: datetime | time) -> str:
    """Hours and minutes; a moment's are those in Baghdad."""
    if isinstance(value, datetime):
        value = value.astimezone(BAGHDAD).time()
    return write_time(value, _language())


@register.filter
def number(value: int) -> str:
    return write_number(value, _language())


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language."""
    return write_country(code, _language())


@register.filter
def size(value: int) -> str:
    return write_size(value, _language())


@register.filter
def suffix(file_name: str) -> str:
    """What kind of file it is, by the end of its name, which is always that of its content: "PDF"."""
    return PurePosixPath(file_name).suffix.removeprefix(".").upper()


_SIGNED: Final[dict[SignatureState, str | Promise]] = {
    SignatureState.INTACT: gettext_lazy("Signed by %(who)s, intact"),
    SignatureState.ADDED_TO: gettext_lazy(
        "Signed by %(who)s, intact; signatures or form entries were added later, as the signature allows"
    ),
    SignatureState.CHANGED: gettext_lazy("Signed by %(who)s, but changed since"),
    SignatureState.UNKNOWN: gettext_lazy("Signed by %(who)s; whether it is intact can’t be checked"),
}


@register.simple_tag
def signature_headline(signature: DocumentSignature) -> str:
    """Who signed a file, and whether it still is what was signed."""
    who = isolated(signature.signer) if signature.signer else gettext("somebody whom the signature does not name")
    return str(_SIGNED[signature.state]) % {"who": who}


@register.filter
def isolated(name: str) -> str:
    """A name that keeps its own direction within any sentence (Unicode UAX 9, 2.4)."""
    return f"\u2068{name}\u2069"


@register.filter
def percent(value: int) -> str:
    return write_percent(value, _language())


@register.filter
def grouped(digest: str) -> str:
    return group_hash(digest)


@register.filter
def shielded(email: str) -> str:
    return shield_email(email)
