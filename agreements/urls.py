"""Gathers the faces' addresses for the project."""

from agreements.site.urls import neutral_urlpatterns, public_urlpatterns

__all__ = ["neutral_urlpatterns", "public_urlpatterns"]
