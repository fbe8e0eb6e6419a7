"""The verifier's page: takes a PDF or a code, answers in words, keeps nothing."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.editions.checkpoints import is_log_signed
from agreements.site.answers import language_of_page
from agreements.site.forms import CodeForm, PdfForm
from agreements.summaries.verify import MAX_BYTES, Finding, Verdict, verify_code, verify_pdf

_WORDS: Final[dict[Finding, tuple[str | Promise, str | Promise]]] = {
    Finding.GENUINE: (
        _("This file is genuine"),
        _("It is exactly what this register sealed. Nothing in it was changed."),
    ),
    Finding.OTHER_BYTES: (
        _("This is not the file that the register sealed"),
        _("The seal inside it holds, but the file differs from the one that was given out. Get that one below."),
    ),
    Finding.OTHER_SIDE: (
        _("This is the copy that another party sealed"),
        _("%(party)s sealed it with its own certificate, and it is kept beside the register’s. Nothing was changed."),
    ),
    Finding.CODE_KNOWN: (
        _("This code was given out by the register"),
        _("It stands for the edition below. Compare the paper with it: a code does not prove the text around it."),
    ),
    Finding.CODE_UNKNOWN: (
        _("The register has not given out this code"),
        _("Check it for a typing error. If it is printed exactly so, the paper does not come from this register."),
    ),
    Finding.CHANGED: (
        _("This file was changed after it was sealed"),
        _("It carries a seal, but its content is not what was sealed. Get a copy from the register."),
    ),
    Finding.ADDED_TO: (
        _("Something was added to this file after it was sealed"),
        _("The register’s seal allows no later change. Do not rely on what it shows; get a copy from the register."),
    ),
    Finding.OTHER_SEAL: (
        _("This file was not sealed by this register"),
        _("It carries a seal or signature of somebody else. Whether to trust that is not for this register to say."),
    ),
    Finding.NO_SEAL: (
        _("This file carries no seal"),
        _("The register seals every summary. This file does not come from it, or its seal was removed."),
    ),
    Finding.NOT_OURS: (
        _("The register does not know this file’s content"),
        _("It carries the register’s seal, but the content inside is no edition that is kept here."),
    ),
    Finding.DAMAGED: (
        _("This file is damaged"),
        _("It can’t be read as a PDF to its end. Perhaps it was cut off on its way: get it again from where it came."),
    ),
    Finding.ENCRYPTED: (
        _("This file is encrypted"),
        _("The register never encrypts its summaries, and an encrypted file can’t be checked. Get the file as it was."),
    ),
    Finding.NOT_A_PDF: (
        _("This is not a PDF"),
        _("Choose the PDF file itself, not a picture, a page printed anew or a converted copy."),
    ),
    Finding.TOO_LARGE: (
        _("This file is larger than 20 MB"),
        _("No summary of this register is as large as that, so it was not looked at."),
    ),
    Finding.EMPTY: (
        _("This file is empty"),
        _("It holds nothing at all. Choose another one."),
    ),
}


@csrf_exempt  # it changes nothing and knows nobody, and a token would set a cookie for every reader
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """GET shows the forms, or looks up ``?code=``; POST checks the file ``pdf``."""
    pdf_form = PdfForm(request.POST, request.FILES) if request.method == "POST" else PdfForm()
    code_form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    verdict: Verdict | None = None
    if pdf_form.is_bound and pdf_form.is_valid():
        upload = pdf_form.cleaned_data["pdf"]
        verdict = Verdict(Finding.TOO_LARGE) if upload.size > MAX_BYTES else verify_pdf(upload.read())
    elif code_form.is_bound and code_form.is_valid():
        verdict = verify_code(code_form.cleaned_data["code"])
    heading, explanation = _WORDS[verdict.finding] if verdict else ("", "")
    if verdict and verdict.other:
        party = verdict.other.organization.best(language_of_page())
        explanation = str(explanation) % {"party": f"\u2068{party.text if party else ''}\u2069"}
    context = {
        "pdf_form": pdf_form,
        "code_form": code_form,
        "verdict": verdict,
        "heading": heading,
        "explanation": explanation,
        "is_signed": is_log_signed(),
        "section": "verify",
        "is_not_found_by_search": verdict is not None,
    }
    return render(request, "site/verify.html", context)
