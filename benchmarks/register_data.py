"""A register of many published agreements for benchmarks, written straight into its tables: editions, log, search.

Each edition is a copy of one of a few rich contents under another number and title; hashes and chain are right, so that
`verify_log` passes. Only what is derived is copied without being worked out anew.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.codes import code_for
from agreements.editions.content import SCHEMA_VERSION, AgreementContent, KeyDate, Obligation
from agreements.editions.log import GENESIS, append_edition, entry_hash
from agreements.editions.models import Edition, LogEntry
from agreements.search.index import index_edition
from agreements.search.mentions import note_mentions
from agreements.search.models import SearchEntry
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LogKind, ObligationStatus
from agreements.vocabulary.languages import LANGUAGES, LocalisedText
from agreements.vocabulary.money import Money

_FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)
_AT_ONCE: Final = 500
_NUMBER: Final = "MOC-0000"
"""The number in the contents that are copied; each copy has its own in every place."""

_LOG: Final = (
    "sequence, kind, register_number, edition_number, content_hash, at, by, note_en, note_ar, note_ckb, previous_hash, "
    "entry_hash"
)
_EDITIONS: Final = "register_number, number, schema_version, canonical, content_hash, published_at, code, entry_id"
_REGISTER_NUMBER: Final = "'MOC-' || lpad(n::text, greatest(4, length(n::text)), '0')"
_COPIES: Final = f"""
    INSERT INTO agreements_searchentry (register_number, number, sort_key, edition_number, sequence, published_at,
        analysis, date, status, changes_on, coming, facets, title_en, title_ar, title_ckb, body, vector)
    SELECT {_REGISTER_NUMBER}, n, ((sort_key >> 33) - n %% 3650 << 33) | n, 1, n, published_at, analysis, date, status,
        changes_on, coming, facets, title_en || ' ' || n, title_ar || ' ' || n, title_ckb || ' ' || n, body, vector
    FROM generate_series(%(first)s, %(last)s) n
    JOIN agreements_searchentry ON number = (n - 1) %% %(kinds)s + 1;
    INSERT INTO agreements_mention (thing_id, role, register_number, sequence)
    SELECT thing_id, role, {_REGISTER_NUMBER}, n FROM generate_series(%(first)s, %(last)s) n
    JOIN agreements_mention ON sequence = (n - 1) %% %(kinds)s + 1;
    INSERT INTO agreements_comingdate
        (register_number, sequence, kind, status, earliest, latest, shown_from, title, what)
    SELECT {_REGISTER_NUMBER}, n, kind, status, earliest, latest, shown_from, title, what
    FROM generate_series(%(first)s, %(last)s) n JOIN agreements_comingdate ON sequence = (n - 1) %% %(kinds)s + 1;
    INSERT INTO agreements_notededition (register_number, sequence, kind, year, activities)
    SELECT {_REGISTER_NUMBER}, n, kind, year, activities FROM generate_series(%(first)s, %(last)s) n
    JOIN agreements_notededition ON sequence = (n - 1) %% %(kinds)s + 1;
    UPDATE agreements_facetvalue f SET entries = c.entries
    FROM (SELECT value, count(*) AS entries FROM agreements_searchentry, unnest(facets) value GROUP BY 1) c
    WHERE c.value = f.id;
    UPDATE agreements_mentioncount known SET agreements = c.agreements FROM (
        SELECT thing_id, role, count(*) AS agreements FROM agreements_mention GROUP BY 1, 2
        UNION ALL SELECT thing_id, '', count(DISTINCT register_number) FROM agreements_mention GROUP BY 1
    ) c WHERE c.thing_id = known.thing_id AND c.role = known.role;
"""  # noqa: S608  # constants


def fill_register(agreements: int, *, like: AgreementContent) -> None:
    """Publish so many agreements in an empty, migrated register; they are like one content, and thinner ones of it."""
    contents = _contents(like)
    first = len(contents) + 1
    head = GENESIS
    for n, content in enumerate(contents, start=1):
        edition = append_edition(_numbered(content, n), by="benchmark", at=_moment(n), note=LocalisedText())
        index_edition(edition)
        note_mentions(edition)
        head = edition.entry.entry_hash
    stored = [canonical_bytes(content) for content in contents]
    # Word by word and number by number these indexes take many times as long as in one go.
    with (
        without_index(Edition, "edition_related_numbers"),
        without_index(Edition, "edition_document_hashes"),
        without_index(SearchEntry, "search_words_and_facets"),
    ):
        for start in range(first, agreements + 1, _AT_ONCE):
            head = _copy(range(start, min(start + _AT_ONCE, agreements + 1)), stored, head)
        with connection.cursor() as cursor:
            cursor.execute(_COPIES, {"first": first, "last": agreements, "kinds": len(contents)})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def without_index(model: type[Model], name: str) -> Iterator[None]:
    """An index is away while a table is filled, and made in one go afterwards."""
    [index] = [one for one in model._meta.indexes if one.name == name]
    with connection.schema_editor() as editor:
        editor.remove_index(model, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
    with connection.schema_editor() as editor:
        editor.add_index(model, index)


def _contents(like: AgreementContent) -> list[AgreementContent]:
    """Three: with all that can be known, as announced, and with little."""
    days = ((DateKind.SIGNED, "2021-02-04"), (DateKind.IN_FORCE, "2021-04"), (DateKind.PLANNED_END, "2031-02-03"))
    dates = [KeyDate(kind=kind, date=PartialDate.parse(day)) for kind, day in days]
    bearer = like.funding[0].funder
    duty = Obligation(id="report", text=like.summary, bearer=bearer, due=PartialDate.parse("2027-06"),
                      status=ObligationStatus.OPEN)  # fmt: skip
    stated = [one.model_copy(update={"money": Money.of(250_000 + place, "USD")})  # type: ignore[arg-type]
              for place, one in enumerate(like.funding)]  # fmt: skip
    known = {"dates": (*like.dates, *dates), "obligations": (duty,), "funding": tuple(stated)}
    little = {"activities": (), "funding": (), "statements": (), "announcement": None, "contacts": ()}
    return [like.model_copy(update=known), like, like.model_copy(update=little)]


def _numbered(content: AgreementContent, n: int) -> AgreementContent:
    title = LocalisedText(**{one: f"{content.title.get(one)} {_name(n)}" for one in LANGUAGES})
    return content.model_copy(update={"register_number": _name(n), "title": title})


def _copy(numbers: range, stored: list[bytes], head: str) -> str:
    """Append copies to log and editions; the hash of the last entry."""
    entries, editions = io.StringIO(), io.StringIO()
    for n in numbers:
        canonical = stored[(n - 1) % len(stored)].replace(_NUMBER.encode(), _name(n).encode())
        entry = LogEntry(sequence=n, kind=LogKind.PUBLICATION.value, register_number=_name(n), edition_number=1,
                         content_hash=content_hash(canonical), at=_moment(n), by="benchmark",
                         previous_hash=head)  # fmt: skip
        entry.entry_hash = head = entry_hash(entry)
        entries.write(_line(*(getattr(entry, one) for one in _LOG.split(", "))))
        editions.write(_line(entry.register_number, 1, SCHEMA_VERSION, f"\\\\x{canonical.hex()}", entry.content_hash,
                             entry.at, code_for(head), n))  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns, lines in (("logentry", _LOG, entries), ("edition", _EDITIONS, editions)):
            lines.seek(0)
            cursor.copy_expert(f"COPY agreements_{table} ({columns}) FROM STDIN", lines)
    return head


def _line(*fields: Any) -> str:
    return "\t".join(map(str, fields)) + "\n"


def _name(n: int) -> str:
    return f"MOC-{n:04d}"


def _moment(n: int) -> datetime:
    return _FIRST + timedelta(minutes=n)
