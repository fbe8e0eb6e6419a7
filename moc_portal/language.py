"""The language of a reader who has not chosen one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header


def redirect_to_language(request: HttpRequest) -> HttpResponseRedirect:
    """To the same page in the language that the browser asks for, English where it asks for none.

    The choice is never kept: the address holds the language from here on.
    """
    language = asked_language(request.headers.get("Accept-Language", ""))
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{language}{request.path}" + (f"?{query}" if query else ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def asked_language(header: str) -> str:
    """The first of the portal's languages in an Accept-Language header (RFC 9110, section 12.5.4).

    Kurdish without a dialect means Central Kurdish where it names Iraq, Iran or the Arabic script.
    Cookies are not read, unlike in Django's own function: the answer may vary by this header only.
    """
    for wanted, _weight in parse_accept_lang_header(header.lower()):
        tag = "ckb" if wanted in {"ku-iq", "ku-ir"} or wanted.startswith("ku-arab") else wanted
        try:
            return translation.get_supported_language_variant(tag)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
