"""What every answer of the API has in common, also those that no operation makes."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from agreements.opendata.api.answers import ALL_LANGUAGES
from agreements.opendata.api.problems import METHOD_NOT_ALLOWED, Told, problem

BELOW: Final = "/api/"
_METHODS: Final = "GET, HEAD, OPTIONS"
_DAY_S: Final = 24 * 3600

_SHARED: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "X-Robots-Tag": "noindex",
}
_PREFLIGHT: Final = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": str(_DAY_S),
    "Cache-Control": f"public, max-age={_DAY_S}",
}


class ApiMiddleware:
    """Lets any site's scripts read (CORS, without credentials), compresses, and refuses whatever would write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._gzip = GZipMiddleware(self._answer)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return self._get_response(request)
        return self._gzip.process_response(request, self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        method = request.method
        if method == "OPTIONS":
            return HttpResponse(status=204, headers=_SHARED | _PREFLIGHT)
        if method not in ("GET", "HEAD"):
            response = problem(request, METHOD_NOT_ALLOWED, Told(headers={"Allow": _METHODS}))
        else:
            request.method = "GET"  # operations know no HEAD; the web server leaves out the body
            response = self._get_response(request)
            request.method = method
        for name, value in _SHARED.items():
            response[name] = value
        if response.get("Content-Language") == ALL_LANGUAGES:
            _forget_language(response)
        return response


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(BELOW)


def _forget_language(response: HttpResponse) -> None:
    """Django says of every address without a language that it varies by the one asked for."""
    varies = [one.strip() for one in response.get("Vary", "").split(",")]
    kept = [one for one in varies if one and one.lower() != "accept-language"]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]
