"""Brings the search index in step with the published record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agreements.search.mentions import note_missing_mentions
from agreements.search.rebuild import rebuild_all, rebuild_missing


class Command(BaseCommand):
    help = "Index published agreements that the search lacks or has in an older edition; with --all, all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everything", help="make the whole index again")

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        done = rebuild_all() if everything else rebuild_missing()
        noted = note_missing_mentions(everything=everything)
        self.stdout.write(f"{done.indexed} agreements indexed, {done.removed} removed, {noted} noted in directories")
