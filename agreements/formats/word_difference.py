"""The words in which two texts differ, in any of the register's scripts and within bounded work."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from agreements.editions.matching import longest_rise

# A word keeps its vowel signs, its joiners (Kurdish writes them inside words) and its apostrophes.
_TOKEN: Final = re.compile(
    r"\s+|[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d'’]+|.", re.DOTALL
)
_WORD: Final = re.compile(r"\w")

_TABLE: Final = 10_000
"""The largest table of two stretches that is filled in; what is longer is first cut at words that occur once."""
_CUTS: Final = 8
"""How often a stretch may be cut again: with ``_TABLE`` it bounds the work for texts made to be slow."""
_ALIKE: Final = 0.25
"""Texts with a smaller share of words in common read better as a whole beside a whole."""
_CONTEXT: Final = 12
"""Words that are kept on either side of a difference where a long stretch is the same."""

_SENTENCE_ENDS: Final = tuple(".!?؟")


class RunKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Run:
    """A stretch of text that is in both, or only in the newer or the older one."""

    kind: RunKind
    text: str


def word_difference(older: str, newer: str) -> tuple[Run, ...]:
    """The newer text with what was added, and with what was removed where it stood.

    The same and the removed runs make the older text, the same and the added runs the newer one.
    """
    before, after = _TOKEN.findall(older), _TOKEN.findall(newer)
    pairs = _common(before, after)
    common = sum(1 for place, _place in pairs if _WORD.search(before[place]))
    if common < _ALIKE * max(map(_words, (before, after))):
        pairs = []
    return tuple(_runs(_at_sentence_ends(_smooth(_blocks(before, after, pairs)))))


def without_long_stretches(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same runs with the middle of long unchanged stretches left out; the runs' order is kept."""
    last = len(runs) - 1
    cut = (_cut(run, is_first=index == 0, is_last=index == last) for index, run in enumerate(runs))
    return tuple(one for some in cut for one in some)


def _common(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Pairs of places with equal tokens, in order: those that a reader would take for unchanged."""
    pairs: list[tuple[int, int]] = []
    stretches = [(0, len(before), 0, len(after), 0)]
    while stretches:
        start, end, from_, to, cuts = stretches.pop()
        while start < end and from_ < to and before[start] == after[from_]:
            pairs.append((start, from_))
            start, from_ = start + 1, from_ + 1
        while start < end and from_ < to and before[end - 1] == after[to - 1]:
            end, to = end - 1, to - 1
            pairs.append((end, to))
        if start == end or from_ == to:
            continue
        if (end - start) * (to - from_) <= _TABLE:
            found = _longest(before[start:end], after[from_:to])
            pairs.extend((start + one, from_ + two) for one, two in found)
        elif cuts < _CUTS:
            anchors = _anchors(before[start:end], after[from_:to])
            anchors = [(start + one, from_ + two) for one, two in anchors]
            pairs.extend(anchors)
            edges = [(start - 1, from_ - 1), *anchors, (end, to)]
            if anchors:
                stretches.extend((one + 1, up, two + 1, up_to, cuts + 1) for (one, two), (up, up_to) in pairwise(edges))
    return sorted(pairs)


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Words that occur once in each, as far as they stand in the same order."""
    once = {token: place for place, token in enumerate(before)}
    counts, others = Counter(before), Counter(after)
    single = [
        (once[token], place)
        for place, token in enumerate(after)
        if others[token] == 1 and counts[token] == 1 and _WORD.search(token)
    ]
    return [single[index] for index in longest_rise([place for place, _place in single])]


def _longest(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence of two short stretches."""
    rows = [[0] * (len(after) + 1)]
    for token in reversed(before):
        below, row = rows[-1], [0] * (len(after) + 1)
        for place in range(len(after) - 1, -1, -1):
            row[place] = below[place + 1] + 1 if token == after[place] else max(below[place], row[place + 1])
        rows.append(row)
    rows.reverse()
    pairs = []
    one = two = 0
    while one < len(before) and two < len(after):
        if before[one] == after[two]:
            pairs.append((one, two))
            one, two = one + 1, two + 1
        elif rows[one + 1][two] >= rows[one][two + 1]:
            one += 1
        else:
            two += 1
    return pairs


@dataclass
class _Block:
    """What is the same, then what follows in the older text only and in the newer one only."""

    same: str
    removed: str
    added: str

    @property
    def is_changed(self) -> bool:
        return bool(self.removed or self.added)


def _blocks(before: list[str], after: list[str], pairs: list[tuple[int, int]]) -> Iterator[_Block]:
    block = _Block("", "", "")
    one = two = 0
    for place, other in (*pairs, (len(before), len(after))):
        block.removed += "".join(before[one:place])
        block.added += "".join(after[two:other])
        if block.is_changed:
            yield block
            block = _Block("", "", "")
        block.same += "".join(before[place : place + 1])
        one, two = place + 1, other + 1
    if block.same:
        yield block


def _smooth(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Joins changes that only spaces and signs stand between: people read them as one."""
    last: _Block | None = None
    for block in blocks:
        if last is not None and last.is_changed and block.is_changed and not _WORD.search(block.same):
            last.removed += block.same + block.removed
            last.added += block.same + block.added
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _at_sentence_ends(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Where a sentence was added or removed before a full stop, marks its own full stop, not the one before it."""
    last: _Block | None = None
    for block in blocks:
        if last is not None and block.same[:1] in _SENTENCE_ENDS:
            stop = block.same[:1]
            for changed, other in (("added", "removed"), ("removed", "added")):
                text = getattr(last, changed)
                if text.startswith(stop) and not getattr(last, other):
                    last.same += stop
                    setattr(last, changed, text[1:] + stop)
                    block.same = block.same[1:]
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _runs(blocks: Iterator[_Block]) -> Iterator[Run]:
    for block in blocks:
        told = ((RunKind.SAME, block.same), (RunKind.REMOVED, block.removed), (RunKind.ADDED, block.added))
        yield from (Run(kind, text) for kind, text in told if text)


def _words(tokens: Sequence[str]) -> int:
    return sum(1 for token in tokens if _WORD.search(token))


def _cut(run: Run, *, is_first: bool, is_last: bool) -> Iterator[Run]:
    words = list(re.finditer(r"\S+\s*", run.text)) if run.kind is RunKind.SAME else []
    if len(words) <= 3 * _CONTEXT:
        yield run
        return
    head = 0 if is_first else words[_CONTEXT].start()
    tail = len(run.text) if is_last else words[-_CONTEXT].start()
    if head:
        yield Run(RunKind.SAME, run.text[:head])
    yield Run(RunKind.LEFT_OUT, run.text[head:tail])
    if tail < len(run.text):
        yield Run(RunKind.SAME, run.text[tail:])
