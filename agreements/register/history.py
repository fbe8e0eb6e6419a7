"""Who changed what, from what to what: a row's audit trail in words.

The trail is written by the database's triggers, so that changes made in SQL are told as well.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.names import Key, as_it_was, name_of, rows_named
from agreements.register.trails import (
    Moment,
    Trail,
    events_at,
    foreign_keys,
    kept_columns,
    newest_moments,
    trails_of,
)
from agreements.register.values import Value, value_of
from agreements.vocabulary.zone import BAGHDAD

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR: Final = re.compile(r"(?P<moment>\d{1,17})-(?P<context>[0-9a-f-]{0,36})", re.ASCII)


class InvalidCursor(ValueError):
    """The text is not a cursor that a change carries."""


class ChangeKind(TextChoices):
    ADDED = "added", gettext_lazy("Added")
    CHANGED = "changed", gettext_lazy("Changed")
    REMOVED = "removed", gettext_lazy("Removed")


@dataclass(frozen=True)
class FieldChange:
    """One column: ``before`` is absent of what was added, ``after`` of what was removed."""

    label: str
    before: Value | None
    after: Value | None

    @property
    def there(self) -> Value | None:
        """The content of a column that has only one: that of a row which was added or removed."""
        return self.after or self.before

    @property
    def is_long(self) -> bool:
        """Whether the two read better one below the other."""
        return any(value.is_long for value in (self.before, self.after) if value is not None)


@dataclass(frozen=True)
class LinkChange:
    """What was added to and removed from a choice of many, such as an activity's places."""

    label: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What happened to one row: the kind of part, the part's own name, and its columns."""

    part: str
    name: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]
    links: tuple[LinkChange, ...]


@dataclass(frozen=True)
class Change:
    """What one request, or one transaction in SQL, did.

    Attributes:
        at: the moment it began, in Baghdad.
        user_id: whose request it was; none outside the portal.
        who: that person's name, or where it was made from instead.
        page, address: of the request, where they were kept.
        cursor: continues behind this change.
    """

    at: datetime
    user_id: int | None
    who: str
    page: str
    address: str
    entries: tuple[Entry, ...]
    cursor: str


def history_of(row: Model, *, limit: int, before: str | None = None) -> tuple[Change, ...]:
    """The changes of a row and of all that belongs to it, newest first, in the active language.

    The number of queries depends on the model, not on how much was changed.

    Args:
        row: an agreement, one of its parts, or an entry of a directory.
        limit: at most so many changes.
        before: the cursor of the last change already shown.

    Raises:
        InvalidCursor: ``before`` was never a cursor.
        LookupError: nothing keeps the trail of this model.
    """
    trails = trails_of(row._meta.concrete_model or type(row))
    moments = newest_moments(trails, row.pk, limit=limit, before=None if before is None else _moment(before))
    if not moments:
        return ()
    told: dict[Moment, list[_Told]] = {moment: [] for moment in moments}
    for trail in trails:
        for event, previous in events_at(trail, row.pk, moments):
            told[event.pgh_moment, event.pgh_request].append(_Told(trail, event, previous))
    known = rows_named({key for events in told.values() for one in events for key in one.mentions()})
    return tuple(_change(moment, events, known) for moment, events in told.items())


@dataclass(frozen=True)
class _Told:
    """An event, with the one that tells how the row was before it."""

    trail: Trail
    event: Any
    previous: Any | None

    @property
    def row(self) -> Key:
        """The row that it is about: of a link, the one that chose it."""
        if self.trail.link is not None:
            return self.trail.link.model, self._of(self.trail.owner)
        return self.trail.model, self.event.pgh_obj_id

    @property
    def chosen(self) -> Key:
        """The row that a link leads to."""
        assert self.trail.link is not None  # noqa: S101  # asked of links only
        other = self.trail.model._meta.get_field(self.trail.link.m2m_reverse_field_name())
        return self.trail.link.remote_field.model, self._of(other)

    @property
    def user_id(self) -> int | None:
        user = self.metadata.get("user")
        return user if isinstance(user, int) else None

    @property
    def metadata(self) -> Mapping[str, Any]:
        return (self.event.pgh_context and self.event.pgh_context.metadata) or {}

    def mentions(self) -> set[Key]:
        """The rows that must be known to put it into words."""
        states = [state for state in (self.event, self.previous) if state is not None]
        columns = [(field.related_model, field.attname) for field in foreign_keys(self.trail.model)]
        found = {(model, getattr(state, column)) for model, column in columns for state in states}
        found.add((User, self.user_id))
        return {(model, pk) for model, pk in found if pk is not None}

    def _of(self, field: Any) -> int:
        number: int = getattr(self.event, field.attname)
        return number


def _change(moment: Moment, events: Sequence[_Told], known: Mapping[Key, Model]) -> Change:
    rows: dict[Key, list[_Told]] = defaultdict(list)
    for one in events:
        rows[one.row].append(one)
    entries = [_entry(key, about, known) for key, about in rows.items()]
    # What only keeps the books is told only where nothing else is.
    worth_telling = [entry for entry, is_bookkeeping in entries if not is_bookkeeping]
    first = events[0]
    at, context = moment
    return Change(
        at=at.astimezone(BAGHDAD),
        user_id=first.user_id,
        who=_who(first, known),
        page=str(first.metadata.get("url") or ""),
        address=str(first.metadata.get("address") or ""),
        entries=tuple(worth_telling or [entry for entry, _is_bookkeeping in entries]),
        cursor=f"{(at - _EPOCH) // timedelta(microseconds=1)}-{context}",
    )


def _who(one: _Told, known: Mapping[Key, Model]) -> str:
    if one.event.pgh_context_id is None:
        return _("Outside the portal (SQL or a command)")
    person = one.metadata.get("person")
    if person:
        return str(person)
    if one.user_id is None:
        return _("Nobody who was logged in")
    user = known[User, one.user_id]
    return (user.get_full_name() if isinstance(user, User) else "") or name_of(user)


def _entry(key: Key, about: Sequence[_Told], known: Mapping[Key, Model]) -> tuple[Entry, bool]:
    """What happened to one row, and whether only its books were kept."""
    model, _pk = key
    links = _link_changes([one for one in about if one.trail.link is not None], known)
    own = [one for one in about if one.trail.link is None]
    row = as_it_was(model, own[-1].event, known) if own else known[key]
    kind, fields = ChangeKind.CHANGED, []
    if own:
        kind = _kind(own)
        fields = _columns(own, kind, known)
    told = [change for is_bookkeeping, change in fields if not is_bookkeeping]
    only_books = kind is ChangeKind.CHANGED and not told and not links
    if only_books:
        told = [change for _is_bookkeeping, change in fields]
    part = capfirst(str(model._meta.verbose_name))
    return Entry(part, name_of(row), kind, tuple(told), links), only_books


def _kind(own: Sequence[_Told]) -> ChangeKind:
    if own[-1].event.pgh_label == "delete":
        return ChangeKind.REMOVED
    return ChangeKind.ADDED if own[0].event.pgh_label == "insert" else ChangeKind.CHANGED


def _columns(own: Sequence[_Told], kind: ChangeKind, known: Mapping[Key, Model]) -> list[tuple[bool, FieldChange]]:
    """The columns worth a line, each with whether it only keeps the books."""
    first, last = own[0], own[-1].event
    fields = [field for field in kept_columns(first.trail.model, last) if not field.primary_key]
    told: list[tuple[bool, FieldChange]] = []
    if kind is ChangeKind.CHANGED:
        before = first.event if first.event.pgh_label == "delete" else first.previous
        for field in fields:
            if before is None or getattr(before, field.attname) != getattr(last, field.attname):
                sides = _side(field, before, known), _side(field, last, known)
                told.append((_keeps_books(field), FieldChange(_label(field), *sides)))
        return told
    for field in fields:
        if field == first.trail.owner or field.name == "position" or getattr(last, field.attname) in (None, ""):
            continue
        value = _side(field, last, known)
        is_new = kind is ChangeKind.ADDED
        change = FieldChange(_label(field), None if is_new else value, value if is_new else None)
        told.append((_keeps_books(field), change))
    return told


def _side(field: Any, event: Any | None, known: Mapping[Key, Model]) -> Value:
    return Value(_("not recorded")) if event is None else value_of(field, event, known)


def _keeps_books(field: Any) -> bool:
    """Whether the desk fills the column in by itself; who and when is told of each change anyway."""
    return not field.editable and not field.choices


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))


def _link_changes(links: Sequence[_Told], known: Mapping[Key, Model]) -> tuple[LinkChange, ...]:
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"insert": [], "delete": []})
    for one in links:
        names[_label(one.trail.link)][one.event.pgh_label].append(name_of(known[one.chosen]))
    return tuple(
        LinkChange(label, tuple(sorted(by["insert"])), tuple(sorted(by["delete"]))) for label, by in names.items()
    )


def _moment(cursor: str) -> Moment:
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidCursor(cursor)
    return _EPOCH + timedelta(microseconds=int(match["moment"])), match["context"]
