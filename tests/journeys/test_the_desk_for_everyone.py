"""axe-core over the desk: nothing serious or critical, in languages of either direction."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import violations
from tests.journeys.staff import log_in
from tests.portals import Portal

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
    "imports": "imports/",
}


def faults(page: Page) -> list[str]:
    """What axe finds, and where the page is wider than the window."""
    found = violations(page, ("serious", "critical"))
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
