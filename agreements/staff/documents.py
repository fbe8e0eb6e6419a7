"""All documents in one list, so that sources can name them."""

from django.contrib import admin
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from agreements.register.models.words_and_files import Document
from agreements.staff.document_facts import facts_in_words, kept_file, scan_in_words
from agreements.staff.edits import PartPageMixin
from agreements.staff.fields import LanguageFieldsMixin, three
from agreements.staff.history import HistoryMixin
from agreements.staff.refusals import RefusalMixin
from agreements.staff.uploads import DocumentForm


@admin.register(Document)
class DocumentAdmin(PartPageMixin, HistoryMixin, RefusalMixin, LanguageFieldsMixin, admin.ModelAdmin[Document]):
    form = DocumentForm
    list_display = ("title_en", "agreement", "kind", "language", "is_public", "size_bytes", "scan_result")
    list_filter = ("kind", "language", "is_public", "scan_result")
    list_select_related = ("agreement",)
    search_fields = ("title_en", "title_ar", "title_ckb", "agreement__register_number", "sha256")
    autocomplete_fields = ("agreement",)
    readonly_fields = ("file_name", "media_type", "facts", "scan")
    fields = (
        "agreement",
        three("title"),
        ("kind", "language", "version"),
        ("file", "is_public", "is_unsigned", "position"),
        ("file_name", "media_type"),
        "facts",
        "scan",
    )

    def get_urls(self) -> list[URLPattern]:
        file = path("<int:document_id>/file", self.admin_site.admin_view(kept_file), name="agreements_document_file")
        return [file, *super().get_urls()]

    @admin.display(description=_("virus scan"))
    def scan(self, document: Document) -> str:
        return scan_in_words(document)

    @admin.display(description=_("what the file tells"))
    def facts(self, document: Document) -> str:
        return facts_in_words(document)
