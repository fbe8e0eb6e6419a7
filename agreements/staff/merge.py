"""Two versions of one page of the admin: what each changed, and one version made of both.

Three states are compared, each as a browser would send it: what was ``seen`` when the page was
opened, what is sent as ``mine``, and what is there ``now``. Rows of parts go by their identifier,
because others may have added and removed some.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from agreements.staff.sent import Sent

_ROW: Final = re.compile(r"(?P<prefix>[a-z_]+)-(?P<index>\d+)-(?P<field>\w+)", re.ASCII)
_MANAGEMENT: Final = re.compile(r"[a-z_]+-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS", re.ASCII)

REMOVED: Final = "DELETE"
"""The field that says whether a row is removed; also the one that stands for a whole row."""

Row = dict[str, list[str]]


@dataclass(frozen=True)
class Input:
    """One input of the page: a field of the agreement itself, or of a row of its parts."""

    prefix: str
    row_id: str
    field: str

    @property
    def name(self) -> str:
        """A name that stays the same when rows move."""
        return f"{self.prefix}:{self.row_id}:{self.field}" if self.prefix else self.field


@dataclass(frozen=True)
class Difference:
    """An input that others changed, with their value and mine; ``both`` where I changed it too."""

    where: Input
    mine: list[str]
    theirs: list[str]
    both: bool


@dataclass(frozen=True)
class Page:
    """One state of the page, by what its values belong to."""

    fields: Row
    rows: dict[str, dict[str, Row]]
    new_rows: dict[str, list[Row]]

    @classmethod
    def of(cls, *parts: Sent) -> "Page":
        """The values by input, without what is of the form and not of the record.

        A page may come in parts, because rows can be loaded one by one; places are a part's own matter.
        """
        fields: Row = {}
        kept: dict[str, dict[str, Row]] = {}
        new: dict[str, list[Row]] = {}
        for sent in parts:
            own, indexed = _by_place(sent)
            fields |= own
            for prefix, rows in indexed.items():
                for _index, row in sorted(rows.items()):
                    if "id" in row:
                        kept.setdefault(prefix, {})[row["id"][0]] = row
                    else:
                        new.setdefault(prefix, []).append(row)
        return cls(fields, kept, new)


def differences(seen: Page, mine: Page, now: Page) -> tuple[Difference, ...]:
    """What others changed of the page since it was seen, as far as saving mine would undo it."""
    return tuple(_differences(seen, mine, now))


def merged(mine: Page, now: Page, chosen: Mapping[str, Difference], *, is_mine: Callable[[Difference], bool]) -> Sent:
    """The page to save: mine, except where theirs was chosen.

    Rows that others added are not in it, so that saving leaves them alone.

    Args:
        chosen: the differences, by the names of their inputs.
    """
    fields = _choose(mine.fields, "", "", chosen, is_mine)
    sent = dict(fields)
    for prefix in {*mine.rows, *mine.new_rows}:
        there = now.rows.get(prefix, {})
        kept, added = [], list(mine.new_rows.get(prefix, []))
        for row_id, row in mine.rows.get(prefix, {}).items():
            if row_id in there:
                kept.append(_choose(row, prefix, row_id, chosen, is_mine))
            elif (gone := chosen.get(Input(prefix, row_id, REMOVED).name)) is not None and is_mine(gone):
                added.append({name: values for name, values in row.items() if name not in ("id", REMOVED)})
        sent[f"{prefix}-INITIAL_FORMS"] = [str(len(kept))]
        sent[f"{prefix}-TOTAL_FORMS"] = [str(len(kept) + len(added))]
        for index, row in enumerate((*kept, *added)):
            sent |= {f"{prefix}-{index}-{field}": values for field, values in row.items()}
    return sent


def _by_place(sent: Sent) -> tuple[Row, dict[str, dict[int, Row]]]:
    """The agreement's own values, and those of rows by their place."""
    fields: Row = {}
    indexed: dict[str, dict[int, Row]] = {}
    for name, values in sent.items():
        if name.startswith("_") or name == "csrfmiddlewaretoken" or _MANAGEMENT.fullmatch(name):
            continue
        match = _ROW.fullmatch(name)
        if match:
            indexed.setdefault(match["prefix"], {}).setdefault(int(match["index"]), {})[match["field"]] = values
        elif "-__prefix__-" not in name:
            fields[name] = values
    return fields, indexed


def _differences(seen: Page, mine: Page, now: Page) -> Iterator[Difference]:
    yield from _fields(seen.fields, mine.fields, now.fields, "", "")
    for prefix in {**mine.rows, **now.rows}:
        for row_id, row in mine.rows.get(prefix, {}).items():
            before = seen.rows.get(prefix, {}).get(row_id, {})
            there = now.rows.get(prefix, {}).get(row_id)
            if there is not None:
                yield from _fields(before, row, there, prefix, row_id)
            elif REMOVED not in row and not _same_row(row, before):
                yield Difference(Input(prefix, row_id, REMOVED), mine=[], theirs=["on"], both=True)


def _fields(seen: Row, mine: Row, now: Row, prefix: str, row_id: str) -> Iterator[Difference]:
    for field in {**now, **mine, **seen}:  # in the order of the form
        before, own, theirs = (sorted(one.get(field, [])) for one in (seen, mine, now))
        if theirs in (before, own):
            continue
        where = Input(prefix, row_id, field)
        yield Difference(where, mine.get(field, []), now.get(field, []), both=own != before)
    if REMOVED in mine and not _same_row(seen, now):
        yield Difference(Input(prefix, row_id, REMOVED), mine=["on"], theirs=[], both=True)


def _same_row(one: Row, other: Row) -> bool:
    return all(sorted(one.get(field, [])) == sorted(other.get(field, [])) for field in {*one, *other} - {REMOVED})


def _choose(
    row: Row, prefix: str, row_id: str, chosen: Mapping[str, Difference], is_mine: Callable[[Difference], bool]
) -> Row:
    result = dict(row)
    for difference in chosen.values():
        where = difference.where
        if (where.prefix, where.row_id) != (prefix, row_id) or is_mine(difference):
            continue
        result[where.field] = difference.theirs
        if not difference.theirs:
            del result[where.field]
    return result
