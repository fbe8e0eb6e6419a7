"""Proves that everything the register published is as it was published."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agreements.editions.errors import Differs, EditionsError
from agreements.publishing.audit import Progress, run_audit
from agreements.summaries.errors import SummariesError


class Command(BaseCommand):
    help = "Check hashes, chain, tree, checkpoints, files, search rows and seals; exit 1 with the first difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--render", action="store_true", help="lay every sealed PDF out again and compare")
        parser.add_argument("--resume", action="store_true", help="go on where an interrupted audit left off")
        parser.add_argument(
            "--state", type=Path, help="the file that keeps how far it is; audit.json in the data folder"
        )
        parser.add_argument(
            "--checkpoint", type=Path, help="a file with a checkpoint kept elsewhere: finds a log whose end was cut off"
        )

    def handle(
        self,
        *args: Any,
        render: bool = False,
        resume: bool = False,
        state: Path | None = None,
        checkpoint: Path | None = None,
        **options: Any,
    ) -> None:
        file = state or Path(settings.DATA_DIR, "audit.json")
        progress = Progress.read(file) if resume else Progress(file)
        try:
            kept = checkpoint.read_text(encoding="utf-8") if checkpoint else ""
            run_audit(progress=progress, say=self.stdout.write, render=render, kept=kept)
        except Differs as difference:
            raise CommandError(f"{difference}") from difference
        except (EditionsError, SummariesError, OSError, ValueError) as error:
            raise CommandError(f"The audit could not go on: {error}") from error
        self.stdout.write("Everything is as it was published.")
