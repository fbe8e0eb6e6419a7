"""The register-wide log: enough of each entry to compute the whole chain anew."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from agreements.editions.entries import hashed_fields
from agreements.editions.models import LogEntry
from agreements.editions.queries import log_after, log_entry, log_head
from agreements.opendata.api.answers import Answer, Licence, Listing, licence, page_links
from agreements.opendata.api.checkpoints import TAG  # before this one's: log/checkpoint is not log/{sequence}
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import PageParameters, Sequence
from agreements.vocabulary.kinds import LogKind


class Note(Answer):
    """What was said with it; an empty text where nothing was said in a language."""

    en: str
    ar: str
    ckb: str


class Hashed(Answer):
    """What the hash of an entry is taken of: these members and no others, as canonical JSON (RFC 8785)."""

    at: str = Field(description=_("The moment in UTC, with microseconds, exactly as it is hashed."))
    by: str = Field(description=_("An opaque reference to a member of staff."))
    content_sha256: str = Field(description=_("The hash of the edition’s canonical content."))
    edition: int
    kind: LogKind
    note: Note
    previous: str = Field(description=_("The hash of the entry before; 64 zeros in the first one."))
    register_number: str
    sequence: int


class Entry(Answer):
    """A publication or a withdrawal."""

    hash: str = Field(description=_("SHA-256 of the canonical JSON of “hashed”."))
    hashed: Hashed


class Head(Answer):
    """The newest entry. Keep it: an end of the log that was cut off is found only by a copy kept elsewhere."""

    sequence: int
    hash: str


class LogList(Listing):
    """A page of entries, the oldest first."""

    head: Head | None
    items: tuple[Entry, ...]


class EntryAnswer(Answer):
    """One entry."""

    entry: Entry
    licence: Licence | None


@reading(
    "log",
    answer=LogList,
    asks=PageParameters,
    words=Words(
        TAG,
        _("List the log"),
        _(
            "Every publication and withdrawal of the register, the oldest first. Each entry’s hash covers the entry "
            "before, so that anyone can compute the chain anew."
        ),
    ),
)
def list_log(request: HttpRequest, parameters: Query[PageParameters]) -> LogList:
    return log_list(after=parameters.after, size=parameters.limit)


@reading(
    "log/{sequence}",
    answer=EntryAnswer,
    refuses=(404,),
    words=Words(TAG, _("Get one log entry"), _("An entry by its place in the log. It never changes.")),
)
def get_log_entry(request: HttpRequest, sequence: Sequence) -> EntryAnswer:
    return entry_answer(sequence)


def log_list(*, after: int, size: int) -> LogList:
    """The entries that follow one, and the log's head."""
    rows, head = log_after(after, at_most=size + 1), log_head()
    return LogList(
        head=Head(sequence=head.sequence, hash=head.entry_hash) if head else None,
        items=tuple(_entry(one) for one in rows[:size]),
        links=page_links("log", {"limit": size}, after=rows[size - 1].sequence if len(rows) > size else None),
        licence=licence(),
    )


def entry_answer(sequence: int) -> EntryAnswer:
    """One entry.

    Raises:
        Http404: the log is not that long.
    """
    found = log_entry(sequence)
    if found is None:
        raise Http404
    return EntryAnswer(entry=_entry(found), licence=licence())


def _entry(entry: LogEntry) -> Entry:
    return Entry(hash=entry.entry_hash, hashed=Hashed(**hashed_fields(entry)))
