"""Gathers the desk's screens for Django's admin."""

from agreements.staff import agreements, directories, documents, published, reports

__all__ = ["agreements", "directories", "documents", "published", "reports"]
