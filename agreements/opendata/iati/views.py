"""IATI 2.03 at permanent addresses: one edition, and the register as a whole."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from agreements.editions.public import public_edition
from agreements.editions.queries import current_editions_at
from agreements.formats.iati.file import MEDIA_TYPE, iati_xml, register_iati
from agreements.formats.iati.reported import declared_licence, reported
from agreements.opendata.files.answers import current_state, data_file, of_edition, of_register
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad

_CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8"


@data_file
def agreement_iati(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """The current edition as an IATI file, with the statuses of today in Baghdad."""
    return _edition(register_number, None)


@data_file
def edition_iati(request: HttpRequest, register_number: str, number: int) -> HttpResponseBase:
    """One edition by number, in the same way."""
    return _edition(register_number, number)


@data_file
def register(request: HttpRequest) -> HttpResponseBase:
    """All current editions as one IATI file, sent while it is made."""
    state = current_state()
    subjects = (reported(one, as_of=state.day) for one in current_editions_at(state.sequence))
    licence = declared_licence()
    pieces = register_iati(subjects, origin=settings.PUBLIC_ORIGIN, at=state.now, as_of=state.day, licence=licence)
    response = StreamingHttpResponse(pieces, content_type=_CONTENT_TYPE)
    return of_register(response, state, file_name="iati-activities.xml")


def _edition(register_number: str, number: int | None) -> HttpResponse:
    found = public_edition(register_number, number)
    subject = reported(found, as_of=day_in_baghdad(timezone.now()))
    response = HttpResponse(iati_xml(subject), content_type=_CONTENT_TYPE)
    response["Content-Language"] = ", ".join(LANGUAGES)
    return of_edition(response, found, path=reverse("neutral:edition_iati", args=[register_number, found.number]))
