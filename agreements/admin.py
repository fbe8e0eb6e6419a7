"""Gathers the desk's screens for Django's admin, and names it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.staff import agreements, directories, documents, published

__all__ = ["agreements", "directories", "documents", "published"]

admin.site.site_header = _("MOC Portal: the desk")
admin.site.site_title = _("MOC Portal")
admin.site.index_title = _("Register and published record")
