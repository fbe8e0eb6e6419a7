"""How files of data are answered: what each says in its headers, and what stands where there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import wraps
from hashlib import sha256
from typing import Concatenate, Final, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from agreements.editions.models import Edition, LogEntry
from agreements.editions.public import Withdrawn
from agreements.editions.queries import log_head
from agreements.formats.licence import Licence
from agreements.vocabulary.languages import LANGUAGES, Language
from agreements.vocabulary.zone import BAGHDAD, day_in_baghdad
from moc_portal.pages.public import cacheable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_MADE_ANEW: Final = 1
"""Part of every tag: raise it where the same editions give another file."""


@dataclass(frozen=True)
class State:
    """What register-wide files are functions of: the log's newest entry, and the day in Baghdad."""

    head: LogEntry | None
    now: datetime

    @property
    def day(self) -> date:
        return day_in_baghdad(self.now)

    @property
    def sequence(self) -> int:
        return self.head.sequence if self.head else 0

    @property
    def changed_at(self) -> datetime:
        """The last publication or withdrawal, or the midnight since when statuses are of today."""
        midnight = datetime.combine(self.day, time(), BAGHDAD)
        return max(midnight, self.head.at) if self.head else midnight

    @property
    def tag(self) -> str:
        """Of all that a file depends on: a weak one, because each encoding has other bytes."""
        told = (settings.PUBLIC_ORIGIN, settings.OPERATOR, settings.CONTACT_EMAIL, settings.IATI_REPORTING_ORG)
        parts = (self.head.entry_hash if self.head else "", self.day, declared_licence(), *told, _MADE_ANEW)
        return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def current_state() -> State:
    return State(log_head(), timezone.now())


def language_asked() -> Language:
    """The language that the address is below."""
    return cast(Language, get_language() or "en")


def declared_licence() -> Licence | None:
    """The licence that the operator gives the data; ``None`` where none is declared."""
    name: str = settings.DATA_LICENCE_NAME
    return Licence(name, settings.DATA_LICENCE_URL) if name else None


def data_file(view: View[P]) -> View[P]:
    """A text that only answers GET and HEAD, may be read from any site, and says what was withdrawn or never was."""
    return csrf_exempt(require_safe(gzip_page(_answered(view))))


def packed_file(view: View[P]) -> View[P]:
    """The same for what is compressed already."""
    return csrf_exempt(require_safe(_answered(view)))


def _answered(view: View[P]) -> View[P]:
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            response = view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            response = JsonResponse(withdrawn.document, status=410)
        if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()  # nobody sends it, but a server would have it made
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Last-Modified, Link"
        response["X-Robots-Tag"] = "noindex"
        # The tag before gzip, which writes other bytes each time.
        return cacheable(response)

    return wraps(view)(answer)


def of_register(response: HttpResponseBase, state: State, *, file_name: str = "") -> HttpResponseBase:
    """The headers of a file about the whole register; ``file_name`` is for what is saved, and has the day in it."""
    response["ETag"] = state.tag
    response["Content-Language"] = ", ".join(LANGUAGES)
    response["Last-Modified"] = http_date(state.changed_at.timestamp())
    if file_name:
        stem, _, ending = file_name.partition(".")
        response["Content-Disposition"] = f'attachment; filename="{stem}-{state.day}.{ending}"'
    described = reverse("neutral:data_package")
    response["Link"] = ", ".join([f'<{described}>; rel="describedby"', *_licence_link()])
    return response


def of_edition(response: HttpResponse, edition: Edition, *, path: str) -> HttpResponse:
    """The headers of a file about one edition: where it is for ever, which edition it is of, on what terms."""
    of = reverse("neutral:edition", args=[edition.register_number, edition.number])
    own, content = f'<{path}>; rel="canonical"', f'<{of}.json>; rel="alternate"; type="application/json"'
    response["Link"] = ", ".join([own, content, *_licence_link()])
    return response


def _licence_link() -> list[str]:
    licence = declared_licence()
    return [f'<{licence.url}>; rel="license"'] if licence and licence.url else []
