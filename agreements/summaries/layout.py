"""Lays out an edition as an unsealed PDF: PDF/A-3a and PDF/UA-1, with the edition's JSON inside."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from agreements.editions.models import Edition
from agreements.editions.queries import history_of
from agreements.formats.agreement_view import view_of
from agreements.formats.qr import qr_image
from agreements.summaries.attachments import PROOF_ENDING
from agreements.summaries.conformance import finish
from agreements.summaries.engine import engine, parsed_style, sealed_off
from agreements.vocabulary.languages import DIRECTIONS, Language
from agreements.vocabulary.zone import day_in_baghdad

_CONTENT: Final = ("The edition's content: canonical JSON (RFC 8785)", "Source")
_PROOF: Final = ("Proof that the edition is in the register's log: entry, path and signed checkpoint", "Supplement")


@dataclass(frozen=True)
class SealNote:
    """What a summary says of its own seal."""

    level: str
    is_development: bool


def lay_out(edition: Edition, language: Language, *, seal: SealNote | None, proof: bytes | None = None) -> bytes:
    """The summary of an edition in one language, unsealed. The same input gives the same bytes.

    Without a ``seal`` to come it is a draft, and says so on every page. ``proof`` is what shows that the edition is
    in the log; it is attached beside the edition's content.

    Legal status is that of the day, in Baghdad, on which the edition was published; the file says so.

    Raises:
        FontsMissing: the fonts have not been built.
    """
    _weasyprint, fonts = engine()
    published_on = day_in_baghdad(edition.published_at)
    with translation.override(language):
        view = view_of(
            edition,
            language=language,
            as_of=published_on,
            origin=settings.PUBLIC_ORIGIN,
            is_draft=seal is None,
            is_summary=True,
            history=[] if seal is None else history_of(edition.register_number, up_to=edition.entry_id),
        )
        html = render_to_string(
            "summaries/summary.html",
            {
                "view": view,
                "direction": DIRECTIONS[language],
                "seal": seal,
                "qr": qr_image(view.address),
                "created": edition.published_at.isoformat(timespec="seconds"),
                "verify_address": f"{settings.PUBLIC_ORIGIN}/{language}/verify/",
            },
        )
    attached = [_attachment(edition, attachment_name(edition), bytes(edition.canonical), *_CONTENT)]
    if proof is not None:
        attached.append(_attachment(edition, proof_name(edition), proof, *_PROOF))
    with _without_collector():
        document = sealed_off(html).render(stylesheets=[parsed_style("summary.css")], font_config=fonts)
        document.metadata.attachments = attached
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finish)
    return pdf


def _attachment(edition: Edition, name: str, data: bytes, description: str, relationship: str) -> Any:
    """A file inside the PDF, dated as the edition so that the same input gives the same bytes."""
    weasyprint, _fonts = engine()
    return weasyprint.Attachment(
        string=data,
        name=name,
        description=description,
        created=edition.published_at,
        modified=edition.published_at,
        relationship=relationship,
    )


def attachment_name(edition: Edition) -> str:
    """The name of the edition's JSON inside its PDF."""
    return f"{edition.register_number}-edition-{edition.number}.json"


def proof_name(edition: Edition) -> str:
    """The name of the proof of the edition's place in the log inside its PDF."""
    return f"{edition.register_number}-edition-{edition.number}{PROOF_ENDING}"


@contextmanager
def _without_collector() -> Iterator[None]:
    """A layout makes very many objects and no cycles worth a collection: off, it is a sixth faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
