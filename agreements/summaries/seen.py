"""What was seen in a file: plain data, which a process of its own hands over as JSON."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Revocation(StrEnum):
    """What the material inside a file says of whether the sealing certificate was revoked."""

    GOOD = "good"
    REVOKED = "revoked"
    UNCHECKED = "unchecked"


class Change(StrEnum):
    """What was added to a file, or replaced in it, after it was sealed."""

    MATERIAL = "material"
    TIMESTAMP = "timestamp"
    PAGES = "pages"
    LOOKS = "looks"
    VIEW = "view"
    FORM = "form"
    ANNOTATIONS = "annotations"
    ATTACHMENTS = "attachments"
    METADATA = "metadata"
    ACTIONS = "actions"
    SIGNATURE = "signature"
    REMOVED = "removed"
    BYTES = "bytes"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Certificate:
    """A certificate as people compare them; the serial number and the fingerprint are hexadecimal."""

    subject: str
    issuer: str
    serial: str
    sha256: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True)
class Stamp:
    """A time that an authority signed. ``holds``: over exactly these bytes; ``trusted``: by an authority we know."""

    at: datetime
    authority: Certificate
    holds: bool
    trusted: bool


@dataclass(frozen=True)
class Revision:
    """A part of the file that was appended after the seal, counted from 1 for the first of them."""

    number: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Seal:
    """What the first seal of a file says, checked against the trusted roots and with nothing but what lies in the file.

    ``holds``: what it covers is as it was sealed. ``trusted``: its certificate leads to a trusted root, and was valid
    at the moment that is proven, else now. ``was_trusted``: the same at the moment that the seal itself states.
    ``covers_all``: nothing was added since but material and timestamps for the long term.
    ``sealed_at`` is the timestamp authority's time where there is one, else the sealer's own.
    ``chain`` begins with the sealing certificate. ``content_sha256`` is that of the JSON file that is attached to
    what was sealed, empty without one; ``proof`` is the attached proof of its place in the log.
    """

    field: str
    holds: bool
    trusted: bool
    was_trusted: bool
    covers_all: bool
    sealed_by: str
    sealed_at: datetime | None
    chain: tuple[Certificate, ...]
    algorithm: str
    level: str
    stamp: Stamp | None
    archive_stamps: tuple[Stamp, ...]
    revocation: Revocation
    revoked_at: datetime | None
    material: tuple[int, int]
    """How many OCSP answers and CRLs the file carries."""
    checked_as_of: datetime
    """The moment that the certificate was checked for: the proven one, else that of the check."""
    seals: int
    revisions: tuple[Revision, ...]
    more_revisions: int
    content_sha256: str
    proof: str


@dataclass(frozen=True)
class Seen:
    """What a readable PDF is; ``seal`` is ``None`` for one without, or one that can't be opened."""

    encrypted: bool = False
    seal: Seal | None = None
