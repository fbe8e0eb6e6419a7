"""Links between the languages of one page."""

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context

from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language

register = template.Library()


@register.simple_tag
def languages() -> list[tuple[Language, str]]:
    """The languages by their own names, whatever the page's language."""
    return [(language, ENDONYMS[language]) for language in LANGUAGES]


@register.simple_tag(takes_context=True)
def same_page(context: Context, language: str) -> str:
    """The address of this page in another language; what was asked for in the query stays behind, unless a page
    hands it over as ``kept_query``, tidied ("?q=…").

    Pages without a language in their address (errors outside the languages) lead to its home.
    """
    request: HttpRequest | None = context.get("request")
    parts = request.path.split("/", 2) if request else []
    if len(parts) == 3 and parts[1] in LANGUAGES:
        return f"/{language}/{parts[2]}{context.get('kept_query', '')}"
    return f"/{language}/"


@register.simple_tag(takes_context=True)
def full_address(context: Context, language: str) -> str:
    """The same with the portal's public origin: search engines follow alternates only with an origin."""
    return f"{settings.PUBLIC_ORIGIN}{same_page(context, language)}"
