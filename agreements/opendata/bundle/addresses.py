"""Which of the portal's addresses a static copy holds, and the name of the file for each."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.text import slugify

from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import current_editions
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.languages import LANGUAGES, Language

IN_EACH_LANGUAGE: Final = (
    "site:home", "site:organizations", "site:frameworks", "site:places", "site:dates", "site:verify", "site:about",
    "site:data", "site:accessibility", "site:privacy", "site:contact", "site:glossary", "site:feed",
    "site:dates_calendar",
)  # fmt: skip
OF_EACH_AGREEMENT: Final = ("neutral:agreement_json", "neutral:agreement_jsonld", "neutral:agreement_iati")
OF_WHAT_IS_WITHDRAWN: Final = ("neutral:agreement_json",)
OF_EACH_EDITION: Final = ("neutral:edition_json", "neutral:edition_jsonld", "neutral:edition_iati")
OF_THE_REGISTER: Final = (
    "neutral:agreements_xlsx", "neutral:agreements_jsonl", "neutral:iati_register", "neutral:data_package",
    "neutral:catalogue",
)  # fmt: skip
"""Where a copy begins; a new data file is one more name here. What links lead to from there comes by itself."""

LED_TO: Final = frozenset({
    "site:agreement", "site:agreements", "site:editions", "site:edition", "site:compare", "site:edition_read",
    "site:edition_cite", "site:edition_summary", "site:organization", "site:framework", "site:objective", "site:place",
    "site:agreement_feed", "site:agreement_calendar", "site:organization_feed", "site:framework_feed",
    "neutral:table_csv", "neutral:document", "neutral:seal_root", "neutral:log_checkpoint", "neutral:log_key",
    "neutral:log_script", "neutral:log_guide", "neutral:other_seal", "neutral:signed_file", "choose-language",
})  # fmt: skip
"""What a link on a page brings into the copy. Everything else (forms, searches, reports) stays at the portal."""

_KEPT: Final = LED_TO | {*IN_EACH_LANGUAGE, *OF_EACH_AGREEMENT, *OF_EACH_EDITION, *OF_THE_REGISTER}
_LIST: Final = re.compile(r"/[a-z]{2,3}/agreements/(?:kind-[a-z-]+|page)(?:-[1-9][0-9]*)?\.html")
_PLAIN: Final = re.compile(r"(?:[a-z0-9][a-z0-9._-]{0,79}|MOC-[0-9]{4,9}(?:\.[a-z][a-z.]*)?)(?<!\.)", re.ASCII)
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,5}", re.ASCII)


def first_addresses() -> Iterator[str]:
    """The addresses that a copy begins with, in an order that readers would miss them in."""
    for language in LANGUAGES:
        with translation.override(language):
            yield from [reverse(name) for name in IN_EACH_LANGUAGE]
    yield from map(reverse, OF_THE_REGISTER)
    for edition in current_editions().defer("canonical").iterator(chunk_size=500):
        number = edition.register_number
        yield from (reverse(name, args=[number]) for name in OF_EACH_AGREEMENT)
        for of_it in Edition.objects.filter(register_number=number).order_by("number").values_list("number", flat=True):
            yield from (reverse(name, args=[number, of_it]) for name in OF_EACH_EDITION)
        yield from _pages_of(number)
    withdrawals = LogEntry.objects.filter(kind=LogKind.WITHDRAWAL).order_by("register_number")
    for number in withdrawals.values_list("register_number", flat=True).distinct().iterator(chunk_size=500):
        yield from (reverse(name, args=[number]) for name in OF_WHAT_IS_WITHDRAWN)
        yield from _pages_of(number)


def _pages_of(register_number: str) -> Iterator[str]:
    for language in LANGUAGES:
        with translation.override(language):
            yield reverse("site:agreement", args=[register_number])


def is_kept(address: str) -> bool:
    """Whether a copy holds what this address of the portal shows; of those with a query, none by itself."""
    if "?" in address:
        return False
    return address.startswith(settings.STATIC_URL) or _LIST.fullmatch(address) is not None or _name(address) in _KEPT


def at_portal(address: str) -> str:
    """Where the portal shows what this page of the copy does; of the copy's own lists, where all agreements are."""
    return f"{address.rpartition('/')[0]}/" if _LIST.fullmatch(address) else address


def page_in(address: str, language: Language) -> str:
    """The page in a language that a permanent address leads to; any other address as it is."""
    name = _name(address)
    if name not in {"neutral:agreement", "neutral:edition"}:
        return address
    with translation.override(language):
        return reverse(name.replace("neutral", "site"), kwargs=resolve(address).kwargs)


@lru_cache(maxsize=4096)  # pages name the same addresses again and again
def _name(address: str) -> str:
    language = address.split("/", 2)[1]
    with translation.override(language if language in LANGUAGES else "en"):
        try:
            return resolve(unquote(address)).view_name
        except Resolver404:
            return ""


def file_of(address: str) -> str:
    """The name of the file for an address, relative to the copy's folder.

    ASCII, and good on FAT and NTFS: no reserved name, none that differs from another by its case alone.
    """
    path, _mark, query = address.partition("?")
    parts = [_part(unquote(part)) for part in path.split("/") if part]
    if path.endswith("/"):
        parts.append(f"after-{_digest(query)}.html" if query else "index.html")
    return "/".join(parts)


def _part(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _RESERVED.match(text):
        return text
    name = PurePosixPath(text)
    suffix = name.suffix.lower() if _SUFFIX.fullmatch(name.suffix.lower()) else ""
    return f"{slugify(name.stem)[:40]}-{_digest(text)}".lstrip("-") + suffix


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
