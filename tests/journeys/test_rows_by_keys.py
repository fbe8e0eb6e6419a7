"""A large agreement's rows in a browser: opened, changed and closed by keys; the same without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.staff import log_in
from tests.portals import Portal

MAKE = """
from django.contrib.auth.models import User
from tests.staff.desk import agreement_with
print("made", agreement_with(User.objects.get(username="editor"), participations=14, activities=12).pk)
"""
REMOVED = {"en": "Will be removed", "ar": "سيُحذف"}


@pytest.fixture
def form(live_portal: Portal) -> str:
    """The address of the form of an agreement with many rows, below its language."""
    made = re.search(r"made (\d+)", live_portal.manage("shell", "-v0", "-c", MAKE))
    assert made is not None
    return f"admin/agreements/agreement/{made[1]}/change/"


def line(page: Page, place: int) -> Locator:
    return page.locator(f"#participations-{place}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_row_is_opened_changed_and_closed_by_keys(page: Page, live_portal: Portal, form: str, language: str) -> None:
    log_in(page, live_portal, "editor", language=language)
    page.goto(f"/{language}/{form}")
    note = page.locator("#id_participations-12-note_en")

    line(page, 12).locator("summary").focus()
    page.keyboard.press("Enter")
    note.fill("Typed by keys")
    expect(line(page, 12).locator(".fieldBox.field-organization .select2-container")).to_have_count(1)
    page.keyboard.press("Escape")

    expect(line(page, 12).locator("summary")).to_be_focused()
    expect(note).to_be_hidden()
    page.locator("[name=_continue]").last.click()
    line(page, 12).locator("summary").click()
    expect(note).to_have_value("Typed by keys")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_row_that_will_be_removed_says_so_on_its_line(
    page: Page, live_portal: Portal, form: str, language: str
) -> None:
    log_in(page, live_portal, "editor", language=language)
    page.goto(f"/{language}/{form}")

    line(page, 3).locator("summary").click()
    line(page, 3).locator(".delete input").check()
    page.keyboard.press("Escape")

    expect(line(page, 3).locator("summary")).to_contain_text(REMOVED[language])
    expect(line(page, 3).locator(".part-removed")).to_be_visible()
    page.locator("[name=_continue]").last.click()
    expect(page.locator("[data-row^='participations:']")).to_have_count(13)


def test_rows_are_opened_and_added_and_taken_back_without_mixing_them(
    page: Page, live_portal: Portal, form: str
) -> None:
    log_in(page, live_portal, "editor")
    page.goto(f"/en/{form}")
    add = page.locator("#activities-group .add-row a")

    for _ in range(2):
        add.focus()
        page.keyboard.press("Space")
    expect(page.locator("#id_activities-13-title_en")).to_be_focused()
    page.locator("#id_activities-13-title_en").fill("Kept")
    page.locator("#activities-12 .inline-deletelink").click()
    expect(add).to_be_focused()
    line_of_old = page.locator("#activities-5")
    line_of_old.locator("summary").click()
    page.locator("#id_activities-5-area_en").fill("Old row")
    page.locator("[name=_continue]").last.click()

    expect(page.locator(".success")).to_be_visible()
    expect(page.locator("[data-row^='activities:']")).to_have_count(13)
    page.locator("#activities-group summary", has_text="Kept").click()
    expect(page.locator("#activities-group input[value='Kept']")).to_be_visible()


def test_a_row_keeps_its_place_on_the_page_when_others_removed_one(page: Page, live_portal: Portal, form: str) -> None:
    log_in(page, live_portal, "editor")
    page.goto(f"/en/{form}")
    pk = form.split("/")[3]
    remove = f"Agreement.objects.get(pk={pk}).participations.all()[3].delete()"
    live_portal.manage("shell", "-v0", "-c", f"from agreements.models import Agreement; {remove}")

    line(page, 12).locator("summary").click()
    expect(page.locator("[name='participations-12-note_en']")).to_be_visible()
    expect(page.get_by_label("Note in English").locator("visible=true")).to_have_id("id_participations-12-note_en")
    line(page, 3).locator("summary").click()

    expect(line(page, 3).get_by_role("alert")).to_contain_text("somebody else removed it")


def test_a_row_that_can_not_be_loaded_says_so(page: Page, live_portal: Portal, form: str) -> None:
    log_in(page, live_portal, "editor")
    page.goto(f"/en/{form}")
    page.route("**/*part=*", lambda route: route.abort())

    line(page, 2).locator("summary").click()
    expect(line(page, 2).get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute("**/*part=*")
    line(page, 2).locator("summary").click()
    line(page, 2).locator("summary").click()

    expect(page.locator("#id_participations-2-note_en")).to_be_visible()


def test_without_scripts_nothing_typed_is_lost_by_opening_a_row(
    browser: Browser, live_portal: Portal, form: str
) -> None:
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_portal, "editor")
    page.goto(f"/en/{form}")

    page.fill("#id_title_en", "Typed before")
    line(page, 4).locator("summary").click()
    line(page, 4).get_by_role("button").click()

    expect(page.locator("#id_participations-4-note_en")).to_be_visible()
    expect(page.locator("#id_title_en")).to_have_value("Typed before")
    context.close()
