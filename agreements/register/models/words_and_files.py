"""What was said and written: statements, the announcement, documents and contacts."""

import hashlib
from pathlib import PurePosixPath

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import PartialDateField, here
from agreements.register.file_kinds import KINDS, is_encrypted_pdf, media_type_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization, Place
from agreements.register.models.shared import Named, Ordered, Sourced, Titled, Written, some_language, tidy, tracked
from agreements.register.pdf_facts import PdfFacts, pdf_facts
from agreements.register.uploaded import Uploaded
from agreements.vocabulary.files import ActiveContent, FileRemark
from agreements.vocabulary.kinds import DocumentKind, ScanResult, StatementForm, TextLanguage


@tracked
class Statement(Written, Sourced, Ordered):
    """What a named person said about the agreement, in what capacity, when."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="statements"
    )
    speaker_en = models.CharField(_("speaker in English"), max_length=200, blank=True)
    speaker_ar = models.CharField(_("speaker in Arabic"), max_length=200, blank=True)
    speaker_ckb = models.CharField(_("speaker in Kurdish"), max_length=200, blank=True)
    capacity_en = models.CharField(_("capacity in English"), max_length=300, blank=True)
    capacity_ar = models.CharField(_("capacity in Arabic"), max_length=300, blank=True)
    capacity_ckb = models.CharField(_("capacity in Kurdish"), max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="statements",
    )  # fmt: skip
    form = models.CharField(
        _("form"),
        max_length=20,
        choices=StatementForm.choices,
        default=StatementForm.REPORTED,
        help_text=_("Verbatim only for words copied exactly from the source that is named."),
    )
    said_on = PartialDateField(_("said on"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(form__in=StatementForm.values), name="statement_form"),
            some_language("speaker", name="statement_has_speaker"),
            tidy("speaker", name="statement_speaker_tidy"),
            some_language("text", name="statement_has_text"),
            models.CheckConstraint(
                condition=~Q(form=StatementForm.VERBATIM) | Q(source__isnull=False),
                name="statement_verbatim_names_source",
                violation_error_message=_("A verbatim quotation must name its source."),
            ),
        )

    def __str__(self) -> str:
        return here(self, "speaker")


@tracked
class Announcement(Written, Sourced):
    """The press release that made the agreement known."""

    agreement = models.OneToOneField(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="announcement"
    )
    headline_en = models.CharField(_("headline in English"), max_length=500, blank=True)
    headline_ar = models.CharField(_("headline in Arabic"), max_length=500, blank=True)
    headline_ckb = models.CharField(_("headline in Kurdish"), max_length=500, blank=True)
    dateline_en = models.CharField(_("dateline in English"), max_length=200, blank=True)
    dateline_ar = models.CharField(_("dateline in Arabic"), max_length=200, blank=True)
    dateline_ckb = models.CharField(_("dateline in Kurdish"), max_length=200, blank=True)
    published_on = PartialDateField(_("published on"))
    published_at = models.DateTimeField(
        _("moment of publication"), null=True, blank=True, help_text=_("Where the minute is known, Baghdad time.")
    )
    agency = models.ForeignKey(
        Organization, verbose_name=_("agency"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = (
            some_language("headline", name="announcement_has_headline"),
            tidy("headline", name="announcement_headline_tidy"),
        )

    def __str__(self) -> str:
        return here(self, "headline")


def stored_name(document: "Document", _file_name: str) -> str:
    """Files live under their content hash: equal files are one file, and a name tells nothing."""
    return f"documents/{document.sha256[:2]}/{document.sha256}"


@tracked
class Document(Titled, Ordered):
    """A file of the agreement; only public ones become part of an edition."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    language = models.CharField(_("language"), max_length=3, choices=TextLanguage.choices)
    version = models.CharField(_("version"), max_length=40, default="1")
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Public files can be downloaded by anyone once an edition is published."),
    )
    is_unsigned = models.BooleanField(
        _("without signatures"),
        default=False,
        help_text=_("Tick it for a copy of the agreement's text that nobody has signed: it can’t be made public."),
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    file_name = models.CharField(_("file name"), max_length=200, editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    is_encrypted = models.BooleanField(_("encrypted"), default=False, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    is_signed = models.BooleanField(_("electronically signed"), null=True, blank=True, editable=False)
    signatures = models.JSONField(_("electronic signatures"), null=True, blank=True, editable=False)
    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True, editable=False)
    scan_result = models.CharField(
        _("virus scan"), max_length=20, choices=ScanResult.choices, default=ScanResult.NOT_SCANNED, editable=False
    )
    scan_found = models.CharField(_("what the scan found"), max_length=200, blank=True, editable=False)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True, editable=False)

    taken_out = ArrayField(
        models.CharField(max_length=20, choices=ActiveContent.choices),
        verbose_name=_("taken out when it was uploaded"), default=list, blank=True, editable=False,
    )  # fmt: skip
    uploaded_sha256 = models.CharField(_("SHA-256 as it was uploaded"), max_length=64, blank=True, editable=False)
    remarks = ArrayField(
        models.CharField(max_length=20, choices=FileRemark.choices),
        verbose_name=_("to be known of it"), default=list, blank=True, editable=False,
    )  # fmt: skip

    uploaded: Uploaded | None = None
    """What was found out of a new file when it was uploaded, for ``save`` to note."""

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256"),
            some_language("title", name="document_has_title"),
            tidy("title", name="document_title_tidy"),
            models.CheckConstraint(
                condition=Q(scan_result=ScanResult.NOT_SCANNED, scanned_at__isnull=True, scan_found="")
                | Q(scan_result=ScanResult.CLEAN, scanned_at__isnull=False, scan_found="")
                | (Q(scan_result=ScanResult.INFECTED, scanned_at__isnull=False) & ~Q(scan_found="")),
                name="document_scan_says_when",
            ),
            models.CheckConstraint(
                condition=Q(examined_at__isnull=False) | Q(pages__isnull=True, is_signed__isnull=True),
                name="document_facts_say_when",
            ),
            models.CheckConstraint(
                condition=Q(taken_out=[], uploaded_sha256="")
                | (~Q(taken_out=[]) & Q(uploaded_sha256__regex=r"^[0-9a-f]{64}$")),
                name="document_taken_out_of_what",
            ),
            models.UniqueConstraint(
                fields=("agreement", "sha256"),
                name="document_once_an_agreement",
                violation_error_message=_("This file is already among the agreement's documents."),
            ),
        )

    def save(self, *args: object, **kwargs: object) -> None:
        if self.file and not self.file._committed:
            self._describe_file()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on

    def digest_of_file(self) -> str | None:
        """The SHA-256 of the file, also of one that is not saved yet."""
        if not self.file or self.file._committed:
            return self.sha256 or None
        digest = hashlib.sha256()
        for chunk in self.file.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def _describe_file(self) -> None:
        self.sha256 = self.digest_of_file() or ""
        self.size_bytes = self.file.size
        self.file_name = PurePosixPath(self.file.name or "").name[:200]
        self.media_type = media_type_of(self.file, self.file_name)
        self.is_encrypted = is_encrypted_pdf(self.file)
        self._examine()
        self._note_upload()

    def _examine(self) -> None:
        """What a PDF says of itself; of other files nothing is to be found out."""
        facts = PdfFacts()
        if self.media_type == KINDS["PDF"].media_type:
            self.file.seek(0)
            facts = pdf_facts(self.file.read())
            self.file.seek(0)
        self.pages, self.is_signed, self.examined_at = facts.pages, facts.is_signed, timezone.now()
        self.signatures = facts.stored_signatures

    def _note_upload(self) -> None:
        """What was said of the bytes before is nothing for these."""
        uploaded = self.uploaded or Uploaded()
        self.taken_out = [one.value for one in uploaded.taken_out]
        self.uploaded_sha256 = uploaded.sha256_before
        self.remarks = [one.value for one in uploaded.remarks]
        self.scan_result, self.scan_found, self.scanned_at = ScanResult.NOT_SCANNED.value, "", None
        if uploaded.verdict is not None:
            self.scan_result = ScanResult.CLEAN if uploaded.verdict.is_clean else ScanResult.INFECTED
            self.scan_found = uploaded.verdict.found[:200]
            self.scanned_at = timezone.now()


@tracked
class Contact(Named, Sourced, Ordered):
    """Whom to ask; shown to the public only where marked so, shielded from harvesters."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="contacts"
    )
    role_en = models.CharField(_("role in English"), max_length=200, blank=True)
    role_ar = models.CharField(_("role in Arabic"), max_length=200, blank=True)
    role_ckb = models.CharField(_("role in Kurdish"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            some_language("name", name="contact_has_name"),
            tidy("name", name="contact_name_tidy"),
        )
