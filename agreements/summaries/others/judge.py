"""What a file is that a party sends as its seal: over which file of ours, by whom; or why it is not kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from agreements.summaries.others.examine import Asked, Examined, Form, examine_apart
from agreements.summaries.others.given_out import GivenOut, given_out, given_out_of_others
from agreements.summaries.others.roots import party_roots
from agreements.summaries.others.signatures import Signature
from agreements.vocabulary.kinds import SealForm
from moc_portal.apart import Unreadable

MAX_BYTES: Final = 20 * 1024 * 1024

_PDF: Final = b"%PDF-"
_ARMOURED: Final = b"-----BEGIN "
_SEQUENCE: Final = b"\x30"
"""How DER begins."""

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"RIFF", b"BM")


class Unfit(Enum):
    """Why a file is not kept, besides the faults of its signatures; a face has the sentences."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PICTURE = "picture"
    NOT_A_SEAL = "not_a_seal"
    NOT_OURS = "not_ours"
    OTHER_EDITION = "other_edition"
    JUST_AS_IT_WAS = "just_as_it_was"
    REGISTERS_OWN = "registers_own"
    ON_SEALED = "on_sealed"
    DAMAGED = "damaged"
    SENT_BEFORE = "sent_before"


class SealRefused(Exception):
    """A file that is not kept. ``why`` is the value of an ``Unfit`` or of a ``Fault`` of its signatures.

    ``edition_number`` is that of the edition that it is of instead, where that is the reason.
    """

    def __init__(self, why: str, *, edition_number: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.edition_number = edition_number


@dataclass(frozen=True)
class Judged:
    """A seal that holds, and the file of ours that it is over."""

    form: SealForm
    over: GivenOut
    signatures: tuple[Signature, ...]


def judge_seal(data: bytes, *, register_number: str, edition_number: int, at: datetime) -> Judged:
    """Look at what came, in a process apart as far as it is not ours.

    Args:
        at: the moment at which certificates must be valid.

    Raises:
        SealRefused: it is not what may be kept as a seal of this edition.
    """
    if not data:
        raise SealRefused(Unfit.EMPTY.value)
    if len(data) > MAX_BYTES:
        raise SealRefused(Unfit.TOO_LARGE.value)
    if data.startswith(_PDF):
        return _judge_pdf(data, register_number, edition_number, at)
    if data.startswith(_PICTURES):
        raise SealRefused(Unfit.PICTURE.value)
    is_text = data.lstrip()[:20].startswith(_ARMOURED)
    if not (is_text or data.startswith(_SEQUENCE)):
        raise SealRefused(Unfit.NOT_A_SEAL.value)
    given = list(given_out(register_number, edition_number))
    found = _examined(Asked(Form.BESIDE, data, tuple(one.content for one in given), party_roots(), at))
    return Judged(SealForm.PEM if is_text else SealForm.DER, given[found.over], found.signatures)


def _judge_pdf(data: bytes, register_number: str, edition_number: int, at: datetime) -> Judged:
    given = list(given_out(register_number, edition_number))
    for one in given:
        if data == one.content:
            raise SealRefused((Unfit.REGISTERS_OWN if one.is_sealed else Unfit.JUST_AS_IT_WAS).value)
        if one.is_sealed and data.startswith(one.content):
            raise SealRefused(Unfit.ON_SEALED.value)
    over = next((one for one in given if not one.is_sealed and data.startswith(one.content)), None)
    if over is None:
        for other in given_out_of_others(register_number, edition_number):
            if data.startswith(other.content):
                raise SealRefused(Unfit.OTHER_EDITION.value, edition_number=other.summary.edition_number)
        raise SealRefused(Unfit.NOT_OURS.value)
    found = _examined(Asked(Form.INSIDE, data, (over.content,), party_roots(), at))
    return Judged(SealForm.PDF, over, found.signatures)


def _examined(asked: Asked) -> Examined:
    try:
        found = examine_apart(asked)
    except Unreadable as error:
        raise SealRefused(Unfit.DAMAGED.value) from error
    if found.fault:
        raise SealRefused(found.fault)
    return found
