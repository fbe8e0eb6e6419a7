"""The desk's directories: what agreements share."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agreements.register.chains import parent_circle
from agreements.register.models.directories import (
    Framework,
    Objective,
    Organization,
    OrganizationAlias,
    Place,
    Principle,
    Source,
)
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.formsets import RowFormSet
from agreements.staff.history import HistoryMixin
from agreements.staff.refusals import RefusalMixin
from agreements.staff.rules import RecordForm


class DirectoryAdmin(HistoryMixin, RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Any]):
    """A directory entry: its identifier is proposed from the English name and fixed once saved."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("key",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        may_add = obj is None and self.has_add_permission(request)
        return {"key": (self.named_by,)} if may_add else {}

    named_by = "name_en"


class AliasInline(LanguageFieldsMixin, admin.TabularInline[OrganizationAlias, Organization]):
    model = OrganizationAlias
    formset = RowFormSet
    extra = 0


class OrganizationForm(RecordForm):
    """An organisation, which is not part of what is part of it, over however many others."""

    def clean_parent(self) -> Organization | None:
        parent: Organization | None = self.cleaned_data["parent"]
        if parent is not None and parent.pk != self.instance.pk and self.instance.pk is not None:
            circle = parent_circle(self.instance.pk, parent_id=parent.pk)
            if circle:
                names = Organization.objects.in_bulk(circle)
                # Isolated, because names may be of any direction (Unicode UAX 9, 2.4).
                path = " – ".join(f"\u2068{names[pk]}\u2069" for pk in (self.instance.pk, *circle))
                said = _("Each would be part of the next, in a circle: %(path)s. Choose another organisation or none.")
                raise ValidationError(said % {"path": path}, code="circle")
        return parent


@admin.register(Organization)
class OrganizationAdmin(DirectoryAdmin):
    form = OrganizationForm
    list_display = ("name_en", "name_ar", "name_ckb", "kind", "country", "parent")
    list_filter = ("kind", "country")
    list_select_related = ("parent",)
    search_fields = ("name_en", "name_ar", "name_ckb", "short_name_en", "aliases__name", "identifier")
    autocomplete_fields = ("parent",)
    inlines = (AliasInline,)
    fieldsets = (
        (None, {"fields": (three("name"), three("short_name"), "key", "kind")}),
        (None, {"fields": ("parent", ("identifier", "country"), "website")}),
    )


@admin.register(Place)
class PlaceAdmin(DirectoryAdmin):
    list_display = ("name_en", "name_ar", "name_ckb", "kind", "governorate", "neighbour", "precision")
    list_filter = ("kind", "precision", "neighbour")
    search_fields = ("name_en", "name_ar", "name_ckb", "key")
    fieldsets = (
        (None, {"fields": (three("name"), "key", "kind", ("country", "governorate", "neighbour"))}),
        (None, {"fields": (("latitude", "longitude", "precision"), "coordinate_source", "evidence")}),
    )


class ObjectiveInline(LanguageFieldsMixin, admin.StackedInline[Objective, Framework]):
    model = Objective
    formset = RowFormSet
    extra = 0
    fields = (("code", "position"), three("title"), "evidence")


@admin.register(Framework)
class FrameworkAdmin(DirectoryAdmin):
    list_display = ("name_en", "name_ar", "name_ckb", "kind", "identifier")
    list_filter = ("kind",)
    search_fields = ("name_en", "name_ar", "name_ckb", "identifier")
    inlines = (ObjectiveInline,)
    fields = (three("name"), "key", "kind", "identifier", "url")


@admin.register(Objective)
class ObjectiveAdmin(HistoryMixin, RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Objective]):
    list_display = ("code", "title_en", "framework")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("code", "title_en", "title_ar", "title_ckb")
    autocomplete_fields = ("framework",)
    fields = ("framework", ("code", "position"), three("title"), "evidence")


@admin.register(Principle)
class PrincipleAdmin(DirectoryAdmin):
    list_display = ("name_en", "name_ar", "name_ckb")
    search_fields = ("name_en", "name_ar", "name_ckb")
    fields = (three("name"), "key")


@admin.register(Source)
class SourceAdmin(DirectoryAdmin):
    named_by = "title_en"
    list_display = ("title_en", "title_ar", "publisher_en", "published_on", "language")
    list_filter = ("language",)
    search_fields = ("title_en", "title_ar", "title_ckb", "publisher_en", "url", "key")
    autocomplete_fields = ("document",)
    fieldsets = (
        (None, {"fields": (three("title"), "key", three("publisher"), ("published_on", "accessed_on", "language"))}),
        (None, {"fields": ("url", "document", three("rights"))}),
    )
