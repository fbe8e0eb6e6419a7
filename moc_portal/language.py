"""The language of a reader who has not chosen one."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers


def redirect_to_language(request: HttpRequest) -> HttpResponseRedirect:
    """To the same page in the language that the browser asks for, English where it asks for none.

    The choice is never kept: the address holds the language from here on.
    """
    language = translation.get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}{request.path}")
    patch_vary_headers(response, ["Accept-Language"])
    return response
