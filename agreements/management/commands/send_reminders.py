"""Writes today's reminders now, without waiting for the worker's hour."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agreements.reminders.digest import make_digests, news_waiting


class Command(BaseCommand):
    help = "Write today's digests of key dates and new reports, and queue their e-mails; at most one a person and day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be told of what; write nothing")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        at = timezone.now()
        if dry_run:
            for person, news in news_waiting(at=at).items():
                counts = f"{len(news.reminders)} key dates, {len(news.reports)} reports"
                self.stdout.write(f"{person.get_username()}: {counts}")
                for due in (one.due for one in news.reminders):
                    self.stdout.write(f"    {due.when.earliest} {due.kind.value} {due.register_number} {due.item}")
            return
        if not settings.REMINDS_BY_MAIL:
            raise CommandError("There is no mail server: set MOC_EMAIL_HOST and MOC_EMAIL_FROM.")
        made = make_digests(at=at)
        self.stdout.write(f"{len(made)} digests are queued; a worker sends them")
        if not settings.EMAIL_HOST:
            self.stdout.write(f"this is a development portal: mails are written to {settings.EMAIL_FILE_PATH}")
