"""Seals of the other side as the API names them."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from pydantic import Field

from agreements.editions.models import Edition
from agreements.opendata.api.answers import Answer, Named
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.signatures import Signature
from agreements.summaries.others.store import seals_shown, signatures_of
from agreements.vocabulary.kinds import SealForm


class SealSignature(Answer):
    """One signature, as it was found when the file came."""

    certificate_of: str
    issued_by: str
    serial: str
    fingerprint: str = Field(description=_("SHA-256 of the certificate."))
    signed_at: datetime | None = Field(description=_("Null where nothing states it."))
    is_timestamped: bool = Field(
        description=_("Whether an authority known here states when it was signed; else the signer’s own clock does.")
    )
    is_issuer_known: bool = Field(description=_("Whether the certificate leads to an authority known here."))


class OtherSealAnswer(Answer):
    """A file that a party sealed with a certificate of its own, kept beside the register’s."""

    party: Named
    language: str
    form: SealForm
    sha256: str
    size_bytes: int
    received_at: datetime
    address: str
    signed_file: str = Field(description=_("The file of the register’s that it goes on from, or lies beside."))
    signatures: tuple[SealSignature, ...]


def other_seals_of(edition: Edition) -> tuple[OtherSealAnswer, ...]:
    """The accepted seals of an edition, the newest of each party and language."""
    return tuple(_answer(one) for one in seals_shown(edition.register_number, edition.number))


def _answer(seal: OtherSeal) -> OtherSealAnswer:
    return OtherSealAnswer(
        party=Named(id=seal.organization_key, name=seal.organization),
        language=seal.summary.language,
        form=SealForm(seal.form),
        sha256=seal.sha256,
        size_bytes=seal.size_bytes,
        received_at=seal.received_at,
        address=settings.PUBLIC_ORIGIN + reverse("neutral:other_seal", args=[seal.sha256, seal.file_name]),
        signed_file=settings.PUBLIC_ORIGIN + reverse("neutral:signed_file", args=[seal.sha256, seal.signed_name]),
        signatures=tuple(_signature(one) for one in signatures_of(seal)),
    )


def _signature(found: Signature) -> SealSignature:
    return SealSignature(
        certificate_of=found.subject,
        issued_by=found.issuer,
        serial=found.serial,
        fingerprint=found.fingerprint,
        signed_at=found.signed_at,
        is_timestamped=found.is_timestamped,
        is_issuer_known=found.is_chain_known,
    )
