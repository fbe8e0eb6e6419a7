"""The desk's directories: what agreements share."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

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
from agreements.staff.refusals import RefusalMixin


class DirectoryAdmin(RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Any]):
    """A directory entry: its identifier is proposed from the English name and fixed once saved."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("key",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        may_add = obj is None and self.has_add_permission(request)
        return {"key": (self.named_by,)} if may_add else {}

    named_by = "name_en"


class AliasInline(admin.TabularInline[OrganizationAlias, Organization]):
    model = OrganizationAlias
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(DirectoryAdmin):
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
class ObjectiveAdmin(RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Objective]):
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
