"""The verifier's page: takes a file, a code or a hash, answers in words, keeps nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.editions.checkpoints import is_log_signed
from agreements.editions.codes import normalise_code
from agreements.site.answers import language_of_page
from agreements.site.forms import FileForm, TypedForm
from agreements.site.verdict_words import HEADINGS, JSON_PROBLEMS, SealWords
from agreements.summaries.verify import MAX_BYTES, Finding, Verdict, verify_code, verify_file, verify_hash
from moc_portal.apart import Busy

_RETRY_S = 5


@csrf_exempt  # it changes nothing and knows nobody, and a token would set a cookie for every reader
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """GET shows the forms, or looks up ``?code=``; POST checks ``file``, ``hash`` or what was ``typed``.

    ``hash`` is what the page's script made of a file that stays with the reader. Hashes are only taken in a body: in
    an address they would end in logs, histories and other sites' Referer, and tell who holds which paper.
    """
    if request.method == "POST":
        return _posted(request)
    code = request.GET.get("code", "")[:40]
    if not code:
        return _page(request)
    return _page(request, verdict=verify_code(code), typed_form=TypedForm(initial={"typed": code}))


def _posted(request: HttpRequest) -> HttpResponse:
    if "typed" in request.POST:
        return _typed(request)
    if "hash" in request.POST:
        return _page(request, verdict=verify_hash(request.POST["hash"][:200], of_file=True))
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form)
    upload = form.cleaned_data["file"]
    if upload.size > MAX_BYTES:
        return _page(request, verdict=Verdict(Finding.TOO_LARGE))
    try:
        return _page(request, verdict=verify_file(upload.read()))
    except Busy:
        return _busy(request)


def _typed(request: HttpRequest) -> HttpResponse:
    """A code leads to an address that can be passed on; a hash is answered here."""
    form = TypedForm(request.POST)
    if not form.is_valid():
        return _page(request, typed_form=form)
    typed = form.cleaned_data["typed"]
    code = normalise_code(typed)
    if code is not None:
        return HttpResponseRedirect(f"{reverse('site:verify')}?{urlencode({'code': code})}")
    return _page(request, verdict=verify_hash(typed), typed_form=TypedForm(initial={"typed": typed}))


def _busy(request: HttpRequest) -> HttpResponse:
    answer = _page(request, is_busy=True)
    answer.status_code = 503
    answer["Retry-After"] = str(_RETRY_S)
    return answer


def _page(
    request: HttpRequest,
    *,
    verdict: Verdict | None = None,
    file_form: FileForm | None = None,
    typed_form: TypedForm | None = None,
    is_busy: bool = False,
) -> HttpResponse:
    heading, explanation = HEADINGS[verdict.finding] if verdict else ("", "")
    if verdict and verdict.other:
        party = verdict.other.organization.best(language_of_page())
        explanation = str(explanation) % {"party": f"\u2068{party.text if party else ''}\u2069"}
    context = {
        "file_form": file_form or FileForm(),
        "typed_form": typed_form or TypedForm(),
        "verdict": verdict,
        "heading": heading,
        "explanation": explanation,
        "problem": JSON_PROBLEMS.get(verdict.problem, "") if verdict else "",
        "seal_words": _seal_words(verdict) if verdict else None,
        "is_busy": is_busy,
        "max_bytes": MAX_BYTES,
        "is_signed": is_log_signed(),
        "section": "verify",
        "is_not_found_by_search": verdict is not None,
    }
    return render(request, "site/verify.html", context)


def _seal_words(verdict: Verdict) -> SealWords | None:
    if verdict.seal is None:
        return None
    has_ended = verdict.seal.chain[0].not_after < timezone.now()
    return SealWords.of(verdict.seal, level=verdict.level, has_ended=has_ended)
