"""Which part of one edition is which part of another, though it was moved or corrected."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final

from agreements.editions.content import (
    Confirmation,
    Contact,
    CorrectionNote,
    Document,
    DocumentSignature,
    Funding,
    KeyDate,
    Part,
    Participation,
    ProgressNote,
    RelatedAgreement,
    Signatory,
    Statement,
)
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

Signs = Callable[[Any], Iterable[Hashable]]
"""What a part is known by: two parts that share one sign are the same."""

Pair = tuple[int, int]
"""A part's place in the older list and in the newer one."""


def _text(text: LocalisedText, *others: Hashable) -> Iterator[Hashable]:
    """One sign a language, so that a text which is corrected in one language keeps those of the others."""
    for language in LANGUAGES:
        if text.get(language):
            yield (language, text.get(language), *others)


def _stated(value: str | None) -> Iterator[Hashable]:
    if value:
        yield value


_SIGNS: Final[dict[type[Part], tuple[Signs, ...]]] = {
    KeyDate: (lambda one: [(one.kind, one.date)], lambda one: [one.kind]),
    Confirmation: (lambda one: [one.party.id],),
    CorrectionNote: (
        lambda one: _stated(one.report),
        lambda one: _text(one.text, one.noted_on),
        lambda one: _text(one.text),
        lambda one: [one.noted_on],
    ),
    Participation: (lambda one: [(one.role, one.organization.id)],),
    Signatory: (
        lambda one: _text(one.name, one.party.id),
        lambda one: _text(one.name),
        lambda one: _text(one.capacity, one.party.id),
    ),
    Funding: (
        lambda one: [(one.funder.id, one.recipient and one.recipient.id, one.kind, one.start)],
        lambda one: [(one.funder.id, one.money)] if one.money.amount else [],
        lambda one: [one.funder.id],
    ),
    ProgressNote: (
        lambda one: _text(one.text, one.noted_on),
        lambda one: _text(one.text),
        lambda one: [one.noted_on],
    ),
    Statement: (
        lambda one: _text(one.text),
        lambda one: _text(one.speaker, one.said_on),
        lambda one: _text(one.speaker),
    ),
    Document: (lambda one: [one.id], lambda one: _text(one.title, one.kind, one.language)),
    DocumentSignature: (
        lambda one: [(one.signer, one.signed_at)] if one.signed_at else [],
        lambda one: _stated(one.signer),
        lambda one: [one.signed_at] if one.signed_at else [],
    ),
    Contact: (lambda one: _text(one.name), lambda one: _stated(one.email), lambda one: _stated(one.telephone)),
    RelatedAgreement: (lambda one: [(one.relation, one.register_number)], lambda one: [one.register_number]),
}
"""By kind of part, the surest signs first; a part that is not named here is known by its ``id``."""

_BY_ID: Final[tuple[Signs, ...]] = (lambda one: _stated(getattr(one, "id", None)),)


def matched(older: Sequence[Part], newer: Sequence[Part]) -> tuple[Pair, ...]:
    """The pairs of places that hold the same part, in the newer list's order.

    Equal parts are matched first, then what is left by ever weaker signs; parts with the same
    sign are matched in their order. The work grows with the lists' lengths, not with their product.
    """
    left_older, left_newer = dict(enumerate(older)), dict(enumerate(newer))
    pairs: list[Pair] = []
    by_kind = _SIGNS.get(type(newer[0]), _BY_ID) if newer else ()
    for signs in (_whole, *by_kind):
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, part in left_older.items():
            for sign in signs(part):
                waiting[sign].append(place)
        for place, part in list(left_newer.items()):
            same = next((one for sign in signs(part) if (one := _first(waiting[sign], left_older)) is not None), None)
            if same is not None:
                pairs.append((same, place))
                del left_older[same], left_newer[place]
    return tuple(sorted(pairs, key=lambda pair: pair[1]))


def moved(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The fewest pairs that have to be put in another place to make the older order the newer one."""
    staying = set(longest_rise([place for place, _place in pairs]))
    return tuple(pair for index, pair in enumerate(pairs) if index not in staying)


def longest_rise(numbers: Sequence[int]) -> tuple[int, ...]:
    """The indexes of a longest run of ever greater numbers, which need not stand side by side."""
    lows: list[int] = []  # of each length, the lowest number that a run of that length ends with
    ends: list[int] = []  # and that number's index
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(lows, number)
        before.append(ends[length - 1] if length else -1)
        lows[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return tuple(reversed(run))


def _whole(part: Part) -> Iterator[Hashable]:
    yield part


def _first(waiting: deque[int], left: dict[int, Part]) -> int | None:
    """The first place that nothing was matched with yet."""
    while waiting and waiting[0] not in left:
        waiting.popleft()
    return waiting[0] if waiting else None
