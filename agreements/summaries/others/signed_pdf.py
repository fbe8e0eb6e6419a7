"""Judges a PDF that begins with a file of ours: signatures were added to it, and nothing else. Knows no database.

That the file begins with our bytes proves nothing by itself: what follows might replace every page, also before the
first signature, which then covers the new ones. So every later revision is compared with ours (ISO 32000-2, 7.5.6).
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    ReferenceUpdate,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.commons import compare_key_refs
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from agreements.summaries.others.signatures import (
    ANY_SIGNING_KEY,
    Fault,
    Faulty,
    Signature,
    Trust,
    signature_of,
)
from moc_portal.apart import MEBIBYTE

_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MEBIBYTE, max_ratio=3),
)
_A4: Final = (0.0, 0.0, 595.0, 842.0)
_LARGEST_PART: Final = 0.25
"""How much of a page visible signatures may take together: what they lie upon can't be read."""

_MAX_PAGES: Final = 2000
_MAX_SIGNATURES: Final = 20


class _BeforeAnyForm(HistoricalResolver):
    """A revision without a form, as one whose form is empty."""

    flags: Any = None

    @property
    def root(self) -> DictionaryObject:
        form = DictionaryObject({NameObject("/Fields"): ArrayObject()})
        if self.flags is not None:
            form[NameObject("/SigFlags")] = self.flags
        root = DictionaryObject(super().root)
        root[NameObject("/AcroForm")] = form
        return root


class _FirstForm(FormUpdatingRule):
    """pyHanko compares with what was signed, which has a form; what we give out has none until it is signed."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[Any]:
        if "/AcroForm" in old.root:
            yield from super().apply(old, new)
        elif "/AcroForm" in new.root:
            before = _BeforeAnyForm(old.reader, old.revision)
            before.flags = new.root["/AcroForm"].get("/SigFlags")
            yield from super().apply(before, new)


class _MayCertify(CatalogModificationRule):
    """The first signature may be a certification, which the catalogue names (ISO 32000-2, 12.8.6); none may go."""

    def __init__(self) -> None:
        super().__init__(ignored_keys=ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"})  # type: ignore[no-untyped-call]

    def apply_qualified(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[Any]:
        was_there = "/Perms" in old.root
        if was_there and old.root["/Perms"] != new.root.get("/Perms"):
            raise SuspiciousModification("permissions were changed")
        yield from super().apply_qualified(old, new)
        if not was_there:
            # Only what is new: an object of ours that is written over would be let through with it.
            for ref in compare_key_refs("/Perms", old, old.root, new.root):
                yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)


_OTHER_RULES: Final = [one for one in DEFAULT_DIFF_POLICY.global_rules if not isinstance(one, CatalogModificationRule)]
_POLICY: Final = StandardDiffPolicy(
    global_rules=[_MayCertify(), *_OTHER_RULES],
    form_rule=_FirstForm(DEFAULT_DIFF_POLICY.form_rule.field_rules if DEFAULT_DIFF_POLICY.form_rule else []),
)


def examine_signed_pdf(data: bytes, given: bytes, trust: Trust) -> tuple[Signature, ...]:
    """The signatures of a PDF that begins with what was given out, in the order in which they were made.

    Raises:
        Faulty: it is not that file with signatures and nothing else.
        Exception: whatever the parser trips over.
    """
    reader = PdfFileReader(BytesIO(data), strict=False, decode_limits=_LIMITS)
    if reader.encrypted:
        raise Faulty(Fault.ENCRYPTED)
    _check_it_goes_on_from(reader, given)
    signatures = reader.embedded_regular_signatures
    if not signatures:
        raise Faulty(Fault.NO_SIGNATURE)
    if len(reader.embedded_signatures) > _MAX_SIGNATURES:
        raise Faulty(Fault.CHANGED)
    _check_nothing_hidden(reader)
    found = tuple(_signature(one, trust) for one in signatures)
    for stamp in reader.embedded_timestamp_signatures:
        status = validate_pdf_timestamp(stamp, validation_context=trust.context())
        if not (status.intact and status.valid):
            raise Faulty(Fault.BROKEN)
    _check_all_is_covered(reader, data)
    return found


def _check_it_goes_on_from(reader: PdfFileReader, given: bytes) -> None:
    """The first revision is what was given out, and later ones add nothing but signatures and their proofs."""
    before = PdfFileReader(BytesIO(given), strict=False, decode_limits=_LIMITS)
    if reader.xrefs.get_startxref_for_revision(0) != before.xrefs.get_startxref_for_revision(0):
        raise Faulty(Fault.CHANGED)
    if reader.xrefs.total_revisions == 1:
        raise Faulty(Fault.NO_SIGNATURE)
    if _changes_since(reader, 0) > ModificationLevel.FORM_FILLING:
        raise Faulty(Fault.CHANGED)


def _changes_since(reader: PdfFileReader, revision: int) -> ModificationLevel:
    """How far later revisions go beyond this one; what can't be compared is taken for a change."""
    try:
        review = _POLICY.review_file(reader, revision)
    except PdfReadError:
        return ModificationLevel.OTHER
    if isinstance(review, SuspiciousModification):
        return ModificationLevel.OTHER
    return review.modification_level


def _signature(embedded: Any, trust: Trust) -> Signature:
    context = trust.context()
    try:
        status = validate_pdf_signature(
            embedded,
            signer_validation_context=context,
            ts_validation_context=context,
            key_usage_settings=ANY_SIGNING_KEY,
        )
    except SignatureValidationError as error:
        raise Faulty(Fault.BROKEN) from error
    found = signature_of(status, trust)
    if status.coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION):
        raise Faulty(Fault.NOT_WHOLE)
    if status.docmdp_ok is False:
        raise Faulty(Fault.CHANGED)
    return found


def _check_all_is_covered(reader: PdfFileReader, data: bytes) -> None:
    """Nothing follows the last signature or timestamp but what proves it for later."""
    last = max(reader.embedded_signatures, key=lambda one: one.signed_revision)
    last.compute_integrity_info()
    if last.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return
    adds_proofs_only = _changes_since(reader, last.signed_revision) <= ModificationLevel.LTA_UPDATES
    is_a_revision = reader.xrefs.total_revisions > last.signed_revision + 1
    if not (adds_proofs_only and is_a_revision and data.rstrip(b"\r\n").endswith(b"%%EOF")):
        raise Faulty(Fault.NOT_WHOLE)


def _check_nothing_hidden(reader: PdfFileReader) -> None:
    for page in _pages(reader.root["/Pages"]):
        left, bottom, right, top = _box(page.get("/MediaBox", _A4))
        largest = _LARGEST_PART * abs((right - left) * (top - bottom))
        if sum(_area(one.get_object()) for one in page.get("/Annots", ())) > largest:
            raise Faulty(Fault.HIDES_PAGE)


def _pages(node: Any) -> Iterator[Any]:
    waiting, seen = [node], 0
    while waiting and seen < _MAX_PAGES:
        one = waiting.pop()
        seen += 1
        if "/Kids" in one:
            waiting += [kid.get_object() for kid in one["/Kids"]]
        else:
            yield one


def _area(annotation: Any) -> float:
    if annotation.get("/Subtype") != "/Widget" or "/Rect" not in annotation:
        return 0.0
    left, bottom, right, top = _box(annotation["/Rect"])
    return abs((right - left) * (top - bottom))


def _box(corners: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(one) for one in corners)
    return left, bottom, right, top
