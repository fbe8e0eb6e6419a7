"""The agreement's page at the desk, and the acts that lead it to the public."""

from typing import Any, Final, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.editions.queries import was_published
from agreements.formats.words import write_number
from agreements.publishing.readiness import readiness_of
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement, title_order
from agreements.register.models.work import Activity, ProgressNote
from agreements.staff.conflicts import ConflictMixin
from agreements.staff.edits import PartPageMixin
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.history import HistoryMixin
from agreements.staff.links import linked
from agreements.staff.lists import AgreementList, ListPaginator
from agreements.staff.page import SectionsMixin, is_whole, rows_shown
from agreements.staff.pages import PAGES
from agreements.staff.parts import PARTS
from agreements.staff.refusals import RefusalMixin
from agreements.staff.together import LABELS, look_through
from agreements.staff.translations import TranslationsFilter, TranslationsMixin
from agreements.vocabulary.languages import Language

_NOT_CONTENT: Final = {"people_in_charge"}
"""What no edition will say: changing it starts no review over."""


@admin.register(Agreement)
class AgreementAdmin(
    TranslationsMixin,
    ConflictMixin,
    SectionsMixin,
    HistoryMixin,
    RefusalMixin,
    LanguageFieldsMixin,
    admin.ModelAdmin[Agreement],
):
    list_display = ("register_number", "title_here", "kind", "working_state", "translated", "edition")
    list_display_links = ("register_number", "title_here")
    list_filter = ("working_state", TranslationsFilter, "kind", "legal_character")
    search_fields = ("register_number", "title_en", "title_ar", "title_ckb")
    readonly_fields = ("register_number", "working_state")
    autocomplete_fields = ("principles", "places", "sources")
    inlines = PARTS
    actions = ("submit_together", "approve_together", "publish_together")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # it would count every filter over the whole register
    paginator = ListPaginator
    change_form_template = "admin/agreements/agreement/change_form.html"
    fieldsets = (
        (
            _("What it is"),
            {
                "fields": (
                    ("register_number", "working_state"),
                    three("title"),
                    three("standing"),
                    ("kind", "legal_character", "written_in"),
                )
            },
        ),
        (_("In words"), {"fields": (three("summary"), three("purpose"))}),
        (
            _("Terms"),
            {
                "fields": (
                    three("duration"),
                    three("renewal"),
                    three("termination"),
                    ("renewal_kind", "renewal_months"),
                    ("notice_length", "notice_unit", "review_months"),
                )
            },
        ),
        (_("Principles, places and sources"), {"fields": ("principles", "places", "sources")}),
        (_("The next edition"), {"fields": (three("change_note"),)}),
        (_("People in charge"), {"fields": ("people_in_charge",)}),
    )

    @admin.action(description=LABELS["submit"], permissions=["submit"])
    def submit_together(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> HttpResponse:
        return look_through(request, "submit", queryset)

    @admin.action(description=LABELS["approve"], permissions=["approve"])
    def approve_together(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> HttpResponse:
        return look_through(request, "approve", queryset)

    @admin.action(description=LABELS["publish"], permissions=["publish"])
    def publish_together(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> HttpResponse:
        return look_through(request, "publish", queryset)

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("agreements.submit_agreement")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("agreements.approve_agreement")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("agreements.publish_agreement")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:  # Django's
        if db_field.name == "people_in_charge":  # a handful of colleagues: ticked without a script
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("title"), ordering=title_order("en"))
    def title_here(self, agreement: Agreement) -> str:
        return getattr(agreement, f"title_{get_language()}", "") or agreement.title_en or agreement.title_ar

    @admin.display(description=_("public edition"))
    def edition(self, agreement: Agreement) -> str:
        found: int | None = getattr(agreement, "public_number", None)
        return write_number(found, cast(Language, get_language() or "en")) if found else "–"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[AgreementList]:
        return AgreementList

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ListPaginator:
        paginator = cast(ListPaginator, super().get_paginator(request, *args, **kwargs))
        paginator.is_searched = bool(request.GET.get(SEARCH_VAR))
        return paginator

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:agreement_id>/{route}", self.admin_site.admin_view(view), name=f"agreement_{name}")
            for name, (route, view) in PAGES.items()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        agreement = kwargs.get("obj")
        if agreement is not None and is_whole(request):
            # A form that was refused has left what was typed in its row: only what is kept can be judged.
            kept = self.get_object(request, str(agreement.pk)) if request.method == "POST" else agreement
            found = readiness_of(kept or agreement).blocking
            context["problems"] = linked(found, shown=rows_shown(context))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # Django's
        super().save_related(request, form, formsets, change)
        if set(form.changed_data) - _NOT_CONTENT or any(formset.has_changed() for formset in formsets):
            record_edit(form.instance, by=cast(User, request.user), at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        if obj is not None and was_published(obj.register_number):
            return False  # what was public stays on record: it can be withdrawn
        if obj is not None and obj.timeline.exists():
            return False  # what was handed in stays on record
        return super().has_delete_permission(request, obj)


class ProgressNoteInline(LanguageFieldsMixin, admin.StackedInline[ProgressNote, Activity]):
    model = ProgressNote
    extra = 0
    fields = (("noted_on", "source", "unconfirmed"), three("text"))
    autocomplete_fields = ("source",)


@admin.register(Activity)
class ActivityAdmin(PartPageMixin, HistoryMixin, RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Activity]):
    """An activity on its own: its progress notes, and what the agreement's page shows of it."""

    list_display = ("title_en", "agreement", "status", "start", "end")
    list_filter = ("status",)
    list_select_related = ("agreement",)
    search_fields = ("title_en", "title_ar", "title_ckb", "agreement__register_number")
    autocomplete_fields = ("agreement", "responsible", "places", "objectives", "source")
    inlines = (ProgressNoteInline,)
    fields = (
        "agreement", three("title"), three("description"), three("area"), ("status", "start", "end"),
        "responsible", "places", "objectives", ("source", "unconfirmed", "position"),
    )  # fmt: skip
