"""Gathers the faces' addresses for the project."""

from django.urls import path

from agreements.opendata.files.urls import file_language_urlpatterns, file_urlpatterns
from agreements.site import urls
from agreements.staff.calendar import calendar
from agreements.staff.urls import other_side_urlpatterns

neutral_urlpatterns = [
    *urls.neutral_urlpatterns,
    *file_urlpatterns,
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
]
public_urlpatterns = [*file_language_urlpatterns, *urls.public_urlpatterns]

__all__ = ["neutral_urlpatterns", "other_side_urlpatterns", "public_urlpatterns"]
