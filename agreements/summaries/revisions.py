"""Tells in kinds what was appended to a PDF after it was sealed.

It reads what is new, and of the rest only what that replaces. pyHanko's own analysis reads the whole file, which takes
seconds for a summary of a few pages and minutes for a long one. It need not be as exact: a file that anything was
appended to is never genuine unless the portal appended it, which its hash tells.
"""

from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from agreements.summaries.seen import Change, Revision

AT_MOST: Final = 20
"""So many are described, and so many objects of each; the others are counted."""

_AT_MOST_OBJECTS: Final = 2_000

_BY_TYPE: Final = {
    "/ObjStm": Change.NOTHING,
    "/XRef": Change.NOTHING,
    "/DSS": Change.MATERIAL,
    "/DocTimeStamp": Change.TIMESTAMP,
    "/Sig": Change.SIGNATURE,
    "/Pages": Change.PAGES,
    "/Annot": Change.ANNOTATIONS,
    "/Filespec": Change.ATTACHMENTS,
    "/EmbeddedFile": Change.ATTACHMENTS,
    "/Metadata": Change.METADATA,
    "/Font": Change.LOOKS,
    "/FontDescriptor": Change.LOOKS,
    "/XObject": Change.LOOKS,
    "/OCG": Change.VIEW,
    "/OCMD": Change.VIEW,
    "/Outlines": Change.VIEW,
    "/Action": Change.ACTIONS,
}
_BY_CATALOG_KEY: Final = {
    "/Pages": Change.PAGES,
    "/DSS": Change.MATERIAL,
    "/AF": Change.ATTACHMENTS,
    "/Metadata": Change.METADATA,
    "/OpenAction": Change.ACTIONS,
    "/AA": Change.ACTIONS,
    "/Names": Change.ACTIONS,
    "/OCProperties": Change.VIEW,
    "/Outlines": Change.VIEW,
    "/PageMode": Change.VIEW,
    "/PageLayout": Change.VIEW,
    "/PageLabels": Change.VIEW,
    "/ViewerPreferences": Change.VIEW,
    "/Perms": Change.SIGNATURE,
    "/Extensions": Change.NOTHING,
    "/Version": Change.NOTHING,
}
_ACTIONS: Final = frozenset({"/JavaScript", "/Launch", "/URI", "/GoToR", "/SubmitForm", "/ImportData", "/Rendition"})


def revisions_after(reader: PdfFileReader, sealed: int) -> tuple[tuple[Revision, ...], int]:
    """What each revision after the sealed one adds or replaces, and how many more there are than are described."""
    last = reader.xrefs.total_revisions
    described = range(sealed + 1, min(last, sealed + 1 + AT_MOST))
    found = tuple(Revision(number - sealed, _changes(reader, number)) for number in described)
    return found, last - sealed - 1 - len(described)


ALLOWED: Final = frozenset({Change.MATERIAL, Change.TIMESTAMP, Change.NOTHING})
"""What keeps a seal checkable for the long term, which a seal that allows no change allows (ISO 32000-2, 12.8.2.2)."""


def are_allowed(revisions: tuple[Revision, ...]) -> bool:
    """Whether nothing but material and timestamps was appended."""
    return all(ALLOWED.issuperset(one.changes) for one in revisions)


def _changes(reader: PdfFileReader, number: int) -> tuple[Change, ...]:
    new, old = reader.get_historical_resolver(number), reader.get_historical_resolver(number - 1)
    freed = new.refs_freed_in_revision()
    changes = {Change.REMOVED} if freed else set()
    written: set[generic.Reference] = new.explicit_refs_in_revision()
    references = sorted(written, key=lambda one: one.idnum)
    material = _references_below(generic.ArrayObject([_raw(new.root, "/DSS")])) if "/DSS" in new.root else set()
    for reference in references[:_AT_MOST_OBJECTS]:
        before = _before(old, reference)
        if before is None and reference.idnum in material:
            changes.add(Change.MATERIAL)
        else:
            changes |= _kinds(new(reference), before)
    if len(references) > _AT_MOST_OBJECTS:
        changes.add(Change.OTHER)
    if str(old.root_ref) != str(new.root_ref):
        changes.add(Change.PAGES)
    if Change.TIMESTAMP in changes:  # its own field and widget are part of it
        changes -= {Change.SIGNATURE}
    changes.discard(Change.NOTHING)
    return tuple(sorted(changes)) or (Change.NOTHING,)


def _references_below(obj: Any, *, levels: int = 5) -> set[int]:
    """The numbers of the objects that a value names, a few levels deep."""
    if levels == 0 or not isinstance(obj, generic.DictionaryObject | generic.ArrayObject):
        return set()
    found: set[int] = set()
    keys: Any = obj if isinstance(obj, generic.DictionaryObject) else range(len(obj))
    for key in keys:
        raw = obj.raw_get(key)
        if isinstance(raw, generic.IndirectObject):
            found.add(raw.idnum)
        found |= _references_below(obj[key], levels=levels - 1)
    return found


def _before(old: HistoricalResolver, reference: generic.Reference) -> Any:
    return None if old.is_ref_unassignable(reference) else old(reference)


def _kinds(obj: Any, before: Any) -> set[Change]:
    if not isinstance(obj, generic.DictionaryObject):
        return {Change.NOTHING if _extends(obj, before) else Change.OTHER}
    kind = str(obj.get("/Type", ""))
    if kind == "/Catalog":
        return _of_catalog(obj, before)
    if kind == "/Page":
        return _of_page(obj, before)
    if "/Fields" in obj:
        return {_of_form(obj, before)}
    return {_of_field(obj) or _BY_TYPE.get(kind) or _by_its_entries(obj) or _of_untyped(obj, before)}


def _of_field(obj: Any) -> Change | None:
    if str(obj.get("/FT", "")) == "/Sig":
        return _of_signature_field(obj)
    return Change.FORM if "/FT" in obj or str(obj.get("/Subtype", "")) == "/Widget" else None


def _by_its_entries(obj: Any) -> Change | None:
    if "/JS" in obj or str(obj.get("/S", "")) in _ACTIONS:
        return Change.ACTIONS
    if "/Rect" in obj:
        return Change.ANNOTATIONS
    return Change.LOOKS if str(obj.get("/Subtype", "")) in ("/Form", "/Image") else None


def _of_untyped(obj: Any, before: Any) -> Change:
    if isinstance(obj, generic.StreamObject):
        # The material's streams have no type; whatever replaces a stream replaces what is drawn.
        return Change.PAGES if before is not None else Change.OTHER
    return Change.OTHER


def _extends(new: Any, old: Any) -> bool:
    """Whether a list is an older one, perhaps with more at its end; what is new in it is an object of its own."""
    if not isinstance(new, generic.ArrayObject):
        return False
    before = old if isinstance(old, generic.ArrayObject) else ()
    return len(new) >= len(before) and all(new.raw_get(at) == old.raw_get(at) for at in range(len(before)))


def _of_form(obj: Any, before: Any) -> Change:
    """The document's form: a timestamp adds its field to the list."""
    old: Any = before if isinstance(before, generic.DictionaryObject) else {}
    is_longer = _differing(obj, before) <= {"/Fields", "/SigFlags"} and _extends(
        _value(obj, "/Fields"), _value(old, "/Fields")
    )
    return Change.NOTHING if is_longer else Change.FORM


def _of_signature_field(obj: Any) -> Change:
    value = _value(obj, "/V")
    is_stamp = isinstance(value, generic.DictionaryObject) and str(value.get("/Type", "")) == "/DocTimeStamp"
    return Change.TIMESTAMP if is_stamp else Change.SIGNATURE


def _of_catalog(obj: Any, before: Any) -> set[Change]:
    changes = {_BY_CATALOG_KEY.get(key, Change.OTHER) for key in _differing(obj, before) - {"/AcroForm"}}
    old: Any = before if isinstance(before, generic.DictionaryObject) else {}
    form = _value(obj, "/AcroForm")
    if isinstance(form, generic.DictionaryObject):
        changes.add(_of_form(form, _value(old, "/AcroForm")))
    elif "/AcroForm" in old:
        changes.add(Change.FORM)
    return changes


def _of_page(obj: Any, before: Any) -> set[Change]:
    if before is None:
        return {Change.PAGES}
    keys = _differing(obj, before)
    changes = {Change.ACTIONS if key == "/AA" else Change.PAGES for key in keys - {"/Annots"}}
    if "/Annots" in keys and not _extends(_value(obj, "/Annots"), _value(before, "/Annots")):
        changes.add(Change.ANNOTATIONS)
    return changes


def _differing(obj: Any, before: Any) -> set[str]:
    old: Any = before if isinstance(before, generic.DictionaryObject) else {}
    return {str(key) for key in obj.keys() | old.keys() if _raw(obj, key) != _raw(old, key)}


def _raw(obj: Any, key: str) -> Any:
    return obj.raw_get(key) if key in obj else None


def _value(obj: Any, key: str) -> Any:
    """What an entry stands for; ``get`` does not follow references."""
    return obj[key] if key in obj else None  # noqa: SIM401
