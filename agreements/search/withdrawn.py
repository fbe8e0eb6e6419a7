"""Which withdrawals concern a thing: directories forget withdrawn agreements, so their last editions are read."""

from typing import Final

from django.db.models import Exists, OuterRef

from agreements.editions.models import LogEntry
from agreements.editions.queries import newest_editions
from agreements.search.named import things_named
from agreements.search.thing_models import Thing
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.mentions import ThingKind

LOOKED_AT: Final = 200
"""Each is read whole; a register withdraws few agreements."""


def withdrawals_naming(thing: Thing, *, since: int = 0, before: int | None = None) -> list[LogEntry]:
    """Withdrawals in force of agreements whose last edition named a thing, newest first.

    Args:
        since: the place in the log to look from; that one, too.
        before: the place to look up to, without that one; to the end where there is none.

    Looked for among the newest two hundred of those.
    """
    later = LogEntry.objects.filter(register_number=OuterRef("register_number"), sequence__gt=OuterRef("sequence"))
    found = LogEntry.objects.filter(~Exists(later), kind=LogKind.WITHDRAWAL, sequence__gte=since)
    if before is not None:
        found = found.filter(sequence__lt=before)
    entries = list(found.order_by("-sequence")[:LOOKED_AT])
    of_them = newest_editions().filter(register_number__in=[entry.register_number for entry in entries])
    wanted = (ThingKind(thing.kind), thing.key)
    numbers = set()
    for edition in of_them.iterator(chunk_size=20):
        named = things_named(edition.content).get(wanted)
        if named is not None and named.roles:
            numbers.add(edition.register_number)
    return [entry for entry in entries if entry.register_number in numbers]
