"""Gathers the faces' addresses for the project."""

from django.urls import URLPattern, URLResolver, path

from agreements.opendata.api.urls import api_page_urlpatterns, api_urlpatterns
from agreements.opendata.files.urls import file_language_urlpatterns, file_urlpatterns
from agreements.opendata.iati.urls import iati_urlpatterns
from agreements.opendata.log.urls import log_urlpatterns
from agreements.site import urls
from agreements.staff.calendar import calendar
from agreements.staff.urls import other_side_urlpatterns

neutral_urlpatterns: list[URLPattern | URLResolver] = [
    *urls.neutral_urlpatterns,
    *file_urlpatterns,
    *iati_urlpatterns,
    *api_urlpatterns,
    *log_urlpatterns,
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
]
public_urlpatterns = [*file_language_urlpatterns, *urls.public_urlpatterns, *api_page_urlpatterns]

__all__ = ["neutral_urlpatterns", "other_side_urlpatterns", "public_urlpatterns"]
