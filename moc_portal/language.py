"""Addresses without a language lead to those with one."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from agreements.vocabulary.asked_language import asked_language


def redirect_to_language(request: HttpRequest) -> HttpResponseRedirect:
    """To the same page in the language that the browser asks for, English where it asks for none.

    The choice is never kept: the address holds the language from here on.
    """
    language = asked_language(request.headers.get("Accept-Language", ""))
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{language}{request.path}" + (f"?{query}" if query else ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response
