"""Imports agreements from a spreadsheet, as the desk does."""

import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agreements.intake.check import check_import
from agreements.intake.delimited import ENCODINGS
from agreements.intake.errors import MappingInvalid, Unreadable
from agreements.intake.mapping import ColumnMapping
from agreements.intake.models import Decision, Import, ImportState, Outcome, SavedMapping
from agreements.intake.names import decide_rest
from agreements.intake.queue import apply, start_applying, start_checking
from agreements.intake.receive import choose_columns, look_again, receive_file
from agreements.intake.words import explain_unreadable, flaw_in_words

_SHOWN = 20


class Command(BaseCommand):
    help = "Check a spreadsheet (CSV, XLSX) of agreements, row by row; with --apply, write it into the register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", required=True, help="a mapping's file, or the name of a remembered one")
        parser.add_argument("--by", required=True, help="the account in whose name it is imported")
        parser.add_argument("--title", default="", help="what the file is called as a source; its name without")
        parser.add_argument("--sheet", default="", help="a workbook's sheet; the first without")
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="of a CSV file; found out without")
        parser.add_argument("--near-names-are-new", action="store_true", help="make organisations of them all")
        parser.add_argument("--apply", action="store_true", help="write it; without this, nothing is")
        parser.add_argument("--good-rows-only", action="store_true", help="leave out rows that are refused")

    def handle(self, *args: Any, file: Path, by: str, **options: Any) -> None:
        try:
            user = User.objects.get(username=by)
            one = self._check(file, user, options)
            if options["apply"]:
                one = self._apply(one, user, good_rows_only=options["good_rows_only"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account {by}.") from error
        except (OSError, MappingInvalid) as error:
            raise CommandError(f"This can't be read: {error}") from error
        except Unreadable as error:
            raise CommandError(explain_unreadable(error)) from error
        self._report(one)
        if one.counts.get(Outcome.REFUSED) and not options["good_rows_only"]:
            sys.exit(1)

    def _check(self, file: Path, user: User, options: dict[str, Any]) -> Import:
        mapping = _mapping(options["mapping"])
        now = timezone.now()
        with file.open("rb") as opened:
            one = receive_file(File(opened), name=file.name, by=user, at=now, title=options["title"])
        if options["sheet"] or options["encoding"]:
            look_again(one.pk, encoding=options["encoding"], sheet=options["sheet"], heading_row=mapping.heading_row)
        choose_columns(one.pk, mapping, remember=False, by=user, at=now)
        start_checking(one.pk)
        one = check_import(one.pk)
        if options["near_names_are_new"] and one.state == ImportState.CHECKED and decide_rest(one.pk):
            start_checking(one.pk)
            one = check_import(one.pk)
        _raise_flaw(one)
        return one

    def _apply(self, one: Import, user: User, *, good_rows_only: bool) -> Import:
        """As the worker does it, which lets go of the import where it can't be written."""
        start_applying(one.pk)
        apply.call(one.pk, user.pk, good_rows_only, "")
        one.refresh_from_db()
        _raise_flaw(one)
        if one.state != ImportState.APPLIED:
            refused = one.counts[Outcome.REFUSED]
            raise CommandError(
                f"Nothing is written, because {refused} rows are refused; --good-rows-only leaves them out."
            )
        return one

    def _report(self, one: Import) -> None:
        self.stdout.write(" ".join(f"{outcome}={one.counts.get(outcome, 0)}" for outcome in Outcome.values))
        for row in one.rows.filter(outcome=Outcome.REFUSED)[:_SHOWN]:
            for refusal in row.refusals:
                self.stdout.write(f"{refusal['place'] or row.number}: {refusal['texts']['en']}")
        for name in one.names.filter(decision=Decision.OPEN)[:_SHOWN]:
            near = ", ".join(str(proposal["name"]) for proposal in name.proposals)
            self.stdout.write(f"“{name.name}” is close to: {near}")


def _mapping(name: str) -> ColumnMapping:
    saved = SavedMapping.objects.filter(name=name).first()
    if saved is not None:
        return ColumnMapping.model_validate(saved.content)
    return ColumnMapping.from_json(Path(name).read_bytes())


def _raise_flaw(one: Import) -> None:
    if one.state == ImportState.FAILED:
        raise CommandError(flaw_in_words(one.flaw["code"], one.flaw["details"]))
