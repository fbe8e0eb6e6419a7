"""What links to the other side share at the desk: the page that shows a new one, this once, and revoking it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.formats.words import write_day
from agreements.publishing.errors import NoLinkToRevoke
from agreements.publishing.links import MadeLink
from agreements.staff.explain import explain
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class Letter:
    """What a new link is sent with: texts that are translated when they are written, with placeholders."""

    page: str
    subject: str | Promise
    request: str | Promise


def show_once(request: HttpRequest, made: MadeLink[Any], letter: Letter, *, back: str, **more: Any) -> HttpResponse:
    """The link with its address, and an e-mail to send it with, in the language of the person who is asked.

    Args:
        back: where the page leads to.
        more: what else its template is given.
    """
    link = made.link
    with translation.override(link.language):
        address = settings.PUBLIC_ORIGIN + reverse(letter.page, args=[made.secret])
        subject, body = _mail(made, letter, address)
    context = {
        **admin.site.each_context(request),
        "title": _("The link is made"),
        "agreement": link.agreement,
        "link": link,
        "address": address,
        "mailto": f"mailto:{quote(link.email)}?subject={quote(subject)}&body={quote(body)}",
        "back": back,
        **more,
    }
    return render(request, "admin/agreements/agreement/link_made.html", context)


def revoke_and_say(request: HttpRequest, revoke: Callable[..., object], agreement_id: int, link_id: int) -> None:
    """Revoke a link by its kind's own act, and tell the person on the next page what came of it."""
    try:
        revoke(agreement_id, link_id, by=cast(User, request.user), at=timezone.now())
    except NoLinkToRevoke as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("The link leads nowhere any more."))


def _mail(made: MadeLink[Any], letter: Letter, address: str) -> tuple[str, str]:
    """Subject and body in the active language; mail programs want CR LF (RFC 6068, section 5)."""
    link, language = made.link, cast(Language, made.link.language)
    words = {
        "number": link.agreement.register_number,
        "title": getattr(link.agreement, f"title_{language}") or str(link.agreement),
        "person": link.person,
        "party": str(link.party),
        "day": write_day(day_in_baghdad(link.expires_at), language),
        "address": address,
    }
    paragraphs = (
        _("Dear %(person)s,"),
        str(letter.request),
        "%(address)s",
        _("You need no account. The link is for you alone, so please don’t pass it on; it is valid until %(day)s."),
    )
    return str(letter.subject) % words, "\r\n\r\n".join(one % words for one in paragraphs)
