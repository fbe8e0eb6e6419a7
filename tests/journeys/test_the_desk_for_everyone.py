"""axe-core over the desk and the public pages: nothing serious or critical, in languages of either direction."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.staff import log_in
from tests.portals import Portal

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"

DESK = {
    "first page": "",
    "list": "agreements/agreement/",
    "form": "agreements/agreement/{pk}/change/",
    "review": "agreements/agreement/{pk}/review/",
    "history": "agreements/agreement/{pk}/history/",
    "preview": "agreements/agreement/{pk}/preview/",
    "difference": "agreements/agreement/{pk}/difference/",
    "key dates": "key-dates/",
    "my settings": "my-settings/",
}
PUBLIC = {
    "log-in": "admin/login/",
    "home": "",
    "list": "agreements/",
    "agreement": "agreements/MOC-0001/",
    "editions": "agreements/MOC-0001/editions/",
    "edition": "agreements/MOC-0001/editions/1/",
    "verify": "verify/",
    "about": "about/",
    "never was": "agreements/MOC-9999/",
}


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first element that it concerns."""
    page.evaluate(AXE.read_text())  # the page's own policy would refuse it as a script of the page
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html']} – {one['nodes'][0]['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def faults(page: Page) -> list[str]:
    """What axe finds, and where the page is wider than the window."""
    found = violations(page)
    for width in (768, 1400):
        page.set_viewport_size({"width": width, "height": 1000})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"wider than a window of {width} pixels")
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_desk_has_no_serious_violation_and_fits_the_window(page: Page, live_portal: Portal, language: str) -> None:
    log_in(page, live_portal, "editor", language=language)
    page.goto(f"/{language}/admin/agreements/agreement/")
    pk = (page.locator("#result_list th a").last.get_attribute("href") or "").split("/")[-3]
    found = {}
    for name, address in DESK.items():
        page.goto(f"/{language}/admin/{address.format(pk=pk)}")
        page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
        found[name] = faults(page)

    assert {name: those for name, those in found.items() if those} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_public_pages_have_no_serious_violation(page: Page, language: str) -> None:
    found = {}
    for name, address in PUBLIC.items():
        page.goto(f"/{language}/{address}")
        found[name] = violations(page)

    assert {name: those for name, those in found.items() if those} == {}
