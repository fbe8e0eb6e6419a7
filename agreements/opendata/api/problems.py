"""What went wrong, in one format (RFC 9457) and in the reader's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from agreements.editions.models import LogEntry
from agreements.opendata.api.answers import ROOT
from agreements.vocabulary.asked_language import asked_language
from agreements.vocabulary.languages import LocalisedText
from moc_portal.pages.public import cacheable

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: the last part of its ``type``, its status, and what it is called."""

    name: str
    status: HTTPStatus
    title: str | Promise
    remedy: str | Promise


UNKNOWN_PARAMETER: Final = Kind(
    "unknown-parameter", HTTPStatus.BAD_REQUEST, _("There is no such parameter"),
    _("Check the names of the parameters. What is not known is refused: a typing error must not give everything."),
)  # fmt: skip
INVALID_PARAMETER: Final = Kind(
    "invalid-parameter", HTTPStatus.BAD_REQUEST, _("A parameter has a value that can’t be read"),
    _("Each parameter that is named has to be changed."),
)  # fmt: skip
OTHER_ORDER: Final = Kind(
    "other-order", HTTPStatus.CONFLICT, _("The place belongs to a list in another order"),
    _("Begin with the first page of the list and follow its links."),
)  # fmt: skip
BAD_REQUEST: Final = Kind(
    "bad-request", HTTPStatus.BAD_REQUEST, _("This request can’t be read"),
    _("The address or what was sent with it is damaged. Try again."),
)  # fmt: skip
FORBIDDEN: Final = Kind(
    "forbidden", HTTPStatus.FORBIDDEN, _("This is not allowed"), _("Everything here can only be read."),
)  # fmt: skip
NOT_FOUND: Final = Kind(
    "not-found", HTTPStatus.NOT_FOUND, _("There is nothing at this address"),
    _("Nothing was ever published at this address. The index of addresses leads to what there is."),
)  # fmt: skip
METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, _("This can only be read"),
    _("Use GET, HEAD or OPTIONS."),
)  # fmt: skip
WITHDRAWN: Final = Kind(
    "withdrawn", HTTPStatus.GONE, _("The agreement was withdrawn"),
    _("The reason stands beside, as it was published. Delete copies where the reason says so."),
)  # fmt: skip
TOO_MANY_REQUESTS: Final = Kind(
    "too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests"),
    _("Wait for as many seconds as Retry-After says. For the whole register take the files on the data page."),
)  # fmt: skip
SERVER_ERROR: Final = Kind(
    "server-error", HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong on our side"),
    _("The fault has been written down. Please try again in a moment."),
)  # fmt: skip
UNAVAILABLE: Final = Kind(
    "unavailable", HTTPStatus.SERVICE_UNAVAILABLE, _("The register can’t be reached at the moment"),
    _("Its database does not answer. Please try again in a minute."),
)  # fmt: skip

KINDS: Final = (
    UNKNOWN_PARAMETER, INVALID_PARAMETER, BAD_REQUEST, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, OTHER_ORDER, WITHDRAWN,
    TOO_MANY_REQUESTS, SERVER_ERROR, UNAVAILABLE,
)  # fmt: skip


class ParameterProblem(BaseModel):
    """What is wrong with one parameter."""

    model_config = ConfigDict(extra="forbid")

    parameter: str
    detail: str


class Problem(BaseModel):
    """A problem as RFC 9457 has it, with members of its own for some kinds."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Names the kind of problem, and leads to what is said of it.")
    title: str
    status: int
    detail: str
    instance: str
    parameters: tuple[ParameterProblem, ...] = Field((), exclude_if=lambda found: not found)
    register_number: str | None = Field(None, exclude_if=lambda one: one is None)
    withdrawn_at: str | None = Field(None, exclude_if=lambda one: one is None)
    reason: LocalisedText | None = Field(None, exclude_if=lambda one: one is None)


class Refused(Exception):
    """A request that is answered by a problem; ``parameters`` are pairs of a name and what says what is wrong."""

    def __init__(self, kind: Kind, parameters: Iterable[tuple[str, Callable[[], str]]] = ()) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.parameters = tuple(parameters)


@dataclass(frozen=True)
class Told:
    """What an answer says beyond its kind."""

    parameters: tuple[tuple[str, Callable[[], str]], ...] = ()
    withdrawal: LogEntry | None = None
    headers: dict[str, str] = field(default_factory=dict)


def problem(request: HttpRequest, kind: Kind, told: Told = Told()) -> HttpResponse:  # frozen
    """A problem in the language that the request asks for; what may be another's or soon be over is not kept."""
    language = asked_language(request.headers.get("Accept-Language", ""))
    with translation.override(language):
        shown = _shown(request, kind, told)
    response = HttpResponse(shown.model_dump_json(), content_type=MEDIA_TYPE, status=kind.status, headers=told.headers)
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    if kind in (NOT_FOUND, WITHDRAWN):
        return cacheable(response)
    response["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, kind: Kind, told: Told) -> Problem:
    details = [ParameterProblem(parameter=name, detail=say()) for name, say in told.parameters]
    gone = told.withdrawal
    return Problem(
        type=f"{settings.PUBLIC_ORIGIN}{ROOT}problems/{kind.name}",
        title=str(kind.title),
        status=kind.status,
        detail=" ".join([*(f"{one.parameter}: {one.detail}" for one in details), str(kind.remedy)]),
        instance=request.path,
        parameters=tuple(details),
        register_number=gone.register_number if gone else None,
        withdrawn_at=gone.at.isoformat() if gone else None,
        reason=gone.note if gone else None,
    )
