"""The document for programs, and the page that is written from it for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.opendata.api.answers import ALL_LANGUAGES, ROOT
from agreements.opendata.api.document import openapi_document
from agreements.opendata.api.parameters import LARGEST_PAGE
from agreements.opendata.api.presenters import Presenter, content_fields
from agreements.opendata.api.problems import KINDS, MEDIA_TYPE
from moc_portal.pages.public import cacheable


@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document: the same for all, so it does not depend on what is asked."""
    response = JsonResponse(openapi_document(), json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = ALL_LANGUAGES
    return cacheable(response)


@csrf_exempt
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The same as a page in the reader's language."""
    shown = Presenter(openapi_document())
    context = {
        "root": f"{settings.PUBLIC_ORIGIN}{ROOT}",
        "limit": settings.API_REQUESTS_A_MINUTE,
        "largest_page": LARGEST_PAGE,
        "chapters": shown.chapters(),
        "shapes": shown.shapes(),
        "content": content_fields(),
        "problems": KINDS,
        "problem_type": MEDIA_TYPE,
        "licence": settings.DATA_LICENCE_NAME,
        "section": "data",
    }
    return cacheable(render(request, "site/api.html", context))
