"""How to reach the contacts of an agreement: shown to who asks for it, so that harvesters of pages don't find it.

The answer to a form that was opened within the last hour; no puzzle, no script and no cookie, and nothing that a
screen reader could not do. Programs that follow links never get there.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.site.answers import Withdrawn, gone, public_edition
from agreements.site.forms import ContactsForm

_STATUS: Final = {False: 200, True: 400}


@csrf_exempt  # it changes nothing and knows nobody, and a token would set a cookie for every reader
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, register_number: str) -> HttpResponse:
    """GET asks whether to show the addresses; POST shows them."""
    try:
        edition = public_edition(register_number)
    except Withdrawn as withdrawn:
        return gone(request, withdrawn.entry)
    sent = request.POST if request.method == "POST" else None
    form = ContactsForm(sent, register_number=register_number)
    is_shown = form.is_valid()
    context = {
        "content": edition.content,
        "form": None if is_shown else form.anew(),
        "is_shown": is_shown,
        "section": "agreements",
        "is_not_found_by_search": True,
    }
    response = render(request, "site/contacts.html", context, status=_STATUS[form.is_bound and not is_shown])
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
