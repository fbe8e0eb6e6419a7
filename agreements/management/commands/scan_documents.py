"""Have the virus scanner look at the documents."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.register.models.words_and_files import Document
from agreements.register.scans import scan_documents
from agreements.register.virus_scan import is_scanner_set
from agreements.vocabulary.kinds import ScanResult


class Command(BaseCommand):
    help = "Scan documents that never were; with --all every one, as after the scanner has learned of new malware."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that were found clean or infected before")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_scanner_set():
            raise CommandError("No scanner is set up: set MOC_CLAMD, such as unix:/run/clamav/clamd.ctl.")
        asked = Document.objects.all()
        if not options["all"]:
            asked = asked.filter(scan_result=ScanResult.NOT_SCANNED)
        expected = asked.count()
        looked_at = scan_documents(asked, at=timezone.now())
        infected = Document.objects.filter(scan_result=ScanResult.INFECTED)
        for document in infected.select_related("agreement"):
            self.stdout.write(f"infected: {document.agreement.register_number} {document} {document.scan_found}")
        self.stdout.write(f"{looked_at} of {expected} scanned, {infected.count()} infected in all")
        if looked_at < expected or infected.exists():
            raise CommandError("Not all is clean: see above and the log.")
