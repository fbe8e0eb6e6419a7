"""The public pages by keys alone, and the search in a browser that runs no scripts."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.portals import Portal

RECORD = "agreements/MOC-0001/"
PAGES = ("", "agreements/?q=iraq&year=2021", RECORD, f"{RECORD}contacts/", f"{RECORD}report/", "verify/")

REACHABLE = """
() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  window.reachable = [...all].filter((one) => !one.disabled && one.tabIndex >= 0 && one.type !== "hidden" &&
    one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  return window.reachable.length;
}
"""
FOCUSED = """
() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getClientRects()[0];
  const middle = document.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + Math.min(box.height, 20) / 2);
  return {
    place: window.reachable.indexOf(one),
    name: one.outerHTML.slice(0, 120),
    isMarked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    isInView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isFree: middle === null || one.contains(middle) || middle.contains(one),
  };
}
"""


def walk(page: Page) -> list[str]:
    """Go through a page by the Tab key; what is wrong on the way: left out, out of order, unseen, or a trap."""
    count, wrong = page.evaluate(REACHABLE), []
    for place in range(count):
        page.keyboard.press("Tab")
        focused: dict[str, Any] = page.evaluate(FOCUSED)
        if focused["place"] != place:
            wrong.append(f"{place}: is not next, but {focused['place']}: {focused['name']}")
            break
        wrong += [f"{said}: {focused['name']}" for said in ("isMarked", "isInView", "isFree") if not focused[said]]
    return wrong


def test_every_control_is_reached_in_order_and_seen(page: Page) -> None:
    found = {}
    for address in PAGES:
        page.goto(f"/en/{address}")
        found[address] = walk(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_search_is_typed_and_narrowed_by_keys_in_place(page: Page) -> None:
    page.goto("/ckb/")
    for key in ("Tab", "Enter", "Tab"):  # past the header, to the search
        page.keyboard.press(key)
    expect(page.locator("#search-q")).to_be_focused()

    page.keyboard.type("iraq")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ckb/agreements/?q=iraq")
    choice = page.locator("#found .facet a").first
    name = choice.get_attribute("id")
    choice.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".chosen li").first).to_be_visible()
    expect(page.locator(f"#{name}")).to_be_focused()


def test_without_scripts_everything_of_a_search_is_a_link(browser: Browser, live_portal: Portal) -> None:
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    page.fill("#search-q", "comission of border")
    page.press("#search-q", "Enter")
    page.locator(".meant a").click()
    expect(page.locator("#search-q")).to_have_value("commission of border")

    page.locator("#by-date").click()
    page.locator(".facet a").first.click()
    expect(page).to_have_url(re.compile(r"q=commission.*kind=memorandum_of_cooperation.*sort=date"))
    expect(page.locator(".hits li").first).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert b"MOC-0001" in started.value.path().read_bytes()
    page.locator("#chosen-none").click()
    expect(page.locator(".chosen")).to_have_count(0)
    context.close()
