"""The published record at the desk: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from agreements.editions.models import Edition, LogEntry
from agreements.summaries.models import Summary


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Writing belongs to publish and withdraw; here nothing can be added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("register_number", "number", "published_at", "code", "content_hash")
    search_fields = ("register_number", "code", "content_hash")
    exclude = ("canonical",)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ("sequence", "kind", "register_number", "edition_number", "at", "by")
    list_filter = ("kind",)
    search_fields = ("register_number",)


@admin.register(Summary)
class SummaryAdmin(ReadOnlyAdmin):
    list_display = ("register_number", "edition_number", "language", "level", "sealed_at", "lasts_until", "size_bytes")
    list_filter = ("language", "level")
    search_fields = ("register_number", "sha256")
