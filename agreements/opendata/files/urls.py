"""Addresses of the register's files: neutral ones, and those below each language."""

from django.urls import path

from agreements.opendata.files import calendars, described, feeds, one, register
from agreements.vocabulary import addresses  # noqa: F401  # makes its parts of addresses known

file_urlpatterns = [
    path("id/<register_number:register_number>.jsonld", one.agreement_jsonld, name="agreement_jsonld"),
    path("id/<register_number:register_number>/<number:number>.jsonld", one.edition_jsonld, name="edition_jsonld"),
    path("id/<register_number:register_number>.ics", one.agreement_ics, name="agreement_ics"),
    path("id/<register_number:register_number>.atom", one.agreement_atom, name="agreement_atom"),
    path("data/agreements.xlsx", register.agreements_xlsx, name="agreements_xlsx"),
    path("data/agreements.jsonl", register.agreements_jsonl, name="agreements_jsonl"),
    path("data/<slug:name>.csv", register.table_csv, name="table_csv"),
    path("data/datapackage.json", described.data_package_json, name="data_package"),
    path("catalog.jsonld", described.catalogue_jsonld, name="catalogue"),
]

file_language_urlpatterns = [
    path("feed.atom", feeds.register_feed, name="feed"),
    path("dates.ics", calendars.dates_calendar, name="dates_calendar"),
    path("agreements/feed.atom", feeds.search_feed, name="search_feed"),
    path("agreements/<register_number:register_number>/feed.atom", feeds.agreement_feed, name="agreement_feed"),
    path(
        "agreements/<register_number:register_number>/dates.ics",
        calendars.agreement_calendar,
        name="agreement_calendar",
    ),
    path("organisations/<slug:key>/feed.atom", feeds.organization_feed, name="organization_feed"),
    path("frameworks/<slug:key>/feed.atom", feeds.framework_feed, name="framework_feed"),
]
