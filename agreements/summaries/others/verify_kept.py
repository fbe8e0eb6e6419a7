"""The audit's look at seals of the other side: their bytes, and whether they still hold as of when they came."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from agreements.editions.checked import Checked
from agreements.editions.errors import Differs
from agreements.summaries.others.examine import Asked, Form, examine_apart
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import file_under, read_seal, signatures_of
from agreements.vocabulary.kinds import SealForm
from moc_portal.apart import Unreadable


def verify_other_seals(*, after: int = 0) -> Iterator[Checked]:
    """Check what other sides sealed, oldest first, also what was declined: bytes, hash and signatures; each that holds.

    Certificates are judged as of the day on which a seal was received, and whether their authorities are known is
    not asked again: that is a setting, and no mark of the file.

    Raises:
        Differs: at the first that is not as it was received.
    """
    for seal in (
        OtherSeal.objects.filter(pk__gt=after).select_related("summary").order_by("pk").iterator(chunk_size=200)
    ):
        _check(seal)
        yield Checked(seal.pk)


def _check(seal: OtherSeal) -> None:
    name = f"The seal of {seal.organization_key} on {seal.summary}"
    for path in (seal.path, seal.summary.path):
        if not default_storage.exists(path):
            raise Differs(f"{name} can't be checked: {path} is missing from storage.")
    content = read_seal(seal)
    if hashlib.sha256(content).hexdigest() != seal.sha256 or len(content) != seal.size_bytes:
        raise Differs(f"{name} was changed in storage: its SHA-256 is not {seal.sha256}.")
    under = file_under(seal).content
    form = Form.INSIDE if seal.form == SealForm.PDF else Form.BESIDE
    if form is Form.INSIDE and not content.startswith(under):
        raise Differs(f"{name} does not begin with what was given out.")
    try:
        found = examine_apart(Asked(form, content, (under,), (), seal.received_at))
    except Unreadable as error:
        raise Differs(f"{name} can't be read: {error}.") from error
    if found.fault:
        raise Differs(f"{name} does not hold: {found.fault}.")
    if [one.fingerprint for one in found.signatures] != [one.fingerprint for one in signatures_of(seal)]:
        raise Differs(f"{name} carries other signatures than were found when it came.")
