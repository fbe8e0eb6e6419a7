"""The worked example in the documentation.

It is written anew by ``manage.py shell -c "from tests.formats.iati_example import *; path().write_bytes(example())"``.
"""

from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.models import Edition
from agreements.formats.iati.file import iati_xml
from agreements.formats.iati.subject import Reporter, Subject
from tests.conftest import NOON
from tests.editions.contents import shipped

ORIGIN: Final = "https://register.example"


def example() -> bytes:
    """The shipped record's first edition, as a portal without an identifier of its own reports it."""
    canonical = canonical_bytes(shipped())
    edition = Edition(
        register_number=shipped().register_number,
        number=1,
        canonical=canonical,
        content_hash=content_hash(canonical),
        published_at=NOON,
    )
    reporter = Reporter(ref="register.example", name="MOC Portal", type="90")
    return iati_xml(Subject(edition, as_of=date(2026, 11, 23), reporter=reporter, origin=ORIGIN))


def path() -> Path:
    return Path(settings.BASE_DIR, "docs", "iati-example.xml")
