"""What operations raise, as problems."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import BaseModel

from agreements.editions.public import Withdrawn
from agreements.opendata.api.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    UNKNOWN_PARAMETER,
    WITHDRAWN,
    Refused,
    Told,
    problem,
)
from agreements.search.errors import SearchRefused

_WORDS: Final[dict[str, str | Promise]] = {
    "enum": _("It must be one of these: %(expected)s."),
    "literal_error": _("It must be one of these: %(expected)s."),
    "int_parsing": _("It is not a whole number."),
    "greater_than_equal": _("It must be at least %(ge)s."),
    "less_than_equal": _("It must be at most %(le)s."),
    "string_too_long": _("It must have at most %(max_length)s characters."),
    "string_too_short": _("It must not be empty."),
    "too_long": _("At most %(max_length)s values can be named."),
    "string_pattern_mismatch": _("It is not written as this parameter has to be; see its description."),
}
_QUOTED: Final = re.compile(r"'([^']*)'")
_OTHERWISE: Final = _("It can’t be read.")
_ONCE: Final = _("It can be given only once.")
_UNKNOWN: Final = _("There is no parameter of this name here.")

Handler = Callable[[HttpRequest, Any], HttpResponse]


def add_handlers(api: NinjaAPI) -> None:
    """Answer what operations refuse; bugs go on to Django, which writes them down and asks ``handler500``."""
    handlers: dict[type[Exception], Handler] = {
        ValidationError: _invalid,
        Refused: lambda request, refused: problem(request, refused.kind, Told(refused.parameters)),
        SearchRefused: _too_much,
        Withdrawn: lambda request, withdrawn: problem(request, WITHDRAWN, Told(withdrawal=withdrawn.entry)),
        Http404: lambda request, _error: problem(request, NOT_FOUND),
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def refuse_unknown(request: HttpRequest, parameters: type[BaseModel] | None) -> None:
    """See that only these parameters are given, and those that take one value only once.

    Raises:
        Refused: otherwise, naming each.
    """
    fields = {one.alias or name: one for name, one in parameters.model_fields.items()} if parameters else {}
    unknown = [name for name in request.GET if name not in fields]
    if unknown:
        raise Refused(UNKNOWN_PARAMETER, [(_shortened(name), _UNKNOWN.__str__) for name in unknown])
    repeated = [
        name for name, given in request.GET.lists() if len(given) > 1 and not _takes_several(fields[name].annotation)
    ]
    if repeated:
        raise Refused(INVALID_PARAMETER, [(name, _ONCE.__str__) for name in repeated])


def _takes_several(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _shortened(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:80]}…"


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400 for what is asked in the query; what does not fit in the path leads to nothing that there is."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return problem(request, NOT_FOUND)
    found = [(_parameter(one["loc"]), _saying(one)) for one in error.errors]
    return problem(request, INVALID_PARAMETER, Told(tuple(dict(found).items())))


def _parameter(location: tuple[str | int, ...]) -> str:
    """The name in a place such as ``("query", "parameters", "kind", 0)``."""
    return [one for one in location if isinstance(one, str)][-1]


def _saying(error: dict[str, Any]) -> Callable[[], str]:
    words = _WORDS.get(error["type"], _OTHERWISE)
    values = dict(error.get("ctx", {}))
    values["expected"] = ", ".join(_QUOTED.findall(str(values.get("expected", ""))))
    return lambda: str(words) % values


def _too_much(request: HttpRequest, refused: SearchRefused) -> HttpResponse:
    words = _("At most %(limit)s characters can be looked for. Use fewer words.")
    return problem(request, INVALID_PARAMETER, Told((("q", lambda: str(words) % {"limit": refused.args[0]}),)))
