"""Proves the whole published record, part by part, and can go on where it was interrupted."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from agreements.editions.checked import Checked
from agreements.editions.errors import Differs
from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import current_editions
from agreements.editions.verify_log import check_entries
from agreements.editions.verify_tree import verify_tree
from agreements.publishing.verify_documents import verify_kept_documents, verify_published_documents
from agreements.register.models.words_and_files import Document
from agreements.search.verify_index import verify_index
from agreements.summaries.models import Summary
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.verify_kept import verify_other_seals
from agreements.summaries.verify_stored import verify_renders, verify_seals

_SAVE_EVERY_S: Final = 2.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Part:
    """One part of the audit. One that does not go on begins anew each time: what comes after it leans on it."""

    name: str
    total: Callable[[], int]
    check: Callable[..., Iterator[Checked]]
    goes_on: bool = True


@dataclass
class Progress:
    """How far an audit is: the key of the last thing that held, by part. Kept in a file while it runs."""

    file: Path
    last: dict[str, int | str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "Progress":
        """Where an interrupted audit left off; the beginning where none did, or its file can't be read."""
        try:
            known = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls(file)
        return cls(file, known if isinstance(known, dict) else {})

    def save(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self.last), encoding="utf-8")
        new.replace(self.file)

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)


def run_audit(*, progress: Progress, say: Say, render: bool = False, kept: str = "") -> None:
    """Check everything, and say how it goes. The progress is forgotten where all holds, and kept where it does not.

    Args:
        render: also lay every stored PDF out again, which takes about half a second each.
        kept: a checkpoint that was kept elsewhere, as text.

    Raises:
        Differs: the first thing that is not as it was published.
        EditionsError, SummariesError: something that checking needs is not set up.
    """
    progress.save()  # what an earlier audit left is no longer true of this one
    try:
        for part in _parts(render=render, kept=kept):
            _run(part, progress, say)
    finally:
        progress.save()
    progress.forget()


def _parts(*, render: bool, kept: str) -> list[Part]:
    parts = [
        Part("editions and their chain", LogEntry.objects.count, _verify_chain, goes_on=False),
        Part("tree and checkpoints", LogEntry.objects.count, partial(verify_tree, kept=kept), goes_on=False),
        Part("published documents", Edition.objects.count, verify_published_documents),
        Part("documents of the working record", Document.objects.count, verify_kept_documents),
        Part("search and directories", lambda: current_editions().count(), verify_index),
        Part("sealed summaries", Summary.objects.count, verify_seals),
        Part("seals of other sides", OtherSeal.objects.count, verify_other_seals),
    ]
    return [*parts, Part("summaries laid out again", Summary.objects.count, verify_renders)] if render else parts


def _verify_chain() -> Iterator[Checked]:
    for report in check_entries():
        if report.broken is not None:
            broken = report.broken
            raise Differs(f"Entry {broken.sequence} of the log ({broken.register_number}): {broken.fault}.")
        yield Checked(report.entries)


def _run(part: Part, progress: Progress, say: Say) -> None:
    began = said = time.monotonic()
    last = progress.last.get(part.name) if part.goes_on else None
    arguments: dict[str, Any] = {} if last is None else {"after": last}
    total, done, remarks = part.total(), 0, Counter[str]()
    for checked in part.check(**arguments):
        done += 1
        remarks[checked.remark] += bool(checked.remark)
        if part.goes_on:
            progress.last[part.name] = checked.key
        if time.monotonic() - said >= _SAVE_EVERY_S:
            said = time.monotonic()
            progress.save()
            say(f"{part.name}: {done} of {total} …")
    behind = "" if last is None else f", behind {last}"
    noted = "".join(f"; {many} {remark}" for remark, many in remarks.items() if remark)
    say(f"{part.name}: {done} hold{behind}{noted} ({time.monotonic() - began:.1f} s)")
