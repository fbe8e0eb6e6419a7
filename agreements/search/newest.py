"""Of what a query finds, what was published last: searches order by the agreements' own dates."""

from itertools import chain, islice

from agreements.search.find import COUNTED, matching_keys
from agreements.search.index import sequence_in
from agreements.search.query import Query
from agreements.search.terms import wanted_of


def newest_matches(query: Query, *, number: int) -> list[int]:
    """The places in the log of the matches that were published last, newest first.

    Looked for among all matches, or where there are more than are counted, among so many with the newest dates.
    """
    wanted = wanted_of(query.words) if query.words else None
    keys = islice(chain.from_iterable(matching_keys(query, wanted)), COUNTED)
    return sorted(map(sequence_in, keys), reverse=True)[:number]
