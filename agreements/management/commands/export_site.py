"""Writes the whole public record as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agreements.opendata.bundle.errors import CopyRefused
from agreements.opendata.bundle.export import export_site


class Command(BaseCommand):
    help = "Write the whole public record to a folder, for any web server or a USB stick; goes on where it was stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, a new one, or that of an earlier copy")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            copied = export_site(folder, at=timezone.now(), say=lambda text: self.stdout.write(f"    {text}"))
        except CopyRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt as stopped:
            raise CommandError("Stopped. Run it again: it goes on where it was.") from stopped
        self.stdout.write(
            f"The copy in {folder} is whole: {copied.files} files, {copied.size_bytes / 1_000_000:.1f} MB; "
            f"{copied.removed} files of an earlier copy were removed."
        )
