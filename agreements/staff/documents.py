"""All documents in one list, so that sources can name them."""

from django.contrib import admin

from agreements.register.models.words_and_files import Document
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.refusals import RefusalMixin


@admin.register(Document)
class DocumentAdmin(RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Document]):
    list_display = ("title_en", "agreement", "kind", "language", "is_public", "size_bytes")
    list_filter = ("kind", "language", "is_public")
    list_select_related = ("agreement",)
    search_fields = ("title_en", "title_ar", "title_ckb", "agreement__register_number", "sha256")
    autocomplete_fields = ("agreement",)
    readonly_fields = ("file_name", "media_type", "size_bytes", "sha256")
    fields = (
        "agreement",
        three("title"),
        ("kind", "language", "version"),
        ("file", "is_public", "position"),
        ("file_name", "media_type", "size_bytes"),
        "sha256",
    )
