"""Runs background jobs until it is told to stop."""

import os
import socket
from typing import Any

from django.core.management.base import BaseCommand

from moc_portal.worker import Worker


class Command(BaseCommand):
    help = "Run background jobs (sealing summaries) until SIGTERM; several workers may run side by side."

    def handle(self, *args: Any, **options: Any) -> None:
        Worker(f"{socket.gethostname()[:40]}-{os.getpid()}").run()
