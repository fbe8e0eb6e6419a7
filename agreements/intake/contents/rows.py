"""Brings rows in line with parts: those that are the same part are changed, others added or taken away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import capfirst

from agreements.editions.content import Part
from agreements.editions.matching import matched
from agreements.intake.contents.tidy import hold_to_rules, in_words

_SAYS_NOTHING = ("", None, "not_stated")


@dataclass(frozen=True)
class Rows:
    """The rows of one list as they stand, each beside the part that it is in the record's content."""

    model: type[Model]
    owner: Mapping[str, Any]
    there: Sequence[Any]
    parts: Sequence[Part]

    def follow(self, wanted: Sequence[Part], columns: Callable[[Any], dict[str, Any]], *, is_whole: bool) -> list[Any]:
        """Make the rows say what ``wanted`` says; the rows, in the order of ``wanted``.

        Args:
            is_whole: whether rows that ``wanted`` lacks go, and columns that it leaves empty are emptied. Without
                it the file adds and overwrites, and takes nothing away.

        Raises:
            IntakeRefused: a row that the register would not take.
        """
        pairs = {place: self.there[one] for one, place in matched(self.parts, wanted)}
        if is_whole:
            kept = {row.pk for row in pairs.values()}
            self._remove([row for row in self.there if row.pk not in kept])
        last = max((getattr(row, "position", 0) for row in self.there), default=0)
        found: list[Any] = []
        new: list[Any] = []
        for place, part in enumerate(wanted):
            row = pairs.get(place)
            position = place + 1 if is_whole else last + len(new) + 1
            if row is None:
                row = self.model(**self.owner, **columns(part), **self._position(position))
                hold_to_rules(row, self._name(place))
                new.append(row)
            else:
                change_row(
                    row, columns(part) | (self._position(position) if is_whole else {}), self._name(place), is_whole
                )
            found.append(row)
        self._add(new)
        return found

    def _position(self, position: int) -> dict[str, int]:
        return {"position": position} if any(one.name == "position" for one in self.model._meta.fields) else {}

    def _name(self, place: int) -> str:
        return f"{capfirst(str(self.model._meta.verbose_name))} {place + 1}"

    def _remove(self, rows: Sequence[Any]) -> None:
        if rows:
            self.model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()

    def _add(self, rows: list[Any]) -> None:
        if rows:
            with database_refusals(self.model, capfirst(str(self.model._meta.verbose_name_plural))):
                self.model._default_manager.bulk_create(rows)


def change_row(row: Any, columns: Mapping[str, Any], place: str, is_whole: bool) -> bool:  # of two kinds
    """Give a row these columns and save it where that changes anything; whether it did.

    Without ``is_whole``, columns that say nothing leave what stands there.

    Raises:
        IntakeRefused: the register would not take it.
    """
    before = {name: getattr(row, name) for name in columns}
    for name, value in columns.items():
        if is_whole or value not in _SAYS_NOTHING:
            setattr(row, name, value)
    hold_to_rules(row, place)
    changed = [name for name, value in before.items() if getattr(row, name) != value]
    if changed:
        with database_refusals(type(row), place):
            row.save(update_fields=changed)
    return bool(changed)


@contextmanager
def database_refusals(model: type[Model], place: str) -> Iterator[None]:
    """A savepoint in which what the database refuses is said in the rule's words.

    Raises:
        IntakeRefused: a constraint was broken.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise in_words(error, model, place) from error
