"""What the files of the register are, for programs: the tables column by column, and a catalogue of everything."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agreements.formats.all_tables import TABLES
from agreements.formats.catalogue import Dataset, Form, Register, Service, catalogue
from agreements.formats.data_package import data_package
from agreements.formats.register_table import AGREEMENTS
from agreements.formats.spreadsheet import MEDIA_TYPE
from agreements.formats.tables import Table
from agreements.opendata.files.answers import current_state, data_file, declared_licence, of_register

_CSV: Final = "https://www.rfc-editor.org/rfc/rfc4180"
_IATI: Final = "https://iatistandard.org/en/iati-standard/203/"
_JSON_LD: Final = "application/ld+json"


@data_file
def data_package_json(request: HttpRequest) -> HttpResponseBase:
    """The tables and what stands in their columns (Data Package)."""
    state = current_state()
    described = data_package(
        TABLES,
        origin=settings.PUBLIC_ORIGIN,
        created=state.head.at if state.head else state.now,
        version=str(state.sequence),
        licence=declared_licence(),
    )
    return of_register(_json(described, "application/json"), state)


@data_file
def catalogue_jsonld(request: HttpRequest) -> HttpResponseBase:
    """Everything that the register gives (DCAT-AP)."""
    state = current_state()
    register = Register(
        origin=settings.PUBLIC_ORIGIN,
        operator=settings.OPERATOR,
        contact_email=settings.CONTACT_EMAIL,
        licence=declared_licence(),
        version=str(state.sequence),
        changed_at=state.head.at if state.head else state.now,
    )
    return of_register(_json(catalogue(register, _datasets(), [_api()]), _JSON_LD), state)


def _datasets() -> Iterator[Dataset]:
    description = _("One row or object an agreement, from its current edition; the texts in three languages.")
    forms = (
        _csv(AGREEMENTS),
        Form(reverse("neutral:agreements_xlsx"), MEDIA_TYPE, "XLSX"),
        Form(reverse("neutral:agreements_jsonl"), "application/json", "JSON Lines", "https://jsonlines.org/"),
        Form(reverse("neutral:iati_register"), "application/xml", "IATI", _IATI),
        *_subscriptions(),
    )
    yield Dataset(AGREEMENTS.name, _("Agreements"), description, forms)
    for table in TABLES:
        if table is not AGREEMENTS:
            words = _("A table beside that of the agreements, with a row for each; they are joined by register number.")
            yield Dataset(table.name, table.title, words, (_csv(table),))


def _api() -> Service:
    description = reverse("neutral:openapi")
    return Service("API", description.removesuffix("openapi.json"), description, AGREEMENTS.name)


def _csv(table: Table) -> Form:
    return Form(reverse("neutral:table_csv", args=[table.name]), "text/csv", "CSV", _CSV)


def _subscriptions() -> Iterator[Form]:
    """What can be subscribed to; in English, from where each leads to the other languages."""
    with override("en"):
        feed, dates = reverse("site:feed"), reverse("site:dates_calendar")
    yield Form(feed, "application/atom+xml", "Atom", "https://www.rfc-editor.org/rfc/rfc4287")
    yield Form(dates, "text/calendar", "iCalendar", "https://www.rfc-editor.org/rfc/rfc5545")


def _json(document: dict[str, object], media_type: str) -> HttpResponse:
    return JsonResponse(document, content_type=media_type, json_dumps_params={"ensure_ascii": False, "indent": 1})
