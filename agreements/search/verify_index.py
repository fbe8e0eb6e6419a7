"""Whether the rows of search and directories are what the current editions say."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from agreements.editions.checked import Checked
from agreements.editions.errors import Differs
from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, current_editions
from agreements.search.analysers import ANALYSIS
from agreements.search.coming_dates import coming_dates
from agreements.search.facets import own_date, values_of
from agreements.search.index import lock_index, plain_columns
from agreements.search.models import FacetValue, SearchEntry, SearchWord
from agreements.search.named import things_named
from agreements.search.status import status_steps
from agreements.search.texts import Analysed, analyse, searched_texts
from agreements.search.thing_models import ComingDate, ComingKind, Mention, NotedEdition
from agreements.vocabulary.kinds import LegalStatus
from agreements.vocabulary.zone import day_in_baghdad

_REMEDY = "Run rebuild_search --all."

_WRONG_COUNTS = {
    "The number of agreements with a value of a facet is wrong": """
        SELECT value.facet || '=' || value.key FROM agreements_facetvalue value LEFT JOIN (
            SELECT unnest(facets) AS id, count(*) AS entries FROM agreements_searchentry GROUP BY 1
        ) counted USING (id) WHERE value.entries <> coalesce(counted.entries, 0) ORDER BY 1 LIMIT 1
    """,
    "The number of agreements that name a thing is wrong": """
        SELECT thing.kind || ' ' || thing.key FROM agreements_mentioncount known
        JOIN agreements_thing thing ON thing.id = known.thing_id LEFT JOIN (
            SELECT thing_id, role, count(*) AS agreements FROM agreements_mention GROUP BY 1, 2 UNION ALL
            SELECT thing_id, '', count(DISTINCT register_number) FROM agreements_mention GROUP BY 1
        ) counted ON counted.thing_id = known.thing_id AND counted.role = known.role
        WHERE known.agreements <> coalesce(counted.agreements, 0) ORDER BY 1 LIMIT 1
    """,
}


def verify_index(*, after: str = "") -> Iterator[Checked]:
    """Compare the rows of every current edition, in register order, and the counts; each agreement that holds.

    Raises:
        Differs: at the first agreement whose rows are missing, stale or others, or that should not be found.
    """
    for edition in current_editions().filter(register_number__gt=after).iterator(chunk_size=200):
        _verified(partial(_check_edition, edition), edition.register_number)
        yield Checked(edition.register_number)
    _under_lock(_check_rest)


def _verified(check: Callable[[], None], register_number: str) -> None:
    """What differs is looked at again under the index's lock: somebody may have published meanwhile."""
    try:
        check()
    except Differs:
        _under_lock(partial(_check_current, register_number))


@transaction.atomic
def _under_lock(check: Callable[[], None]) -> None:
    lock_index()
    check()


def _check_current(register_number: str) -> None:
    edition = current_edition(register_number)
    if edition is not None:
        _check_edition(edition)


def _check_edition(edition: Edition) -> None:
    analysed = analyse(searched_texts(edition.content))
    same_vector = RawSQL("vector = %s::tsvector", [analysed.vector])
    entry = SearchEntry.objects.filter(pk=edition.register_number).annotate(same_vector=same_vector).first()
    if entry is None:
        raise Differs(f"{edition} is public, and the search does not know it. {_REMEDY}")
    if entry.analysis != ANALYSIS:
        raise Differs(f"The search's row of {edition} was made by another version of the portal. {_REMEDY}")
    for name, value in plain_columns(edition).items():
        if getattr(entry, name) != value:
            raise Differs(f"The search's row of {edition} has another {name} than the edition. {_REMEDY}")
    _check_words(edition, entry, analysed)
    _check_status(edition, entry)
    values = {(one.facet.value, one.key) for one in values_of(edition.content, LegalStatus(entry.status))}
    _same(edition, "facets", values, FacetValue.objects.filter(pk__in=entry.facets).values_list("facet", "key"))
    _check_mentions(edition)


def _check_words(edition: Edition, entry: Any, analysed: Analysed) -> None:
    if not entry.same_vector:
        raise Differs(f"The search's row of {edition} has other words than the edition. {_REMEDY}")
    if SearchWord.objects.filter(folded__in=analysed.words).count() != len(analysed.words):
        raise Differs(f"A word of {edition} is missing from the search's words. {_REMEDY}")


def _check_status(edition: Edition, entry: SearchEntry) -> None:
    """Steps that have come are gone from the row; what is left must be the rest, and the status the one before."""
    status, steps = status_steps(edition.content, on=day_in_baghdad(edition.published_at))
    written = [[day.isoformat(), later.value] for day, later in steps]
    done = len(written) - len(entry.coming)
    before = written[done - 1][1] if done > 0 else status.value
    changes_on = date.fromisoformat(entry.coming[0][0]) if entry.coming else None
    if done < 0 or written[done:] != entry.coming or (entry.status, entry.changes_on) != (before, changes_on):
        raise Differs(f"The search's row of {edition} has another legal status than the edition. {_REMEDY}")


def _check_mentions(edition: Edition) -> None:
    content, number = edition.content, edition.register_number
    noted = NotedEdition.objects.filter(pk=number).values_list("sequence", "kind", "year", "activities").first()
    first_day = own_date(content).earliest
    expected = (edition.entry_id, content.kind.value, first_day.year if first_day else None, len(content.activities))
    if noted != expected:
        raise Differs(f"The directories do not know {edition} as it is. {_REMEDY}")
    named = {(kind.value, key, role.value) for (kind, key), one in things_named(content).items() for role in one.roles}
    rows = Mention.objects.filter(register_number=number).values_list("thing__kind", "thing__key", "role")
    _same(edition, "organisations, frameworks or places", named, rows)
    # Terms of tacit renewal are told a number ahead of the day on which they were noted.
    today = day_in_baghdad(timezone.now())
    dates = {(one.kind.value, one.when.earliest, one.when.latest) for one in coming_dates(content, on=today)}
    kept = ComingDate.objects.filter(register_number=number).values_list("kind", "earliest", "latest")
    if not {one for one in dates if one[0] != ComingKind.RENEWAL} <= set(kept):
        raise Differs(f"A date to come of {edition} is missing. {_REMEDY}")


def _same(edition: Edition, what: str, expected: set[Any], rows: Any) -> None:
    if set(rows) != expected:
        raise Differs(f"The {what} that {edition} is found by are not those of the edition. {_REMEDY}")


def _check_rest() -> None:
    """Nothing is found that is not public, and the counts are those of the rows."""
    public = set(current_editions().values_list("register_number", flat=True))
    for model in (SearchEntry, NotedEdition):
        for number in model.objects.order_by("pk").values_list("pk", flat=True).iterator():
            if number not in public:
                raise Differs(f"{number} is not public, and search or directories still name it. {_REMEDY}")
    with connection.cursor() as cursor:
        for sentence, sql in _WRONG_COUNTS.items():
            cursor.execute(sql)
            if wrong := cursor.fetchone():
                raise Differs(f"{sentence}: {wrong[0]}. {_REMEDY}")
