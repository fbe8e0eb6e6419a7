"""Bring editions of another portal in as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.intake.contents.bring_in import Wishes, bring_in
from agreements.intake.contents.errors import FileRefused
from agreements.intake.contents.open import opened
from agreements.intake.contents.printed import lines_of
from agreements.intake.contents.read import From, read_editions
from agreements.intake.contents.results import ContentOutcome


class Command(BaseCommand):
    help = "Say what editions (JSON, JSON Lines, or a sealed PDF) would add and change as drafts; --apply does it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, help="the account that imports, as the audit trail names it")
        parser.add_argument("--from", dest="origin", default="", help="an address of the portal that they are from")
        parser.add_argument("--apply", action="store_true", help="write it; without this nothing is written")
        parser.add_argument("--good-only", action="store_true", help="write the others where one is refused")
        parser.add_argument("--same-numbers", action="store_true", help="a number that is taken here is the same one")

    def handle(self, *args: Any, files: list[Path], by: str, **options: Any) -> None:
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account {by}.")
        wishes = Wishes(good_ones_only=options["good_only"], same_numbers=options["same_numbers"])
        refused = 0
        for path in files:
            try:
                with opened(path) as (file, facts):
                    found = read_editions(file, From(options["origin"]))
                    report = bring_in(
                        found, facts, by=user, at=timezone.now(), wishes=wishes, is_dry=not options["apply"],
                        with_contents=False,
                    )  # fmt: skip
            except (OSError, FileRefused) as error:
                raise CommandError(f"{path}: {error}") from error
            self.stdout.write("\n".join(lines_of(report)))
            refused += report.counts[ContentOutcome.REFUSED]
        if refused:
            raise CommandError(f"{refused} refused: see above.")
