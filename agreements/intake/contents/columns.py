"""Parts of a content as columns of the register's rows: the inverse of the snapshot, part by part."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from agreements.editions.content import AgreementContent, Framework, Organization, Part, Place, Source
from agreements.intake.contents.remarks import IntakeRefused, Refusal
from agreements.intake.incoming import AGREEMENT_TEXTS
from agreements.vocabulary.languages import LANGUAGES, LocalisedText


def texts(stem: str, text: LocalisedText) -> dict[str, str]:
    """A text as the columns ``stem_en``, ``stem_ar`` and ``stem_ckb``."""
    return {f"{stem}_{language}": text.get(language) or "" for language in LANGUAGES}


def agreement_columns(content: AgreementContent) -> dict[str, Any]:
    """The agreement's own columns, without its register number."""
    terms = content.terms
    columns: dict[str, Any] = {}
    for stem in AGREEMENT_TEXTS:
        columns |= texts(stem, getattr(content, stem))
    return columns | {
        "kind": content.kind,
        "legal_character": content.legal_character,
        **{f"standing_{language}": getattr(content.standing, language) for language in LANGUAGES},
        "renewal_kind": terms.renewal,
        "renewal_months": terms.renewal_months,
        "notice_length": terms.notice.length if terms.notice else None,
        "notice_unit": terms.notice.unit if terms.notice else "",
        "review_months": terms.review_months,
    }


def entry_columns(said: Part) -> dict[str, Any]:
    """A directory's entry, without its identifier, its name or title, and what it belongs to.

    Raises:
        IntakeRefused: coordinates that are no numbers.
    """
    match said:
        case Organization():
            return {
                "kind": said.kind, **texts("short_name", said.short_name), "identifier": said.identifier,
                "country": said.country or "", "website": said.website or "",
            }  # fmt: skip
        case Place():
            return {
                "kind": said.kind, "country": said.country or "", "governorate": said.governorate or "",
                "neighbour": said.neighbour or "", "latitude": _degrees(said, said.latitude),
                "longitude": _degrees(said, said.longitude), "precision": said.precision,
            }  # fmt: skip
        case Source():
            return {
                **texts("publisher", said.publisher), **texts("rights", said.rights), "url": said.url or "",
                "published_on": said.published_on.value, "accessed_on": said.accessed_on, "language": said.language,
            }  # fmt: skip
        case Framework():
            return {"kind": said.kind, "identifier": said.identifier or "", "url": said.url or ""}
        case _:
            return {}


def _degrees(said: Place, degrees: str | None) -> Decimal | None:
    try:
        return Decimal(degrees) if degrees else None
    except InvalidOperation as error:
        raise IntakeRefused([Refusal(said.id, _("Coordinates are decimal degrees, such as 33.312806."))]) from error
