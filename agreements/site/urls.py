"""Public addresses: neutral ones, and those below each language."""

from django.urls import path, register_converter

from agreements.site import (
    coming,
    compare,
    contacts,
    directories,
    documents,
    home,
    other_seals,
    permanent,
    record,
    reports,
    search,
    search_download,
    sharing,
    summaries,
    texts,
    verify,
)
from agreements.vocabulary import addresses  # noqa: F401  # makes its parts of addresses known


class CitationForm:
    """How a file with a citation ends."""

    regex = "ris|bib"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ReportCode:
    """A report's code. Cut off or mistyped ones come here too, to be answered in words."""

    regex = r"[^/]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Sha256:
    """A SHA-256 in hexadecimal digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256, "sha256")
register_converter(CitationForm, "citation_form")
register_converter(ReportCode, "report_code")

neutral_urlpatterns = [
    path("id/<register_number:register_number>", permanent.agreement, name="agreement"),
    path("id/<register_number:register_number>.json", permanent.agreement_json, name="agreement_json"),
    path("id/<register_number:register_number>/<number:number>", permanent.edition, name="edition"),
    path("id/<register_number:register_number>/<number:number>.json", permanent.edition_json, name="edition_json"),
    path("documents/<str:sha256>/<str:file_name>", documents.document, name="document"),
    path("seals/<sha256:sha256>/signed/<str:file_name>", other_seals.signed_file, name="signed_file"),
    path("seals/<sha256:sha256>/<str:file_name>", other_seals.other_seal, name="other_seal"),
    path("seal/root.crt", summaries.seal_root, name="seal_root"),
    path("robots.txt", sharing.robots, name="robots"),
    path("sitemap.xml", sharing.sitemap_index, name="sitemap_index"),
    path("sitemap-pages.xml", sharing.sitemap_of_pages, name="sitemap_of_pages"),
    path("sitemap-<number:number>.xml", sharing.sitemap, name="sitemap"),
    path("sitemap-named-<number:number>.xml", sharing.sitemap_of_things, name="sitemap_of_things"),
]

_AGREEMENT = "agreements/<register_number:register_number>/"
_EDITION = f"{_AGREEMENT}editions/<number:number>/"
_TWO = "read/<language_code:one>/<language_code:other>/"

record_urlpatterns = [
    path(f"{_AGREEMENT}contacts/", contacts.contacts, name="contacts"),
    path(f"{_AGREEMENT}{_TWO}", record.read, name="read"),
    path(f"{_EDITION}{_TWO}", record.read, name="edition_read"),
    path(f"{_AGREEMENT}cite.<citation_form:form>", record.cite, name="cite"),
    path(f"{_EDITION}cite.<citation_form:form>", record.cite, name="edition_cite"),
]

public_urlpatterns = [
    path("", home.home, name="home"),
    path("image.png", sharing.register_image, name="register_image"),
    path("agreements/", search.agreements, name="agreements"),
    path("agreements/completions.json", search.completions, name="search_completions"),
    path("agreements.csv", search_download.agreements_csv, name="agreements_csv"),
    path("agreements.xlsx", search_download.agreements_xlsx, name="agreements_xlsx"),
    path("agreements.json", search_download.agreements_json, name="agreements_json"),
    path("agreements/<register_number:register_number>/", record.agreement, name="agreement"),
    path("agreements/<register_number:register_number>/summary.pdf", summaries.summary, name="summary"),
    path("agreements/<register_number:register_number>/editions/", compare.editions, name="editions"),
    path("agreements/<register_number:register_number>/editions/<number:number>/", record.edition, name="edition"),
    path(
        "agreements/<register_number:register_number>/editions/<number:number>/summary.pdf",
        summaries.edition_summary,
        name="edition_summary",
    ),
    path(
        "agreements/<register_number:register_number>/editions/<number:number>/image.png",
        sharing.edition_image,
        name="edition_image",
    ),
    path(
        "agreements/<register_number:register_number>/editions/<number:one>/compare/<number:other>/",
        compare.compare,
        name="compare",
    ),
    *record_urlpatterns,
    path("agreements/<register_number:register_number>/report/", reports.report, name="report"),
    path("reports/", reports.report_lookup, name="report_lookup"),
    path("reports/<report_code:code>/", reports.report_state, name="report_state"),
    path("verify/", verify.verify, name="verify"),
    path("organisations/", directories.organizations, name="organizations"),
    path("organisations/<slug:key>/", directories.organization, name="organization"),
    path("frameworks/", directories.frameworks, name="frameworks"),
    path("frameworks/<slug:key>/", directories.framework, name="framework"),
    path("frameworks/<slug:key>/<path:code>/", directories.objective, name="objective"),
    path("places/", directories.places, name="places"),
    path("places/<slug:key>/", directories.place, name="place"),
    path("dates/", coming.dates, name="dates"),
    path("about/", texts.about, name="about"),
    path("data/", texts.data, name="data"),
    path("accessibility/", texts.accessibility, name="accessibility"),
    path("privacy/", texts.privacy, name="privacy"),
    path("contact/", texts.contact, name="contact"),
    path("glossary/", texts.glossary, name="glossary"),
]
