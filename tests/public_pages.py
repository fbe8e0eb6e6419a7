"""The public pages, one address a kind, below a language."""

from typing import Final

PUBLIC: Final = {
    "log-in": "admin/login/",
    "home": "",
    "list": "agreements/",
    "found": "agreements/?q=border&year=2021",
    "agreement": "agreements/MOC-0001/",
    "editions": "agreements/MOC-0001/editions/",
    "edition": "agreements/MOC-0001/editions/1/",
    "two languages": "agreements/MOC-0001/read/ar/en/",
    "contacts": "agreements/MOC-0001/contacts/",
    "report": "agreements/MOC-0001/report/",
    "report's code": "reports/",
    "verify": "verify/",
    "about": "about/",
    "organisations": "organisations/",
    "organisation": "organisations/iom-iraq/",
    "frameworks": "frameworks/",
    "framework": "frameworks/gcm/",
    "objective": "frameworks/gcm/11/",
    "places": "places/",
    "place": "places/trebil/",
    "dates": "dates/",
    "data": "data/",
    "programming interface": "data/api/",
    "accessibility": "accessibility/",
    "privacy": "privacy/",
    "contact": "contact/",
    "glossary": "glossary/",
    "never was": "agreements/MOC-9999/",
}
