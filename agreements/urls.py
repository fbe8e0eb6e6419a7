"""Gathers the faces' addresses for the project."""

from django.urls import path

from agreements.opendata.iati.urls import iati_urlpatterns
from agreements.site import urls
from agreements.site.urls import public_urlpatterns
from agreements.staff.calendar import calendar
from agreements.staff.urls import other_side_urlpatterns

neutral_urlpatterns = [
    *urls.neutral_urlpatterns,
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    *iati_urlpatterns,
]

__all__ = ["neutral_urlpatterns", "other_side_urlpatterns", "public_urlpatterns"]
