"""Feeds of the whole register, of one agreement, of what names an organisation or framework, and of a search."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.editions.happenings import editions_in_log, newest_happenings
from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import was_published
from agreements.formats.feed import MEDIA_TYPE, Feed, FeedEntry, publication, withdrawal, write_feed
from agreements.opendata.files.answers import current_state, data_file, declared_licence, language_asked
from agreements.search.errors import SearchRefused
from agreements.search.named import page_of
from agreements.search.newest import newest_matches
from agreements.search.query import parse_query
from agreements.search.things import agreements_naming, thing_named
from agreements.search.withdrawn import withdrawals_naming
from agreements.vocabulary.asked import asked_number
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.mentions import ThingKind

_ENTRIES: Final = 50


@data_file
def register_feed(request: HttpRequest) -> HttpResponseBase:
    """Every publication and withdrawal, newest first."""
    return _of_log(request, None, title=_("MOC Portal"), page=reverse("site:home"))


@data_file
def agreement_feed(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """The editions of one agreement, and its withdrawals."""
    if not was_published(register_number):
        raise Http404
    page = reverse("site:agreement", args=[register_number])
    return _of_log(request, register_number, title=register_number, page=page)


@data_file
def organization_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """The current editions that name an organisation, and what was withdrawn of what named it."""
    return _of_thing(request, ThingKind.ORGANIZATION, key)


@data_file
def framework_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """The current editions that name a framework, and what was withdrawn of what named it."""
    return _of_thing(request, ThingKind.FRAMEWORK, key)


@data_file
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """Of what a search finds, what was published last."""
    try:
        query = parse_query(request.GET).beginning(None)
    except SearchRefused as refused:
        raise BadRequest(str(refused)) from refused
    editions = editions_in_log(newest_matches(query, number=_ENTRIES))
    words = query.words or "; ".join(value for _name, value in query.parameters())
    title = _("Agreements found: %(words)s") % {"words": words} if words else _("Agreements")
    parameters = query.address()
    return _answer(
        map(_published, editions),
        title=title,
        address=f"{request.path}{parameters}",
        page=f"{reverse('site:agreements')}{parameters}",
    )


def _of_log(request: HttpRequest, register_number: str | None, *, title: str, page: str) -> HttpResponse:
    before = asked_number(request, "before")
    found = newest_happenings(at_most=_ENTRIES, register_number=register_number, before=before)
    following = f"{request.path}?before={found.next_before}" if found.next_before else None
    address = f"{request.path}?before={before}" if before is not None else request.path
    return _answer(map(_happened, found.entries), title=title, address=address, page=page, following=following)


def _of_thing(request: HttpRequest, kind: ThingKind, key: str) -> HttpResponse:
    thing = thing_named(kind, key)
    if thing is None:
        raise Http404
    before = asked_number(request, "before")
    found = agreements_naming(thing, before=before)
    name = thing.name.best(language_asked())
    following = f"{request.path}?before={found.next_before}" if found.next_before else None
    address = f"{request.path}?before={before}" if before is not None else request.path
    gone = withdrawals_naming(thing, since=found.next_before or 0, before=before)
    happened = sorted([*(one.edition.entry for one in found.editions), *gone], key=lambda one: -one.sequence)
    title = name.text if name else key
    return _answer(map(_happened, happened), title=title, address=address, page=page_of(kind, key), following=following)


def _happened(entry: LogEntry) -> FeedEntry:
    if entry.kind == LogKind.WITHDRAWAL:
        return withdrawal(entry, language_asked(), origin=settings.PUBLIC_ORIGIN)
    return _published(entry.edition)


def _published(edition: Edition) -> FeedEntry:
    return publication(edition, language_asked(), origin=settings.PUBLIC_ORIGIN)


def _answer(
    entries: Iterable[FeedEntry], *, title: str, address: str, page: str, following: str | None = None
) -> HttpResponse:
    origin, state = settings.PUBLIC_ORIGIN, current_state()
    feed = Feed(
        title=title,
        subtitle=_("What was published and withdrawn, newest first."),
        address=origin + address,
        page=origin + page,
        author=settings.OPERATOR or _("MOC Portal"),
        language=language_asked(),
        licence=declared_licence(),
        changed_at=state.changed_at,
        next=origin + following if following else None,
    )
    return HttpResponse(write_feed(feed, entries), content_type=MEDIA_TYPE)
