"""The parts of an agreement, as they stand on its page at the desk."""

from typing import Any

from django.contrib import admin

from agreements.register.models.agreements import Agreement, AgreementDate, AgreementRelation, FrameworkLink
from agreements.register.models.participants import Funding, Participation, Signatory
from agreements.register.models.words_and_files import Announcement, Contact, Document, Statement
from agreements.register.models.work import Activity, Obligation
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.refusals import PartFormSet


class PartInline(LanguageFieldsMixin, admin.StackedInline[Any, Agreement]):
    """One kind of part: nothing is shown until there is one, and one click adds another."""

    extra = 0
    formset = PartFormSet
    show_change_link = False


class DateInline(PartInline):
    model = AgreementDate
    fields = (("kind", "date", "time"), ("place", "source"), three("note"))
    autocomplete_fields = ("place", "source")


class ParticipationInline(PartInline):
    model = Participation
    fields = (("role", "organization", "acting_through"), ("source", "position"), three("note"))
    autocomplete_fields = ("organization", "acting_through", "source")


class SignatoryInline(PartInline):
    model = Signatory
    fields = (three("name"), three("capacity"), ("party", "signed_on"), ("place", "source", "position"))
    autocomplete_fields = ("party", "place", "source")


class FundingInline(PartInline):
    model = Funding
    fields = (
        ("funder", "recipient", "kind"),
        ("disclosure", "amount", "currency"),
        ("start", "end"),
        three("purpose"),
        ("source", "position"),
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
        ("source", "position"),
    )
    autocomplete_fields = ("responsible", "places", "objectives", "source")


class ObligationInline(PartInline):
    model = Obligation
    fields = (three("text"), ("bearer", "due", "status"), three("evidence"), ("source", "position"))
    autocomplete_fields = ("bearer", "source")


class FrameworkInline(PartInline):
    model = FrameworkLink
    fields = (("framework", "objectives"), three("note"), ("source", "position"))
    autocomplete_fields = ("framework", "objectives", "source")


class RelationInline(PartInline):
    model = AgreementRelation
    fk_name = "agreement"
    fields = (("kind", "other"), ("effective", "source"))
    autocomplete_fields = ("other", "source")


class StatementInline(PartInline):
    model = Statement
    fields = (
        three("speaker"),
        three("capacity"),
        ("organization", "form", "said_on"),
        three("text"),
        ("source", "position"),
    )
    autocomplete_fields = ("organization", "source")


class AnnouncementInline(PartInline):
    model = Announcement
    fields = (
        three("headline"),
        three("dateline"),
        ("published_on", "published_at"),
        ("agency", "place", "source"),
        three("text"),
    )
    autocomplete_fields = ("agency", "place", "source")


class DocumentInline(PartInline):
    model = Document
    fields = (three("title"), ("kind", "language", "version"), ("file", "is_public", "position"))


class ContactInline(PartInline):
    model = Contact
    fields = (three("name"), three("role"), ("organization", "telephone", "email"), ("is_public", "source", "position"))
    autocomplete_fields = ("organization", "source")


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
)
"""In the order that a person thinks of an agreement."""
