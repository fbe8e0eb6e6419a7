"""Reads what somebody else signed, in a process of its own: a PDF that goes on from ours, or a detached signature.

Run as a program it takes one line of JSON on standard input, then the file, then the files that it may be over.
It knows no settings and no database, and says what it found in words for programs; a face has the sentences.
"""

import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from asn1crypto import x509

from agreements.summaries.others.detached import examine_detached
from agreements.summaries.others.signatures import Faulty, Signature, Trust
from agreements.summaries.others.signed_pdf import examine_signed_pdf
from moc_portal.apart import bound_this_process, run_apart

_HEAD_ENDS: Final = b"\n"
_MOMENTS: Final = frozenset({"not_before", "not_after", "signed_at"})


class Form(Enum):
    """How a signature comes: inside the PDF, or beside it."""

    INSIDE = "inside"
    BESIDE = "beside"


@dataclass(frozen=True)
class Asked:
    """What is to be looked at.

    Attributes:
        data: the file that came.
        given: the files it may be over: the one that it begins with, or all that it may be beside.
        roots: certificates of authorities that are known here, DER.
        at: the moment at which certificates must be valid.
    """

    form: Form
    data: bytes
    given: tuple[bytes, ...]
    roots: tuple[bytes, ...]
    at: datetime


@dataclass(frozen=True)
class Examined:
    """What was found: the signatures and the place of the file they are over, or what is wrong."""

    fault: str = ""
    over: int = 0
    signatures: tuple[Signature, ...] = ()


def examine_apart(asked: Asked) -> Examined:
    """Examine anybody's file in a process of its own, with bounds on its memory and time.

    Raises:
        Unreadable: the file is broken, or took more than the bounds allow.
    """
    return _from_json(run_apart(__name__, _packed(asked)))


def examine(asked: Asked) -> Examined:
    """The same in this process; only for files that were examined before.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    trust = Trust(tuple(x509.Certificate.load(der) for der in asked.roots), asked.at)
    try:
        if asked.form is Form.INSIDE:
            return Examined(signatures=examine_signed_pdf(asked.data, asked.given[0], trust))
        over, signature = examine_detached(asked.data, asked.given, trust)
    except Faulty as faulty:
        return Examined(fault=faulty.fault.value)
    return Examined(over=over, signatures=(signature,))


def main() -> None:
    """Examine standard input under the limits and print what was found; what the parsers raise goes up."""
    bound_this_process()
    print(json.dumps(asdict(examine(_unpacked(sys.stdin.buffer.read()))), default=datetime.isoformat))


def _packed(asked: Asked) -> bytes:
    head = {
        "form": asked.form.value,
        "sizes": [len(one) for one in (asked.data, *asked.given)],
        "roots": [base64.b64encode(der).decode() for der in asked.roots],
        "at": asked.at.isoformat(),
    }
    return b"".join([json.dumps(head).encode(), _HEAD_ENDS, asked.data, *asked.given])


def _unpacked(packed: bytes) -> Asked:
    line, _, rest = packed.partition(_HEAD_ENDS)
    head = json.loads(line)
    parts, start = [], 0
    for size in head["sizes"]:
        parts.append(rest[start : start + size])
        start += size
    return Asked(
        form=Form(head["form"]),
        data=parts[0],
        given=tuple(parts[1:]),
        roots=tuple(base64.b64decode(one) for one in head["roots"]),
        at=datetime.fromisoformat(head["at"]),
    )


def _from_json(printed: bytes) -> Examined:
    read = json.loads(printed)
    return Examined(read["fault"], read["over"], signatures_from(read["signatures"]))


def signatures_from(stored: Sequence[dict[str, Any]]) -> tuple[Signature, ...]:
    """Signatures as they were written in JSON."""
    return tuple(_signature_from(one) for one in stored)


def _signature_from(stored: dict[str, Any]) -> Signature:
    values: dict[str, Any] = {name: _moment(one) if name in _MOMENTS else one for name, one in stored.items()}
    return Signature(**values)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


if __name__ == "__main__":
    main()
