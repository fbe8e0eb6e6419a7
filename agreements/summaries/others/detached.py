"""Judges a signature that comes beside the file: CMS, as ``openssl cms -sign`` makes it. Knows no database."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from asn1crypto import cms, pem
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.errors import SignatureValidationError

from agreements.summaries.others.signatures import (
    ANY_SIGNING_KEY,
    Fault,
    Faulty,
    Signature,
    Trust,
    signature_of,
)

_ARMOURED: Final = b"-----BEGIN "


def examine_detached(data: bytes, given: Sequence[bytes], trust: Trust) -> tuple[int, Signature]:
    """Which of these files the signature is over, and what it says.

    Args:
        data: DER or PEM.

    Raises:
        Faulty: it is no such signature, or over none of them.
        Exception: whatever the parser trips over.
    """
    signed = _signed_data(data)
    for place, one in enumerate(given):
        status = _status(one, signed, trust)
        if status.intact or (status.valid and not signed["signer_infos"][0]["signed_attrs"]):
            return place, signature_of(status, trust)
    raise Faulty(Fault.OVER_ANOTHER)


def _status(content: bytes, signed: cms.SignedData, trust: Trust) -> Any:
    context = trust.context()
    try:
        return asyncio.run(
            async_validate_detached_cms(
                content,
                signed,
                signer_validation_context=context,
                ts_validation_context=context,
                key_usage_settings=ANY_SIGNING_KEY,
            )
        )
    except SignatureValidationError as error:
        raise Faulty(Fault.BROKEN) from error


def _signed_data(data: bytes) -> cms.SignedData:
    try:
        der = pem.unarmor(data)[2] if data.lstrip().startswith(_ARMOURED) else data
        container = cms.ContentInfo.load(der)
        kind = container["content_type"].native
        signed = container["content"]
        if kind != "signed_data":
            raise Faulty(Fault.NOT_CMS)
        signers = len(signed["signer_infos"])
        has_content = signed["encap_content_info"]["content"].native is not None
        has_certificate = bool(len(signed["certificates"]))
    except (ValueError, TypeError, KeyError) as error:
        raise Faulty(Fault.NOT_CMS) from error
    if has_content:
        raise Faulty(Fault.NOT_DETACHED)
    if signers != 1:
        raise Faulty(Fault.MANY_SIGNERS if signers else Fault.NO_SIGNATURE)
    if not has_certificate:
        raise Faulty(Fault.NO_CERTIFICATE)
    return signed
