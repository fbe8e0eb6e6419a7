"""Feeds that programs subscribe to (Atom, RFC 4287): what was published and withdrawn."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from agreements.editions.models import Edition, LogEntry
from agreements.formats.citation import permanent_address
from agreements.formats.licence import Licence
from agreements.formats.words import in_digits_of
from agreements.vocabulary.languages import Language, TextIn

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML 1.0 has no place for."""


@dataclass(frozen=True)
class FeedEntry:
    """Something that happened. ``id`` is its address for ever; ``data`` are addresses of it for programs, by type."""

    id: str
    title: TextIn
    text: TextIn | None
    address: str
    at: datetime
    category: str
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed: ``address`` is its own, ``page`` the page of the same, ``next`` the address of what came before.

    ``changed_at`` is its date where it has no entry.
    """

    title: str
    subtitle: str
    address: str
    page: str
    author: str
    language: Language
    licence: Licence | None
    changed_at: datetime
    next: str | None = None


def publication(edition: Edition, language: Language, *, origin: str) -> FeedEntry:
    """An edition: under the agreement's title, with what changed, or the summary where it is the first."""
    content, number = edition.content, edition.register_number
    title = content.title.best(language) or TextIn(number, language, is_fallback=False)
    if edition.number > 1:
        shown = in_digits_of(str(edition.number), title.language)
        title = TextIn(f"{title.text} ({number}/{shown})", title.language, title.is_fallback)
    own = permanent_address(edition, origin=origin)
    return FeedEntry(
        id=own,
        title=title,
        text=edition.entry.note.best(language) or content.summary.best(language),
        address=f"{origin}/{language}/agreements/{number}/editions/{edition.number}/",
        at=edition.published_at,
        category=content.kind.value,
        data=(("application/json", f"{own}.json"), ("application/ld+json", f"{own}.jsonld")),
    )


def withdrawal(entry: LogEntry, language: Language, *, origin: str) -> FeedEntry:
    """A withdrawal, with its reason; of the agreement only its number is told."""
    title = _("Withdrawn: %(register_number)s") % {"register_number": entry.register_number}
    return FeedEntry(
        id=f"{origin}/id/{entry.register_number}/{entry.edition_number}#withdrawn-{entry.sequence}",
        title=TextIn(title, language, is_fallback=False),
        text=entry.note.best(language),
        address=f"{origin}/{language}/agreements/{entry.register_number}/",
        at=entry.at,
        category="withdrawal",
    )


def write_feed(feed: Feed, entries: Iterable[FeedEntry]) -> bytes:
    """The feed as XML; the same entries give the same bytes."""
    atom = _Atom(
        _plain(feed.title),
        feed.page,
        None,
        language=feed.language,
        author_name=_plain(feed.author),
        subtitle=_plain(feed.subtitle),
        feed_url=feed.address,
        feed_guid=feed.address,
        feed_copyright=str(feed.licence or _("No licence has been declared.")),
        more=feed,
    )
    for entry in entries:
        atom.add_item(
            _plain(entry.title.text),
            entry.address,
            None,  # type: ignore[arg-type]  # no summary yet: Django's would be HTML
            unique_id=entry.id,
            updateddate=entry.at,
            pubdate=entry.at,
            categories=(entry.category,),
            more=entry,
        )
    written = io.StringIO()
    atom.write(written, "utf-8")
    return written.getvalue().encode()


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)


class _Atom(Atom1Feed):
    """Django's feed with what it leaves out: languages of entries, texts that are not HTML, pages, the licence."""

    def latest_post_date(self) -> datetime:
        feed: Feed = self.feed["more"]
        return max((item["updateddate"] for item in self.items), default=feed.changed_at)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        feed: Feed = self.feed["more"]
        if feed.next:
            handler.addQuickElement("link", "", {"rel": "next", "href": feed.next})  # RFC 5005, 3
        if feed.licence and feed.licence.url:
            handler.addQuickElement("link", "", {"rel": "license", "href": feed.licence.url})  # RFC 4946

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        entry: FeedEntry = item["more"]
        return {"xml:lang": entry.title.language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["more"]
        if entry.text:
            handler.addQuickElement("summary", _plain(entry.text.text), {"xml:lang": entry.text.language})
        for media_type, address in entry.data:
            handler.addQuickElement("link", "", {"rel": "alternate", "type": media_type, "href": address})
