"""What a copy says about itself: where to begin, how to check it, and what it is, for people and for programs."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from agreements.editions.models import LogEntry
from agreements.opendata.bundle.progress import Written
from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad

MANIFEST: Final = "manifest-sha256.txt"
ABOUT: Final = "about-this-copy.json"
HOW_TO_VERIFY: Final = "how-to-verify.txt"


def start_page(head: LogEntry | None, *, at: datetime) -> str:
    """The page that a copy begins with, in all languages."""
    return _in_each("start_part", "opendata/start.html", head, at)


def how_to_verify(head: LogEntry | None, *, at: datetime) -> str:
    """The same as plain text, with each step of a check."""
    return _in_each("how_to_verify_part", "opendata/how_to_verify.txt", head, at)


def _in_each(part: str, whole: str, head: LogEntry | None, at: datetime) -> str:
    suffix = whole.rpartition(".")[2]
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            text = render_to_string(f"opendata/_{part}.{suffix}", _facts(head, at))
            parts.append({"language": language, "direction": DIRECTIONS[language], "text": text})
    with translation.override("en"):
        return render_to_string(whole, {"parts": parts})


def _facts(head: LogEntry | None, at: datetime) -> dict[str, Any]:
    return {
        "head": head,
        "day": day_in_baghdad(at),
        "portal": settings.PUBLIC_ORIGIN,
        "licence": settings.DATA_LICENCE_NAME,
        "licence_url": settings.DATA_LICENCE_URL,
        "folder": "./",
        "how_to_verify": HOW_TO_VERIFY,
        "manifest": MANIFEST,
        "about": ABOUT,
    }


def manifest_lines(files: Iterator[Written]) -> Iterator[bytes]:
    """The manifest as ``sha256sum --check`` reads it."""
    return (f"{one.sha256}  {one.file}\n".encode("ascii") for one in files)


def files_in_manifest(lines: Iterator[str]) -> Iterator[str]:
    """The files that a manifest names."""
    return (name for line in lines if (name := line.rstrip("\n").partition("  ")[2]))


def about_copy(head: LogEntry | None, *, at: datetime, manifest: Written, files: int, size_bytes: int) -> str:
    """What the copy is, for programs; the only file besides the manifest that the manifest does not name."""
    return json.dumps(
        {
            "portal": settings.PUBLIC_ORIGIN,
            "copied_on": day_in_baghdad(at).isoformat(),
            "log_head": {"sequence": head.sequence, "entry_hash": head.entry_hash} if head else None,
            "licence": {"name": settings.DATA_LICENCE_NAME, "url": settings.DATA_LICENCE_URL or None}
            if settings.DATA_LICENCE_NAME
            else None,
            "files": files,
            "size_bytes": size_bytes,
            "manifest": {"file": manifest.file, "sha256": manifest.sha256},
        },
        indent=2,
    )
