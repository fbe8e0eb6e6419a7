"""Static copies for tests: cheap PDFs that are there already, and a walk over every link."""

import hashlib
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urldefrag

import lxml.html
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from agreements.editions.models import Edition
from agreements.summaries.models import Summary
from agreements.vocabulary.languages import LANGUAGES
from tests.rich import TWO_PAGES


def sealed_already(edition: Edition, *, at: datetime) -> None:
    """Summaries that were made before, so that a copy has to make none."""
    for language in LANGUAGES:
        sealed = TWO_PAGES + f"% {edition.register_number} {edition.number} {language}".encode()
        row = Summary(
            register_number=edition.register_number, edition_number=edition.number, language=language, level="B-B",
            sha256=hashlib.sha256(sealed).hexdigest(), size_bytes=len(sealed), sealed_at=at,
        )  # fmt: skip
        if not default_storage.exists(row.path):
            default_storage.save(row.path, ContentFile(sealed))
        row.save(force_insert=True)


def files_in(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}


def broken_links(folder: Path) -> list[str]:
    """What leads to no file of the copy, to no place in one, or neither to the portal nor anywhere secure."""
    trees = {path.resolve(): lxml.html.fromstring(path.read_bytes()) for path in folder.rglob("*.html")}
    places = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    return [
        f"{path.relative_to(folder.resolve())}: {link}"
        for path, tree in trees.items()
        for _element, _attribute, link, _place in tree.iterlinks()
        if not _leads_somewhere(link, path, places, folder.resolve())
    ]


def _leads_somewhere(link: str, page: Path, places: dict[Path, set[str]], folder: Path) -> bool:
    if link.startswith((f"{settings.PUBLIC_ORIGIN}/", "https://", "mailto:")):
        return True
    name, place = urldefrag(link)
    file = (page.parent / unquote(name)).resolve() if name else page
    is_there = file.is_file() and file.is_relative_to(folder)
    return is_there and (not place or file not in places or place in places[file])
