"""What the public side asks of the published record."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from agreements.editions.content import Document
from agreements.editions.models import DocumentHashes, Edition, LogEntry
from agreements.vocabulary.kinds import LogKind

HISTORY: Final = 100
FAMILY: Final = 50
"""A page can't show more, and a framework agreement may be named by thousands."""

GENERATIONS: Final = 3
_AT_ONCE: Final = 200

_ARE_ONE_OF: Final = "register_number = ANY(%s)"
_NAME_ONE_OF: Final = "agreements_related_numbers(canonical) && %s"
"""Conditions on register numbers; an index has the second (see ``RelatedNumbers``)."""


def newest_editions() -> QuerySet[Edition]:
    """The newest edition of every agreement that was ever published, withdrawn or not, in register order."""
    newer = Edition.objects.filter(register_number=OuterRef("register_number"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer)).select_related("entry")


def current_editions() -> QuerySet[Edition]:
    """The newest edition of every agreement that is not withdrawn, in register order."""
    withdrawn = LogEntry.objects.filter(
        kind=LogKind.WITHDRAWAL, register_number=OuterRef("register_number"), sequence__gt=OuterRef("entry_id")
    )
    return newest_editions().filter(~Exists(withdrawn))


def current_editions_at(sequence: int) -> Iterator[Edition]:
    """The editions that were current when the log ended with this entry, in the order in which they were published.

    So many at a time that the memory needed does not grow with them, each time by a query of its own: a reader who
    takes an hour keeps no transaction open, and what is published meanwhile changes nothing.
    """
    found, last = _current_at(sequence), 0
    while batch := list(found.filter(entry_id__gt=last)[:_AT_ONCE]):
        yield from batch
        last = batch[-1].entry_id


def count_current_at(sequence: int) -> int:
    """How many agreements were public when the log ended with this entry."""
    return _current_at(sequence).count()


def _current_at(sequence: int) -> QuerySet[Edition]:
    later = LogEntry.objects.filter(
        register_number=OuterRef("register_number"), sequence__gt=OuterRef("entry_id"), sequence__lte=sequence
    )
    return Edition.objects.filter(~Exists(later), entry_id__lte=sequence).order_by("entry_id")


def newest_current_editions(number: int) -> list[Edition]:
    """The current editions that were published last, newest first."""
    return list(current_editions().order_by("-entry_id")[:number])


def published_between(first: int, last: int) -> QuerySet[Edition]:
    """Current editions whose log entries lie in a stretch of the log, in its order; without their content."""
    return current_editions().filter(entry_id__gte=first, entry_id__lte=last).order_by("entry_id").defer("canonical")


def current_edition(register_number: str) -> Edition | None:
    """The edition that the public reads today; ``None`` when never published or withdrawn."""
    last = _last_entry(register_number)
    return last.edition if last is not None and last.kind == LogKind.PUBLICATION else None


def numbered_edition(register_number: str, number: int) -> Edition | None:
    """One edition by its number, current or not, withdrawn or not."""
    return Edition.objects.select_related("entry").filter(register_number=register_number, number=number).first()


def editions_of(register_number: str) -> QuerySet[Edition]:
    """All editions of an agreement, newest first."""
    return Edition.objects.select_related("entry").filter(register_number=register_number).order_by("-number")


def first_edition_noting(register_number: str, report: str) -> Edition | None:
    """The first edition with a correction note that answers this reader's report, such as "R-12"."""
    for edition in editions_of(register_number).order_by("number"):
        if any(note.report == report for note in edition.content.corrections):
            return edition
    return None


def edition_with_code(code: str) -> Edition | None:
    """The edition that a short code, already normalised, was printed for."""
    return Edition.objects.select_related("entry").filter(code=code).first()


def editions_naming(register_number: str) -> list[Edition]:
    """Current editions of other agreements that name this one in their relations, by register number; 50 at most."""
    return _current_where(_NAME_ONE_OF, [register_number], without=[register_number], at_most=FAMILY)


def family_editions(edition: Edition) -> list[Edition]:
    """Current editions of the agreements related to this one, directly or through up to two others; 50 at most.

    Either side's current edition may be the one that says it. The nearest come first, and of those the ones that
    the nearer agreement names itself. At most two queries a generation, however many relatives there are.
    """
    found: dict[str, Edition] = {edition.register_number: edition}
    front = [edition]
    for _generation in range(GENERATIONS):
        named = {one.register_number for nearer in front for one in nearer.content.relations}
        numbers = [nearer.register_number for nearer in front]
        front = _relatives(_ARE_ONE_OF, list(named), found) if named else []
        front += _relatives(_NAME_ONE_OF, numbers, found)
        if not front:
            break
    return list(found.values())[1:]


def _relatives(condition: str, numbers: list[str], found: dict[str, Edition]) -> list[Edition]:
    """Up to as many as are missing from a family; they are added to ``found``."""
    editions = _current_where(condition, numbers, without=found, at_most=FAMILY + 1 - len(found))
    found.update({one.register_number: one for one in editions})
    return editions


def _current_where(condition: str, numbers: list[str], *, without: Iterable[str], at_most: int) -> list[Edition]:
    """The current editions that a condition on these numbers holds for, in register order."""
    current, values = _current_sql()
    sql = f"""
        SELECT * FROM ({current}) current WHERE {condition} AND register_number <> ALL(%s)
        ORDER BY register_number LIMIT %s
    """  # noqa: S608  # both are ours
    return list(Edition.objects.raw(sql, [*values, numbers, list(without), at_most]))


@cache
def _current_sql() -> tuple[str, tuple[Any, ...]]:
    """The query of current editions as SQL: putting it together takes longer than asking it."""
    sql, values = current_editions().select_related(None).order_by().query.sql_with_params()
    return sql, tuple(values)


def history_of(register_number: str, *, up_to: int | None = None) -> list[LogEntry]:
    """The newest 100 publications and withdrawals of an agreement, oldest first.

    ``up_to`` is the sequence of the last entry to be told of: what a PDF says may not depend on what came after it.
    """
    entries = LogEntry.objects.filter(register_number=register_number)
    if up_to is not None:
        entries = entries.filter(sequence__lte=up_to)
    return list(entries.order_by("-sequence")[:HISTORY])[::-1]


def withdrawal_of(register_number: str) -> LogEntry | None:
    """The withdrawal that keeps an agreement from the public now; ``None`` when there is none.

    A withdrawal ends with the next publication of the same agreement.
    """
    last = _last_entry(register_number)
    return last if last is not None and last.kind == LogKind.WITHDRAWAL else None


def _last_entry(register_number: str) -> LogEntry | None:
    """What the log says last of an agreement, with the edition where that is a publication."""
    of_it = LogEntry.objects.select_related("edition").filter(register_number=register_number)
    return of_it.order_by("-sequence").first()


def log_head() -> LogEntry | None:
    """The newest entry of the register-wide log."""
    return LogEntry.objects.order_by("-sequence").first()


def public_document(sha256: str) -> Document | None:
    """The description of a file that a current edition names by this hash; ``None`` where none does."""
    edition = _naming_document(current_editions(), sha256)
    return next(one for one in edition.content.documents if one.sha256 == sha256) if edition else None


def edition_naming_document(sha256: str) -> Edition | None:
    """The last published edition that names a file by this hash, current or not, withdrawn or not."""
    return _naming_document(Edition.objects.select_related("entry"), sha256)


def _naming_document(editions: QuerySet[Edition], sha256: str) -> Edition | None:
    """By the index: without one each unknown hash that somebody asks for would have every content read."""
    named = editions.alias(hashes=DocumentHashes("canonical")).filter(hashes__contains=[sha256])
    return named.order_by("-pk").first()


def editions_with_hash(content_hash: str) -> QuerySet[Edition]:
    """The editions with exactly this content, newest first; more than one after a withdrawal."""
    return Edition.objects.select_related("entry").filter(content_hash=content_hash).order_by("-pk")


def was_published(register_number: str) -> bool:
    """Whether an agreement ever had an edition, withdrawn or not."""
    return Edition.objects.filter(register_number=register_number).exists()


def log_after(sequence: int, *, at_most: int) -> list[LogEntry]:
    """The entries that follow one, in the log's order; from the first on after 0."""
    return list(LogEntry.objects.filter(sequence__gt=sequence).order_by("sequence")[:at_most])


def log_entry(sequence: int) -> LogEntry | None:
    return LogEntry.objects.filter(sequence=sequence).first()
