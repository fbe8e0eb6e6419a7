"""Bring IATI activities in as drafts."""

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
from agreements.intake.contents.results import ContentOutcome
from agreements.intake.iati.agreements import read_agreements
from agreements.intake.iati.choices import Choices
from agreements.vocabulary.kinds import AgreementKind, DateKind
from agreements.vocabulary.languages import LANGUAGES


class Command(BaseCommand):
    help = "Say what an IATI 2.01 to 2.03 activity file would add and change as drafts; --apply does it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the account that imports, as the audit trail names it")
        parser.add_argument("--kind", choices=AgreementKind.values, default=AgreementKind.OTHER.value)
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of texts that name none")
        parser.add_argument("--start", choices=DateKind.values, default=DateKind.IN_FORCE.value)
        parser.add_argument("--flat", action="store_true", help="each activity is an agreement of its own")
        parser.add_argument("--with-countries", action="store_true", help="recipient countries become places")
        parser.add_argument("--apply", action="store_true", help="write it; without this nothing is written")
        parser.add_argument("--good-only", action="store_true", help="write the others where one is refused")

    def handle(self, *args: Any, file: Path, by: str, **options: Any) -> None:
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account {by}.")
        choices = Choices(
            is_flat=options["flat"], kind=AgreementKind(options["kind"]), language=options["language"],
            start=DateKind(options["start"]), with_countries=options["with_countries"],
        )  # fmt: skip
        wishes = Wishes(good_ones_only=options["good_only"])
        try:
            with opened(file) as (stream, facts):
                found = read_agreements(stream, choices)
                report = bring_in(
                    found, facts, by=user, at=timezone.now(), wishes=wishes, is_dry=not options["apply"],
                    with_contents=False,
                )  # fmt: skip
        except (OSError, FileRefused) as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write("\n".join(lines_of(report)))
        if report.counts[ContentOutcome.REFUSED]:
            raise CommandError(f"{report.counts[ContentOutcome.REFUSED]} refused: see above.")
