"""What the fields of the content contract and the sections of a comparison are called."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import BaseModel

from agreements.editions.content import Confirmation, Contact, ObjectiveName, RelatedAgreement, Standing
from agreements.editions.differences import DIRECTORY
from agreements.vocabulary.terms import Terms

SECTION_LABELS: Final[dict[str, str | Promise]] = {
    "identity": _("What it is"),
    "summary": _("Summary"),
    "participations": _("Participants"),
    "dates": _("Dates and terms"),
    "signatories": _("Signatories"),
    "funding": _("Funding"),
    "activities": _("Activities"),
    "obligations": _("Obligations"),
    "frameworks": _("Frameworks"),
    "principles": _("Principles"),
    "places": _("Places"),
    "relations": _("Related agreements"),
    "statements": _("Statements"),
    "announcement": _("Announcement"),
    "documents": _("Documents"),
    "contacts": _("Contacts"),
    "sources": _("Sources"),
    "corrections": _("Corrections"),
    "edition": _("Review"),
    DIRECTORY: _("Organisations, places and objectives"),
}

_LABELS: Final[dict[str, str | Promise]] = {
    "accessed_on": _("Read on"),
    "acting_through": _("Acting through"),
    "agency": _("Agency"),
    "area": _("Area"),
    "bearer": _("Who is bound"),
    "capacity": _("Capacity"),
    "clock": _("Whose clock says so"),
    "code": _("Code"),
    "confirmations": _("Confirmed by"),
    "confirmed_on": _("Confirmed on"),
    "country": _("Country"),
    "date": _("Date"),
    "dateline": _("Dateline"),
    "description": _("Description"),
    "document": _("Document"),
    "due": _("Due"),
    "duration": _("Duration"),
    "effective": _("Effective on"),
    "email": _("E-mail"),
    "end": _("End"),
    "evidence": _("Evidence"),
    "file_name": _("File name"),
    "form": _("Form"),
    "framework": _("Framework"),
    "funder": _("Funder"),
    "governorate": _("Governorate"),
    "headline": _("Headline"),
    "id": _("Identifier"),
    "identifier": _("Official identifier"),
    "is_signed": _("Electronically signed"),
    "issuer": _("Issuer of the certificate"),
    "kind": _("Kind"),
    "language": _("Language"),
    "latitude": _("Latitude"),
    "legal_character": _("Legal character"),
    "longitude": _("Longitude"),
    "media_type": _("Media type"),
    "money": _("Amount"),
    "name": _("Name"),
    "neighbour": _("Neighbouring country"),
    "note": _("Note"),
    "notice": _("Notice period"),
    "noted_on": _("Noted on"),
    "objectives": _("Objectives"),
    "organization": _("Organisation"),
    "pages": _("Pages"),
    "parent": _("Part of"),
    "party": _("Signed for"),
    "person": _("Person"),
    "place": _("Place"),
    "places": _("Places"),
    "precision": _("Precision of the coordinates"),
    "progress": _("Progress notes"),
    "published_at": _("Moment of publication"),
    "published_on": _("Published on"),
    "publisher": _("Publisher"),
    "purpose": _("Purpose"),
    "recipient": _("Recipient"),
    "register_number": _("Register number"),
    "relation": _("Relation"),
    "renewal": _("Renewal"),
    "renewal_months": _("Length of a renewal in months"),
    "report": _("Reader’s report"),
    "responsible": _("Responsible organisations"),
    "reviewed_by_another": _("Reviewed by another person"),
    "review_months": _("Months between reviews"),
    "rights": _("Rights"),
    "role": _("Role"),
    "said_on": _("Said on"),
    "section": _("What it is about"),
    "sha256": _("SHA-256"),
    "short_name": _("Short name"),
    "signatures": _("Electronic signatures"),
    "signed_at": _("Moment of signing"),
    "signed_on": _("Signed on"),
    "signer": _("Signer"),
    "size_bytes": _("Size in bytes"),
    "source": _("Source"),
    "speaker": _("Speaker"),
    "start": _("Start"),
    "state": _("State"),
    "status": _("Status"),
    "summary": _("Summary"),
    "taken_out": _("Taken out when it was uploaded"),
    "telephone": _("Telephone"),
    "termination": _("Termination"),
    "text": _("Text"),
    "time": _("Time"),
    "time_zone": _("Time zone"),
    "title": _("Title"),
    "uploaded_sha256": _("SHA-256 as it was uploaded"),
    "url": _("Web address"),
    "version": pgettext_lazy("of a document", "Version"),
    "was_valid": _("Certificate valid then by its own dates"),
    "website": _("Website"),
}

_OF_ONE_KIND: Final[dict[tuple[type[BaseModel], str], str | Promise]] = {
    (Contact, "role"): pgettext_lazy("of a contact", "Task"),
    (ObjectiveName, "code"): pgettext_lazy("of an objective", "Number"),
    (Terms, "renewal"): _("Kind of renewal"),
    (Confirmation, "party"): _("Party"),
    (Standing, "en"): _("Standing of the English text"),
    (Standing, "ar"): _("Standing of the Arabic text"),
    (Standing, "ckb"): _("Standing of the Kurdish text"),
    (RelatedAgreement, "register_number"): _("Register number of the other agreement"),
}
"""Names that mean something else in one kind of part."""


def label_of(owner: type[BaseModel], name: str) -> str:
    """A field's name in the active language.

    Raises:
        KeyError: the contract has a new field; it needs its name above.
    """
    if name in SECTION_LABELS and name not in _LABELS:
        return str(SECTION_LABELS[name])
    return str(_OF_ONE_KIND.get((owner, name)) or _LABELS[name])
