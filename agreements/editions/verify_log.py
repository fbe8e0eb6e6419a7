"""Recomputes the published record's hashes and its chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from agreements.editions.canonical import content_hash
from agreements.editions.codes import code_for
from agreements.editions.entries import entry_hash
from agreements.editions.log import GENESIS
from agreements.editions.models import Edition, LogEntry
from agreements.vocabulary.kinds import LogKind

_CHUNK = 200


class Fault(StrEnum):
    SEQUENCE = "the sequence has a gap or a repetition here"
    PREVIOUS = "it does not follow from the entry before"
    ENTRY = "the entry was altered: its hash is not that of its columns"
    NO_EDITION = "the edition it published is missing"
    CONTENT = "the edition's content was altered: its hash is not that of its bytes"
    EDITION = "the edition's number, hash, moment or code is not what was logged"
    NOT_PUBLISHED = "it withdraws an edition that was not the newest one published"


@dataclass(frozen=True)
class BrokenEntry:
    """The first entry that does not hold, by its place in the log."""

    sequence: int
    register_number: str
    fault: Fault


@dataclass(frozen=True)
class LogReport:
    """What was checked. ``head`` is the last good entry's hash: compare it with a copy kept elsewhere,
    because a chain cut off at its end is whole in itself."""

    entries: int
    editions: int
    head: str
    broken: BrokenEntry | None


def verify_log() -> LogReport:
    """Recompute every hash of the published record, oldest entry first, and stop at the first fault.

    Reads rows as they are stored, so a change made in SQL behind the portal's back is seen.
    Memory does not grow with the log.
    """
    report = LogReport(0, 0, GENESIS, None)
    for report in check_entries():  # noqa: B007  # the last one
        pass
    return report


def check_entries() -> Iterator[LogReport]:
    """The same entry by entry: what was checked so far, and after the first fault nothing more."""
    editions, head = 0, GENESIS
    newest: dict[str, int] = {}
    for sequence, (entry, edition) in enumerate(_entries_with_editions(), start=1):
        fault = _fault_of(entry, edition, sequence=sequence, previous=head, newest=newest.get(entry.register_number))
        if fault is not None:
            yield LogReport(sequence - 1, editions, head, BrokenEntry(entry.sequence, entry.register_number, fault))
            return
        head = entry.entry_hash
        if edition is not None:
            editions += 1
            newest[edition.register_number] = edition.number
        yield LogReport(sequence, editions, head, None)


def _entries_with_editions() -> Iterator[tuple[LogEntry, Edition | None]]:
    last = 0
    while chunk := list(LogEntry.objects.filter(sequence__gt=last).order_by("sequence")[:_CHUNK]):
        editions = {one.entry_id: one for one in Edition.objects.filter(entry__in=chunk)}
        for entry in chunk:
            yield entry, editions.get(entry.sequence)
        last = chunk[-1].sequence


def _fault_of(  # noqa: PLR0911  # one return a fault
    entry: LogEntry, edition: Edition | None, *, sequence: int, previous: str, newest: int | None
) -> Fault | None:
    if entry.sequence != sequence:
        return Fault.SEQUENCE
    if entry.previous_hash != previous:
        return Fault.PREVIOUS
    if entry.entry_hash != entry_hash(entry):
        return Fault.ENTRY
    if entry.kind == LogKind.WITHDRAWAL:
        return None if entry.edition_number == newest else Fault.NOT_PUBLISHED
    if edition is None:
        return Fault.NO_EDITION
    if content_hash(bytes(edition.canonical)) != edition.content_hash:
        return Fault.CONTENT
    logged = (entry.register_number, entry.edition_number, entry.content_hash, entry.at, code_for(entry.entry_hash))
    stored = (edition.register_number, edition.number, edition.content_hash, edition.published_at, edition.code)
    return None if logged == stored else Fault.EDITION
