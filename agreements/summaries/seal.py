"""The seal: a PAdES certification signature (ETSI EN 319 142-1) that allows no later change."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper

from agreements.summaries.certificates import begins, ends
from agreements.summaries.errors import CertificateRefused
from agreements.summaries.keys import Sealer
from agreements.summaries.levels import LONG_TERM
from agreements.summaries.long_term import KeepsMetadata, Material, append_material, check_stamp
from agreements.summaries.services import timestamper, within_bounds

FIELD: Final = "Seal"
DIGEST: Final = "sha256"


def seal_pdf(unsealed: bytes, *, sealer: Sealer, level: str) -> bytes:
    """The sealed file, at this level (see ``levels.level_of``): exactly the unsealed bytes, then the seal.

    For the long-term levels the revocation services that the certificates name are asked; nothing else is fetched.

    Raises:
        CertificateRefused: the sealing certificate has ended, or was revoked.
        TimestampFailed, RevocationFailed, TokenFailed: a service does not answer; no lower level takes its place.
    """
    check_validity(sealer, at=datetime.now(UTC))
    return within_bounds(_seal(unsealed, sealer, level))


def check_validity(sealer: Sealer, *, at: datetime) -> None:
    """Refuse a certificate outside its time.

    Raises:
        CertificateRefused: it has ended, or has not begun.
    """
    if at > ends(sealer.certificate):
        raise CertificateRefused(
            f"The sealing certificate “{sealer.name}” ended on {ends(sealer.certificate):%Y-%m-%d}: nothing is sealed "
            "with it. Put a new one in its place (see “Changing the key” in docs/seals.md)."
        )
    if at < begins(sealer.certificate):
        raise CertificateRefused(
            f"The sealing certificate “{sealer.name}” is valid from {begins(sealer.certificate):%Y-%m-%d %H:%M} UTC "
            "on: wait, or check this machine's clock."
        )


async def _seal(unsealed: bytes, sealer: Sealer, level: str) -> bytes:
    async with Material(sealer) as material:
        if level in LONG_TERM:
            await material.add_seal_certificate()
        stamper = timestamper() if level != "B-B" else None
        sealed = await _sign(unsealed, sealer, stamper)
        if stamper is not None:
            await check_stamp(sealed, material, with_revocation=level in LONG_TERM)
        if level in LONG_TERM:
            sealed = await append_material(sealed, material, stamper=stamper if level == "B-LTA" else None)
    return sealed


async def _sign(unsealed: bytes, sealer: Sealer, stamper: TimeStamper | None) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=sealer.name,
        reason="Seal of the register on the summary of one edition",
    )
    field = SigFieldSpec(FIELD, on_page=0, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    signer = PdfSigner(metadata, signer=sealer.signer, timestamper=stamper, new_field_spec=field)
    output = BytesIO()
    await signer.async_sign_pdf(KeepsMetadata(BytesIO(unsealed)), output=output)
    return output.getvalue()
