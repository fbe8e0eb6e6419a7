"""Whole IATI 2.03 files: one edition's, and the register's while it is read."""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from lxml import etree

from agreements.formats.citation import permanent_address
from agreements.formats.iati import codes
from agreements.formats.iati.activities import iati_activities
from agreements.formats.iati.elements import plain
from agreements.formats.iati.subject import Subject

MEDIA_TYPE: Final = "application/xml"
_PIECE_BYTES: Final = 65_536


def iati_xml(subject: Subject) -> bytes:
    """An edition as an IATI file, UTF-8. The same subject gives the same bytes.

    A comment at the beginning names the edition, its hash, the licence, and the day that statuses are of.
    """
    edition = subject.edition
    root = etree.Element("iati-activities", version=codes.VERSION)
    root.append(
        etree.Comment(
            _comment(
                f"{edition.register_number}, edition {edition.number}, published {_moment(edition.published_at)}.",
                f"{permanent_address(edition, origin=subject.origin)}, SHA-256 of the edition: {edition.content_hash}.",
                *_common(subject.as_of, subject.licence),
            )
        )
    )
    root.extend(iati_activities(subject))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def register_iati(
    subjects: Iterable[Subject], *, origin: str, at: datetime, as_of: date, licence: str
) -> Iterator[bytes]:
    """All agreements as one IATI file, in pieces of about 64 KB; none of it is kept once it is given.

    Args:
        at: the moment that the file is made at, aware.
        as_of: the day in Baghdad that statuses are of.
    """
    buffer = io.BytesIO()
    moment = _moment(at)
    with etree.xmlfile(buffer, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("iati-activities", {"version": codes.VERSION, "generated-datetime": moment}):
            lines = (f"The current editions of the register at {origin}, {moment}.", *_common(as_of, licence))
            file.write("\n", etree.Comment(_comment(*lines)), "\n")
            for subject in subjects:
                for activity in iati_activities(subject):
                    file.write(activity, pretty_print=True)
                if buffer.tell() >= _PIECE_BYTES:
                    yield from _taken(file, buffer)
    yield buffer.getvalue()


def _taken(file: "etree._IncrementalFileWriter", buffer: io.BytesIO) -> Iterator[bytes]:
    """What was written since; the buffer is empty afterwards."""
    file.flush()
    yield buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()


def _common(as_of: date, licence: str) -> tuple[str, ...]:
    return (
        f"Statuses are those of {as_of.isoformat()} in Baghdad.",
        f"Licence: {licence}" if licence else "The operator has declared no licence.",
    )


def _comment(*lines: str) -> str:
    """A comment may not contain two hyphens in a row (XML 1.0, 2.5)."""
    return plain("\n  " + "\n  ".join(lines) + "\n").replace("--", "- -").replace("--", "- -")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
