"""Addresses of IATI files."""

from django.urls import path

from agreements.opendata.iati import views
from agreements.vocabulary import addresses  # noqa: F401  # makes its parts of addresses known

iati_urlpatterns = [
    path("id/<register_number:register_number>.iati.xml", views.agreement_iati, name="agreement_iati"),
    path("id/<register_number:register_number>/<number:number>.iati.xml", views.edition_iati, name="edition_iati"),
    path("iati/activities.xml", views.register, name="iati_register"),
]
