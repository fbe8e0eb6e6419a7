"""Addresses of the API, and of its page below each language."""

from django.urls import URLPattern, URLResolver, path

from agreements.opendata.api import page
from agreements.opendata.api.service import api

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", page.openapi, name="openapi"),
    path("api/v1/", api.urls),
]
api_page_urlpatterns = [path("data/api/", page.documentation, name="api")]
