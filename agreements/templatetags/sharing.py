"""What a page tells search engines and those who share it."""

import json
from typing import Any, Final, Literal

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agreements.editions.models import Edition
from agreements.formats.agreement_view import AgreementView
from agreements.formats.json_ld import legislation

register = template.Library()

_ESCAPED: Final = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
"""What could end the script element, as JSON writes it (HTML, 4.12.1.3)."""

_LOCALES: Final = {"en": "en_GB", "ar": "ar_IQ", "ckb": "ckb_IQ"}
"""Open Graph's names of the languages."""


class _Capture(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308  # was escaped
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> _Capture:
    """``{% capture name %}…{% endcapture %}``: what a block renders, to be written more than once."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return _Capture(name, nodelist)


@register.simple_tag(takes_context=True)
def canonical_address(context: Context) -> str:
    """Where the page wants to be found: its own address, or the one its view names, without a query."""
    request: HttpRequest = context["request"]
    return f"{settings.PUBLIC_ORIGIN}{context.get('canonical') or request.path}"


@register.simple_tag
def image_address(edition: Edition | Literal[""] | None) -> str:
    """Where the picture is that shows an edition, or the register, in the page's language."""
    if not edition:  # templates give an empty text for what is not there
        return f"{settings.PUBLIC_ORIGIN}{reverse('site:register_image')}"
    path = reverse("site:edition_image", args=[edition.register_number, edition.number])
    return f"{settings.PUBLIC_ORIGIN}{path}"


@register.filter
def locale_name(language: str) -> str:
    return _LOCALES[language]


@register.simple_tag
def json_ld(view: AgreementView) -> SafeString:
    """The record as linked data, in an element that browsers don't run."""
    return _script(legislation(view.edition, view.language, origin=view.origin, as_of=view.as_of))


def _script(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped above
