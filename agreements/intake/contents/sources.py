"""Which of a content's sources are the agreement's own, and which only its parts name."""

from collections.abc import Iterator
from typing import Any

from agreements.editions.content import AgreementContent
from agreements.intake.contents.entries import Entries
from agreements.register.models.directories import Source


def own_sources(content: AgreementContent, entries: Entries) -> list[int]:
    """The sources to be listed for the agreement itself, as primary keys.

    A content has one list: the agreement's own, in the order of the directory, then those that only parts name, in
    the parts' order. Where the first end can't be told from the order, so that the draft's content is the same; as
    many as possible count as its own.
    """
    rows = [(one.id, row) for one in content.sources if (row := entries.source(one.id)) is not None]
    pks = [row.pk for _key, row in rows]
    place = {pk: number for number, pk in enumerate(Source.objects.filter(pk__in=pks).values_list("pk", flat=True))}
    by_parts = list(dict.fromkeys(_named_by_parts(content)))
    for count in range(len(rows), -1, -1):
        own = [place[pk] for pk in pks[:count]]
        own_keys = {key for key, _row in rows[:count]}
        others = [key for key in by_parts if key not in own_keys]
        if own == sorted(own) and others == [key for key, _row in rows[count:]]:
            return pks[:count]
    return pks


def _named_by_parts(content: AgreementContent) -> Iterator[str]:
    """In the order in which the snapshot walks the parts; without relations, which may not be carried."""
    parts: tuple[Any, ...] = (
        *content.dates, *content.participations, *content.signatories, *content.funding, *content.activities,
        *(note for one in content.activities for note in one.progress), *content.obligations, *content.frameworks,
        *content.statements, *([content.announcement] if content.announcement else []), *content.contacts,
    )  # fmt: skip
    for part in parts:
        if part.source is not None:
            yield part.source
