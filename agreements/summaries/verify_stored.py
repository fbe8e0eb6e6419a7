"""The audit's look at sealed summaries: their bytes, their seals, and whether they can be laid out again."""

import hashlib
from collections.abc import Iterator
from io import BytesIO

from django.core.files.storage import default_storage
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.editions.checked import Checked
from agreements.editions.errors import Differs
from agreements.editions.models import Edition
from agreements.editions.queries import numbered_edition
from agreements.summaries.attachments import attached_json
from agreements.summaries.check_seal import Roots
from agreements.summaries.keys import current_sealer
from agreements.summaries.layout import SealNote, lay_out
from agreements.summaries.models import Summary
from agreements.summaries.recipe import recipe
from agreements.summaries.store import proof_for, read_summary
from agreements.summaries.stored_seal import what_differs
from agreements.summaries.trust import roots_of_timestamps, seal_roots
from agreements.vocabulary.languages import LANGUAGES

OTHER_VERSION = "made by another version of the portal, so its pages can't be compared"
REPLACED = "lost from storage, and made again since"


def verify_seals(*, after: int = 0) -> Iterator[Checked]:
    """Check stored summaries, oldest first: bytes, hash, seal, and the edition inside; each that holds.

    Raises:
        Differs: at the first that is not as it was sealed.
        SealNotConfigured: there is no certificate to check seals against.
    """
    roots = Roots(tuple(seal_roots()), tuple(roots_of_timestamps()))
    for summary in _summaries(after):
        content = _stored(summary)
        if content is None:
            yield Checked(summary.pk, REPLACED)
            continue
        _check_seal(summary, _edition_of(summary), content, roots)
        yield Checked(summary.pk)


def verify_renders(*, after: int = 0) -> Iterator[Checked]:
    """Lay stored summaries out again: each begins with exactly those bytes.

    Raises:
        Differs: one differs though it was made with what is here now.
        SealNotConfigured, FontsMissing: nothing can be laid out here.
    """
    for summary in _summaries(after):
        content = _stored(summary)
        if content is None:
            yield Checked(summary.pk, REPLACED)
        elif content.startswith(_laid_out_again(summary)):
            yield Checked(summary.pk)
        elif summary.recipe == recipe():
            raise Differs(f"{_name(summary)} can't be laid out again: its pages are not what its edition says.")
        else:
            yield Checked(summary.pk, OTHER_VERSION)


def _summaries(after: int) -> Iterator[Summary]:
    return Summary.objects.filter(pk__gt=after).select_related("checkpoint").order_by("pk").iterator(chunk_size=200)


def _name(summary: Summary) -> str:
    return f"The summary of {summary}"


def _stored(summary: Summary) -> bytes | None:
    """The bytes; ``None`` where they are lost and a later summary took their place."""
    if default_storage.exists(summary.path):
        return read_summary(summary)
    same = {"register_number": summary.register_number, "edition_number": summary.edition_number}
    if Summary.objects.filter(**same, language=summary.language, pk__gt=summary.pk).exists():
        return None
    raise Differs(f"{_name(summary)} is missing from storage: {summary.path}.")


def _edition_of(summary: Summary) -> Edition:
    edition = numbered_edition(summary.register_number, summary.edition_number)
    if edition is None:
        raise Differs(f"{_name(summary)} is of an edition that is not there.")
    return edition


def _check_seal(summary: Summary, edition: Edition, content: bytes, roots: Roots) -> None:
    if hashlib.sha256(content).hexdigest() != summary.sha256 or len(content) != summary.size_bytes:
        raise Differs(f"{_name(summary)} was changed in storage: its SHA-256 is not {summary.sha256}.")
    try:
        reader = PdfFileReader(BytesIO(content))
        wrong = what_differs(
            reader, level=summary.level, sealed_at=summary.sealed_at, roots=roots.seals, stamp_roots=roots.stamps
        )
        attached = attached_json(reader)
    except (PdfError, ValueError) as error:
        raise Differs(f"{_name(summary)} can't be read: {error}.") from error
    if wrong:
        raise Differs(f"{_name(summary)} {wrong}.")
    if attached is None or hashlib.sha256(attached).hexdigest() != edition.content_hash:
        raise Differs(f"{_name(summary)} holds another content than its edition.")


def _laid_out_again(summary: Summary) -> bytes:
    edition = _edition_of(summary)
    language = next(one for one in LANGUAGES if one == summary.language)
    said = summary.shows_development
    note = SealNote(summary.level, is_development=current_sealer().is_development if said is None else said)
    return lay_out(edition, language, seal=note, proof=proof_for(edition, summary.checkpoint))
