"""A small register for tests of its files: one agreement in two editions, a hostile one, a withdrawn one."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponseBase
from django.test import Client

from agreements.editions.content import AgreementContent
from agreements.editions.log import append_edition, append_withdrawal
from agreements.editions.models import Edition
from agreements.search.index import index_edition, unindex
from agreements.search.mentions import forget_mentions, note_mentions
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.editions.contents import full
from tests.search.records import content, dated

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
HOSTILE: Final = '=SUM(A1);"x"\n\x0b,<b>& مذكرة'
REASON: Final = "Annulled by a court."


def published(content: AgreementContent, *, minutes: int = 0, note: str = "") -> Edition:
    """Published as of that many minutes after noon, as far as the public side is concerned."""
    at = NOON + timedelta(minutes=minutes)
    edition = append_edition(content, by="staff:1", at=at, note=LocalisedText(en=note or None))
    index_edition(edition)
    note_mentions(edition)
    return edition


def publish_register() -> None:
    published(content(1, "First of all", summary=LocalisedText(en="What was agreed at first")))
    published(content(3, "Secret by now"), minutes=1)
    hostile = LocalisedText(en=HOSTILE, ar="س" * 40_000)
    somewhere = full().model_dump_json().replace(':"latitude"', ':"33.3"').replace(':"longitude"', ':"-44.4"')
    everything = AgreementContent.model_validate_json(somewhere)
    published(everything.model_copy(update={"register_number": "MOC-0002", "title": hostile}), minutes=2)
    later = dated(signed="2021-02-04", in_force="2021-04", planned_end="2031", review="2027-03-01")
    title = LocalisedText(en="First of all", ar="مذكرة تعاون", ckb="یاداشتی هاوکاری")
    published(content(1).model_copy(update={"title": title} | later), minutes=3, note="Dates were added.")
    append_withdrawal("MOC-0003", by="staff:1", at=NOON + timedelta(minutes=4), note=LocalisedText(en=REASON))
    unindex("MOC-0003")
    forget_mentions("MOC-0003")


def received(response: HttpResponseBase) -> bytes:
    """The whole answer, which must be one."""
    assert response.status_code == 200
    pieces: list[bytes] = list(response.streaming_content) if response.streaming else [response.content]  # type: ignore[attr-defined]
    return b"".join(pieces)


def fetch(client: Client, address: str) -> bytes:
    return received(client.get(address))
