"""Lays out an edition as an unsealed PDF: PDF/A-3a and PDF/UA-1, with the edition's JSON and IATI file inside."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from agreements.editions.models import Edition
from agreements.editions.queries import history_of
from agreements.formats.agreement_view import view_of
from agreements.formats.iati.file import iati_xml
from agreements.formats.iati.reported import reported
from agreements.formats.qr import qr_image
from agreements.summaries.attachments import PROOF_ENDING
from agreements.summaries.conformance import finish
from agreements.summaries.engine import engine, parsed_style, sealed_off
from agreements.vocabulary.languages import DIRECTIONS, Language
from agreements.vocabulary.zone import day_in_baghdad


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
    weasyprint, fonts = engine()
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
    with _without_collector():
        document = sealed_off(html).render(stylesheets=[parsed_style("summary.css")], font_config=fonts)
        document.metadata.attachments = [weasyprint.Attachment(**one) for one in _attachments(edition, proof)]
        finisher = partial(
            finish, level=seal.level if seal else "", is_development=seal is not None and seal.is_development
        )
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher)
    return pdf


def _attachments(edition: Edition, proof: bytes | None) -> Iterator[dict[str, Any]]:
    """The files inside: the content that all else is made from, the same for programs that read IATI, and the proof."""
    dated = {"created": edition.published_at, "modified": edition.published_at}
    yield dated | {
        "string": bytes(edition.canonical),
        "name": attachment_name(edition, "json"),
        "description": "The edition's content: canonical JSON (RFC 8785)",
        "relationship": "Source",
    }
    yield dated | {
        "string": iati_xml(reported(edition, as_of=day_in_baghdad(edition.published_at))),
        "name": attachment_name(edition, "iati.xml"),
        "description": "The edition as IATI 2.03 activities",
        "relationship": "Alternative",
    }
    if proof is not None:
        yield dated | {
            "string": proof,
            "name": attachment_name(edition, PROOF_ENDING),
            "description": "Proof that the edition is in the register's log: entry, path and signed checkpoint",
            "relationship": "Supplement",
        }


def attachment_name(edition: Edition, ending: str) -> str:
    """The name of a file inside the edition's PDF."""
    return f"{edition.register_number}-edition-{edition.number}.{ending}"


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
