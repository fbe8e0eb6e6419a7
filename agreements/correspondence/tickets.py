"""A form's ticket: which edition it is about, good for one sending, and what tells a person from a program.

Nothing is kept until the form is sent, so that opening it costs the portal nothing: the ticket is signed, and
the code that the reader gets in exchange follows from it. Sent twice, it leads to one report.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.core import signing
from django.utils.crypto import salted_hmac

from agreements.correspondence.errors import TooLate, TooSoon
from agreements.vocabulary.codes import code_of, normalise

WORK_BITS: Final = 14
"""How hard the proof is that the form's script works out while a person writes: some 16,000 hashes."""

MIN_AGE_S: Final = 3
MIN_AGE_WITHOUT_WORK_S: Final = 20
"""Without the script a person pays in time what it would have paid in work."""

MAX_AGE_S: Final = 24 * 3600

CODE_LETTERS: Final = 20
"""100 bits, out of reach of guessing."""

_SALT: Final = "agreements.correspondence.tickets"
_NONCE_BYTES: Final = 16
_WORK: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class Ticket:
    """What a form was issued for. ``packed`` is how it travels through the form."""

    register_number: str
    edition_number: int
    issued_at: datetime
    nonce: str
    packed: str

    @property
    def code(self) -> str:
        """By which the reader comes back; only this portal can tell it from the ticket."""
        return code_of(salted_hmac(_SALT, self.nonce, algorithm="sha256").hexdigest(), letters=CODE_LETTERS)


def issue_ticket(register_number: str, edition_number: int, *, at: datetime) -> Ticket:
    nonce, second = secrets.token_urlsafe(_NONCE_BYTES), int(at.timestamp())
    packed = signing.dumps([register_number, edition_number, second, nonce], salt=_SALT)
    return Ticket(register_number, edition_number, datetime.fromtimestamp(second, UTC), nonce, packed)


def read_ticket(packed: str, *, register_number: str) -> Ticket | None:
    """``None`` for what this portal did not sign, or signed for another agreement."""
    try:
        number, edition, second, nonce = signing.loads(packed, salt=_SALT)
    except signing.BadSignature:
        return None
    if number != register_number:
        return None
    return Ticket(number, edition, datetime.fromtimestamp(second, UTC), nonce, packed)


def check_ticket(ticket: Ticket, *, work: str, at: datetime) -> bool:
    """Whether the form's script has proved its work; without that a person has to have taken more time.

    Raises:
        TooSoon: sent sooner than that.
        TooLate: opened more than a day ago.
    """
    age_s = (at - ticket.issued_at).total_seconds()
    is_proved = is_worked(ticket.packed, work)
    least_s = MIN_AGE_S if is_proved else MIN_AGE_WITHOUT_WORK_S
    if age_s < least_s:
        raise TooSoon(max(1, round(least_s - age_s)))
    if age_s > MAX_AGE_S:
        raise TooLate
    return is_proved


def is_worked(packed: str, work: str) -> bool:
    """Whether the SHA-256 of the ticket and this number begins with so many zero bits."""
    if not _WORK.fullmatch(work):
        return False
    digest = hashlib.sha256(f"{packed}:{work}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - WORK_BITS) == 0


def code_meant(typed: str) -> str | None:
    """The code that somebody typed, in whatever case and spacing; ``None`` when it can't be one."""
    return normalise(typed, letters=CODE_LETTERS)
