"""The agreement's page at the desk, and the acts that lead it to the public."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.editions.queries import current_editions, was_published
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.models.work import Activity, ProgressNote
from agreements.staff import acts
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.parts import PARTS
from agreements.staff.refusals import RefusalMixin


@admin.register(Agreement)
class AgreementAdmin(RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Agreement]):
    list_display = ("register_number", "title_here", "kind", "working_state", "edition")
    list_display_links = ("register_number", "title_here")
    list_filter = ("working_state", "kind", "legal_character")
    search_fields = ("register_number", "title_en", "title_ar", "title_ckb")
    readonly_fields = ("register_number", "working_state")
    autocomplete_fields = ("principles", "places", "sources")
    inlines = PARTS
    save_on_top = True
    change_form_template = "admin/agreements/agreement/change_form.html"
    fieldsets = (
        (
            _("What it is"),
            {"fields": (("register_number", "working_state"), three("title"), ("kind", "legal_character"))},
        ),
        (_("In words"), {"fields": (three("summary"), three("purpose"))}),
        (_("Terms"), {"fields": (three("duration"), three("renewal"), three("termination"))}),
        (_("Principles, places and sources"), {"fields": ("principles", "places", "sources")}),
        (_("The next edition"), {"fields": (three("change_note"),)}),
    )

    @admin.display(description=_("title"))
    def title_here(self, agreement: Agreement) -> str:
        return getattr(agreement, f"title_{get_language()}", "") or agreement.title_en or agreement.title_ar

    @admin.display(description=_("public edition"))
    def edition(self, agreement: Agreement) -> int | str:
        number: int | None = getattr(agreement, "public_number", None)
        return number or "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        current = current_editions().filter(register_number=OuterRef("register_number"))
        return super().get_queryset(request).annotate(public_number=Subquery(current.values("number")[:1]))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:agreement_id>/{name}/", self.admin_site.admin_view(view), name=f"agreement_{name}")
            for name, view in acts.VIEWS.items()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        agreement = kwargs.get("obj")
        if agreement is not None:
            context["acts"] = acts.offered(agreement, user=request.user)
            context["problems"] = acts.problems(agreement)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # Django's
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            record_edit(form.instance, by=cast(User, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        if obj is not None and was_published(obj.register_number):
            return False  # what was public stays on record: it can be withdrawn
        return super().has_delete_permission(request, obj)


class ProgressNoteInline(LanguageFieldsMixin, admin.StackedInline[ProgressNote, Activity]):
    model = ProgressNote
    extra = 0
    fields = (("noted_on", "source"), three("text"))
    autocomplete_fields = ("source",)


@admin.register(Activity)
class ActivityAdmin(RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Activity]):
    """An activity on its own: its progress notes, and what the agreement's page shows of it."""

    list_display = ("title_en", "agreement", "status", "start", "end")
    list_filter = ("status",)
    list_select_related = ("agreement",)
    search_fields = ("title_en", "title_ar", "title_ckb", "agreement__register_number")
    autocomplete_fields = ("agreement", "responsible", "places", "objectives", "source")
    inlines = (ProgressNoteInline,)
    fields = (
        "agreement", three("title"), three("description"), three("area"), ("status", "start", "end"),
        "responsible", "places", "objectives", ("source", "position"),
    )  # fmt: skip

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # Django's
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            record_edit(form.instance.agreement, by=cast(User, request.user))
