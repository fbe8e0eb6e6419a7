"""The parts of an agreement, as they stand on its page at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement, AgreementDate, AgreementRelation, FrameworkLink
from agreements.register.models.notes import CorrectionNote
from agreements.register.models.participants import Funding, Participation, Signatory
from agreements.register.models.words_and_files import Announcement, Contact, Document, Statement
from agreements.register.models.work import Activity, Obligation
from agreements.staff.choices import KnownChoicesMixin
from agreements.staff.document_facts import facts_in_words, scan_in_words
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.formsets import DateFormSet, PartFormSet, RelationFormSet
from agreements.staff.rows import PartForm
from agreements.staff.uploads import DocumentForm


class PartDocumentForm(DocumentForm, PartForm):
    """A document as a row of its agreement."""


class PartInline(KnownChoicesMixin, LanguageFieldsMixin, admin.StackedInline[Any, Agreement]):
    """One kind of part: nothing is shown until there is one, and one click adds another.

    ``named_by`` has the foreign keys that a row is called after.
    """

    extra = 0
    form = PartForm
    formset = PartFormSet
    template = "admin/agreements/agreement/part.html"
    show_change_link = False
    named_by: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*self.named_by) if self.named_by else rows


class DateInline(PartInline):
    model = AgreementDate
    formset = DateFormSet
    fields = (("kind", "date", "time"), ("place", "source", "unconfirmed"), three("note"))
    autocomplete_fields = ("place", "source")


class ParticipationInline(PartInline):
    model = Participation
    named_by = ("organization",)
    fields = (("role", "organization", "acting_through"), ("source", "unconfirmed", "position"), three("note"))
    autocomplete_fields = ("organization", "acting_through", "source")


class SignatoryInline(PartInline):
    model = Signatory
    fields = (three("name"), three("capacity"), ("party", "signed_on"), ("place", "source", "unconfirmed", "position"))
    autocomplete_fields = ("party", "place", "source")


class FundingInline(PartInline):
    model = Funding
    named_by = ("funder",)
    fields = (
        ("funder", "recipient", "kind"),
        ("disclosure", "amount", "currency"),
        ("start", "end"),
        three("purpose"),
        ("source", "unconfirmed", "position"),
    )
    autocomplete_fields = ("funder", "recipient", "source")


class ActivityInline(PartInline):
    """Progress notes stand on the activity's own page, which the link leads to."""

    model = Activity
    show_change_link = True
    fields = (
        three("title"),
        three("description"),
        three("area"),
        ("status", "start", "end"),
        ("responsible", "places", "objectives"),
        ("source", "unconfirmed", "position"),
    )
    autocomplete_fields = ("responsible", "places", "objectives", "source")


class ObligationInline(PartInline):
    model = Obligation
    fields = (three("text"), ("bearer", "due", "status"), three("evidence"), ("source", "unconfirmed", "position"))
    autocomplete_fields = ("bearer", "source")


class FrameworkInline(PartInline):
    model = FrameworkLink
    named_by = ("framework",)
    fields = (("framework", "objectives"), three("note"), ("source", "unconfirmed", "position"))
    autocomplete_fields = ("framework", "objectives", "source")


class RelationInline(PartInline):
    model = AgreementRelation
    formset = RelationFormSet
    named_by = ("other",)
    fk_name = "agreement"
    fields = (("kind", "other"), ("effective", "source", "unconfirmed"))
    autocomplete_fields = ("other", "source")


class StatementInline(PartInline):
    model = Statement
    fields = (
        three("speaker"),
        three("capacity"),
        ("organization", "form", "said_on"),
        three("text"),
        ("source", "unconfirmed", "position"),
    )
    autocomplete_fields = ("organization", "source")


class AnnouncementInline(PartInline):
    model = Announcement
    fields = (
        three("headline"),
        three("dateline"),
        ("published_on", "published_at"),
        ("agency", "place", "source", "unconfirmed"),
        three("text"),
    )
    autocomplete_fields = ("agency", "place", "source")


class DocumentInline(PartInline):
    model = Document
    form = PartDocumentForm
    readonly_fields = ("facts", "scan")
    fields = (
        three("title"),
        ("kind", "language", "version"),
        ("file", "is_public", "is_unsigned", "position"),
        "facts",
        "scan",
    )

    @admin.display(description=_("virus scan"))
    def scan(self, document: Document) -> str:
        return scan_in_words(document)

    @admin.display(description=_("what the file tells"))
    def facts(self, document: Document) -> str:
        return facts_in_words(document)


class ContactInline(PartInline):
    model = Contact
    fields = (
        three("name"),
        three("role"),
        ("organization", "telephone", "email"),
        ("is_public", "source", "unconfirmed", "position"),
    )
    autocomplete_fields = ("organization", "source")


class CorrectionNoteInline(PartInline):
    """What readers are told was put right; most come from a reader's report, which is named beside them."""

    model = CorrectionNote
    readonly_fields = ("report",)
    fields = (("noted_on", "section", "report"), three("text"))


PARTS = (
    DateInline,
    ParticipationInline,
    SignatoryInline,
    FundingInline,
    ActivityInline,
    ObligationInline,
    FrameworkInline,
    RelationInline,
    StatementInline,
    AnnouncementInline,
    DocumentInline,
    ContactInline,
    CorrectionNoteInline,
)
"""In the order that a person thinks of an agreement."""
