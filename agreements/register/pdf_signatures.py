"""Electronic signatures inside a PDF: whose, when, and whether what each covers is as it was signed.

Who issued a certificate is told and not checked: anybody can make one with any name in it.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from agreements.vocabulary.files import SignatureClock, SignatureState
from agreements.vocabulary.texts import DIRECTION_MARKS, LINE_BREAKS, UNSEEN

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_SIGNATURES: Final = 20
"""More than any agreement has; the rest is not read."""

_MOST_SECONDS: Final = 3.0
"""Of computing time, after which further signatures are only named: the process has five."""

_LONGEST: Final = 200
_UNSEEN: Final = re.compile(rf"[\x00\u200c\u200d{LINE_BREAKS}{DIRECTION_MARKS}{UNSEEN}]+")


@dataclass(frozen=True)
class Signature:
    """One signature, by names as the content contract has them.

    ``signed_at`` is in ISO 8601 and UTC. ``was_valid``: whether that moment lies within the certificate's own dates.
    """

    state: str = SignatureState.UNKNOWN.value
    signer: str | None = None
    organization: str | None = None
    signed_at: str | None = None
    clock: str | None = None
    issuer: str | None = None
    was_valid: bool | None = None


def read_signatures(reader: "PdfFileReader") -> tuple[Signature, ...]:
    """The signatures of a readable PDF in the order they were made, without timestamps that stand alone.

    Raises:
        Exception: whatever the parser trips over before it comes to a signature.
    """
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415  # slow to load, and only needed here

    until = time.process_time() + _MOST_SECONDS
    fields = islice(enumerate_sig_fields(reader, filled_status=True), MOST_SIGNATURES)
    signed = [(name, field) for name, value, field in fields if value.get_object().get("/Type") != "/DocTimeStamp"]
    return tuple(
        one for _revision, one in sorted((_read(reader, *one, until=until) for one in signed), key=lambda read: read[0])
    )


def _read(reader: "PdfFileReader", name: str, field: Any, *, until: float) -> tuple[int, Signature]:
    """The revision that was signed, and the signature; of one that can't be checked, what it says."""
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415  # as above
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    revision, said = 0, Signature()
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        revision = embedded.signed_revision
        certificate = embedded.signer_cert
        said = Signature(**_names(certificate))
        if time.process_time() > until:
            return revision, said
        trust = ValidationContext(trust_roots=[], allow_fetching=False)
        status = validate_pdf_signature(embedded, signer_validation_context=trust)
        moment, clock = _moment(status)
        return revision, replace(
            said,
            state=_state(status).value,
            signed_at=moment.astimezone(UTC).isoformat() if moment else None,
            clock=clock.value if clock else None,
            was_valid=certificate.not_valid_before <= moment <= certificate.not_valid_after if moment else None,
        )
    except Exception:  # noqa: BLE001  # a stranger's bytes, or a method that is no longer trusted: no more is promised
        return revision, said


def _state(status: Any) -> SignatureState:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415

    if not (status.intact and status.valid):
        return SignatureState.CHANGED
    level = status.modification_level
    if level is None:  # added to in a way that could not be looked at
        return SignatureState.UNKNOWN
    if level <= ModificationLevel.LTA_UPDATES:
        return SignatureState.INTACT
    if level <= ModificationLevel.ANNOTATIONS and status.docmdp_ok:
        return SignatureState.ADDED_TO
    return SignatureState.CHANGED


def _moment(status: Any) -> tuple[datetime | None, SignatureClock | None]:
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid:
        return stamp.timestamp, SignatureClock.AUTHORITY
    said = status.signer_reported_dt
    if said is None:
        return None, None
    return (said if said.tzinfo else said.replace(tzinfo=UTC)), SignatureClock.SIGNER


def _names(certificate: Any) -> dict[str, Any]:
    issuer = dict(_parts(certificate.issuer))
    subject = dict(_parts(certificate.subject))
    return {
        "signer": subject.get("common_name") or subject.get("email_address") or subject.get("organization_name"),
        "organization": subject.get("organization_name"),
        "issuer": issuer.get("common_name") or issuer.get("organization_name"),
    }


def _parts(name: Any) -> Iterator[tuple[str, str]]:
    """The parts of a certificate's name, without what can't be seen or would turn the text around it."""
    for of_all in name.chosen:
        for one in of_all:
            text = " ".join(_UNSEEN.sub(" ", str(one["value"].native)).split())[:_LONGEST].strip()
            if text:
                yield str(one["type"].native), text


def signatures_in_words(stored: list[dict[str, Any]]) -> str:
    """The signatures as the database keeps them, each by its signer and state, in the active language."""
    return " · ".join(f"{one['signer'] or '–'}: {SignatureState(one['state']).label}" for one in stored)
