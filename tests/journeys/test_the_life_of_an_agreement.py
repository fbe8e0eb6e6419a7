"""The whole life of a second agreement in a browser: typed in from a real announcement, reviewed by another
person, confirmed by the other side, scheduled, published, corrected by an edition 2, and withdrawn.

The facts are those of the news item 12620 of the United Nations in Iraq (IOM, 23 July 2020).
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from agreements.vocabulary.zone import BAGHDAD
from tests.journeys.staff import Desk, log_in
from tests.portals import Portal
from tests.wait import wait_until

TITLE = {
    "en": "Capacity Building for Migration Management Programme, seventh phase",
    "ar": "برنامج بناء القدرات في إدارة الهجرة، المرحلة السابعة",
    "ckb": "بەرنامەی بنیاتنانی توانا بۆ بەڕێوەبردنی کۆچ، قۆناغی حەوتەم",
}
CORRECTED = {**TITLE, "en": "Capacity Building in Migration Management Programme, seventh phase"}
SUMMARY = {
    "en": "Australia supports the seventh phase of a programme that has run since 2006.",
    "ar": "تدعم أستراليا المرحلة السابعة من برنامج قائم منذ عام 2006.",
    "ckb": "ئوسترالیا پشتگیریی قۆناغی حەوتەمی بەرنامەیەک دەکات کە لە ساڵی 2006وە بەردەوامە.",
}
ACTIVITY = {
    "en": "Skills for managing migration",
    "ar": "مهارات إدارة الهجرة",
    "ckb": "شارەزایی بۆ بەڕێوەبردنی کۆچ",
}
IOM = {"en": "International Organization for Migration in Iraq", "ar": "المنظمة الدولية للهجرة في العراق"}
AUSTRALIA = {"en": "Government of Australia", "ar": "حكومة أستراليا"}
MINISTRY = {"en": "Ministry of Interior", "ar": "وزارة الداخلية", "ckb": "وەزارەتی ناوخۆ"}
SOURCE = {
    "en": "Australia supports migration management in Iraq",
    "ar": "أستراليا تدعم إدارة الهجرة في العراق",
    "ckb": "ئوسترالیا پشتگیریی بەڕێوەبردنی کۆچ دەکات لە عێراق",
}
PUBLISHER = {"en": "United Nations in Iraq", "ar": "الأمم المتحدة في العراق", "ckb": "نەتەوە یەکگرتووەکان لە عێراق"}
REASON = {
    "en": "The source was taken back.",
    "ar": "سُحب المصدر.",
    "ckb": "سەرچاوەکە کشێنرایەوە.",
}
CHANGE = {"en": "The title as announced.", "ar": "العنوان كما أُعلن.", "ckb": "ناونیشانەکە وەک ڕاگەیەنراوە."}
PERSON = "Amelia Clarke"


@dataclass(frozen=True)
class Cast:
    """Who takes part: two members of staff, a person of a party on their phone, and a reader."""

    portal: Portal
    language: str
    editor: Desk
    reviewer: Desk
    phone: Page
    reader: Page


@pytest.fixture(params=[pytest.param(language, marks=pytest.mark.xdist_group("life")) for language in ("en", "ar")])
def cast(request: pytest.FixtureRequest, browser: Browser, live_portal: Portal) -> Iterator[Cast]:
    language: str = request.param
    contexts: list[BrowserContext] = []

    def fresh(width: int = 1400) -> Page:
        contexts.append(browser.new_context(base_url=live_portal.url, viewport={"width": width, "height": 900}))
        return contexts[-1].new_page()

    staff = {name: Desk(fresh(), language) for name in ("editor", "reviewer")}
    for name, desk in staff.items():
        log_in(desk.page, live_portal, name, language=language)
    yield Cast(live_portal, language, staff["editor"], staff["reviewer"], fresh(360), fresh())
    for context in contexts:
        context.close()


@pytest.fixture
def worker(live_portal: Portal) -> Iterator[None]:
    """A worker as `make run` starts it."""
    environment = os.environ | live_portal.environment
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    yield
    process.terminate()
    process.wait(30)


@pytest.mark.usefixtures("worker")
def test_from_an_announcement_to_its_withdrawal(cast: Cast, tmp_path: Path) -> None:
    number = write(cast.editor)
    submit(cast.editor)
    ask_for_changes(cast.reviewer, number)
    answer_the_reviewer(cast.editor, number)
    confirm(cast.phone, ask_a_party(cast.editor), cast.language)
    approve(cast.reviewer)
    publish_in_a_moment(cast, number)

    first = read_first_edition(cast, number, tmp_path / "first.pdf")
    correct(cast, number)
    read_second_edition(cast, number, first)

    withdraw(cast.reviewer)
    is_gone(cast, number, first)
    tells_all_of_it(cast.reviewer)


def write(editor: Desk) -> str:
    """Type it in, with what the directories lack; the register number."""
    page = editor.page
    editor.open("agreements/organization/add/")
    page.locator("#id_name_en").press_sequentially(f"{MINISTRY['en']} ({editor.language})")
    editor.write("name", ar=MINISTRY["ar"], ckb=MINISTRY["ckb"])
    page.select_option("#id_kind", "ministry_or_commission")
    editor.save()
    editor.open("agreements/source/add/")
    page.locator("#id_title_en").press_sequentially(f"{SOURCE['en']} ({editor.language})")
    editor.write("title", ar=SOURCE["ar"], ckb=SOURCE["ckb"])
    editor.write("publisher", **PUBLISHER)
    page.fill("#id_published_on", "2020-07-23")
    page.select_option("#id_language", "en")
    page.fill("#id_url", "https://iraq.un.org/en/12620")
    editor.save()

    editor.open("agreements/agreement/add/")
    editor.write("title", **TITLE)
    page.select_option("#id_kind", "other")
    page.select_option("#id_written_in", "en")
    editor.write("summary", **SUMMARY)
    editor.choose("sources", SOURCE)
    row = editor.add_row("dates")
    page.select_option(f"#id_{row}-kind", "announced")
    page.fill(f"#id_{row}-date", "2020-07-23")
    editor.choose(f"{row}-source", SOURCE)
    for role, name in (
        ("party", IOM),
        ("party", AUSTRALIA),
        ("funder", AUSTRALIA),
        ("implementing_partner", MINISTRY),
    ):
        row = editor.add_row("participations")
        page.select_option(f"#id_{row}-role", role)
        editor.choose(f"{row}-organization", name)
    row = editor.add_row("funding")
    editor.choose(f"{row}-funder", AUSTRALIA)
    page.select_option(f"#id_{row}-disclosure", "stated")
    page.fill(f"#id_{row}-amount", "840000")
    page.fill(f"#id_{row}-currency", "USD")
    editor.choose(f"{row}-source", SOURCE)
    row = editor.add_row("activities")
    editor.write(f"{row}-title", **ACTIVITY)
    editor.choose(f"{row}-source", SOURCE)
    editor.save()
    return page.locator(".field-register_number .readonly").first.inner_text().strip()


def submit(editor: Desk) -> None:
    editor.follow("Review and publish")
    expect(editor.page.locator(".desk-blocking")).to_have_count(0)
    editor.page.fill("#id_note", "As announced on 23 July 2020.")
    editor.press("Submit for review")
    expect(editor.succeeded("Submitted: a reviewer can approve it now.")).to_be_visible()


def ask_for_changes(reviewer: Desk, number: str) -> None:
    """Found on the desk, claimed, and handed back with a comment."""
    page = reviewer.page
    reviewer.open("")
    page.locator(".desk-waiting").get_by_role("link", name=number).click()
    page.fill("#id_due", f"{datetime.now(BAGHDAD).date() + timedelta(days=7):%Y-%m-%d}")
    reviewer.press("Claim the review")
    expect(reviewer.succeeded("The review is yours.")).to_be_visible()
    page.select_option("#comments [name=section]", "activities")
    page.fill("#comments [name=text]", "Is it known how far this is?")
    reviewer.press("Comment")
    reviewer.press("Ask for changes")
    expect(page.locator(".errornote")).to_be_visible()  # it needs a note
    page.fill("#id_note", "Please see my comment.")
    reviewer.press("Ask for changes")
    expect(reviewer.succeeded("Handed back to the editors.")).to_be_visible()


def answer_the_reviewer(editor: Desk, number: str) -> None:
    page = editor.page
    editor.open("")
    waiting = page.locator(".desk-waiting")
    expect(waiting).to_contain_text("Please see my comment.")
    waiting.get_by_role("link", name=number).first.click()
    page.locator("#comments .review-who a").click()
    page.select_option("#id_activities-0-status", "under_way")
    editor.save()
    editor.follow("Review and publish")
    editor.press("Settled")
    expect(page.locator("#comments .review-comments > li:visible")).to_have_count(0)
    editor.press("Submit for review")
    expect(editor.succeeded("Submitted: a reviewer can approve it now.")).to_be_visible()


def ask_a_party(editor: Desk) -> str:
    """Make a link for a person of the party that funds; the link."""
    page = editor.page
    page.locator("#ask summary").click()
    page.fill("#ask [name=person]", PERSON)
    page.fill("#ask [name=email]", "amelia@party.example")
    page.select_option("#ask [name=party]", label=AUSTRALIA[editor.language])
    page.select_option("#ask [name=language]", editor.language)
    editor.press("Make the link")
    link = page.locator("#made-link").input_value()
    editor.follow("Back to the review")
    return link


def confirm(phone: Page, link: str, language: str) -> None:
    phone.goto(link)
    expect(phone.locator("h1")).to_contain_text(TITLE[language])
    phone.locator("#answer [type=checkbox]").check()
    phone.locator("#answer form [type=submit]").click()
    expect(phone.locator("#answer")).to_have_count(0)
    assert phone.context.cookies() == []


def approve(reviewer: Desk) -> None:
    """See that the other side confirmed it, let warnings pass with a reason where there are any, approve."""
    page = reviewer.page
    page.reload()
    expect(page.locator(".review-side")).to_contain_text(reviewer.say("Confirmed by the other side", "event"))
    gate = page.locator("#readiness")
    if gate.get_by_role("checkbox").count():
        for tick in gate.get_by_role("checkbox").all():
            tick.check()
        page.fill("#id_reason", "The source says no more.")
        reviewer.press("Accept what is ticked")
    reviewer.press("Approve")
    expect(reviewer.succeeded("Approved: it can be published now.")).to_be_visible()


def publish_in_a_moment(cast: Cast, number: str) -> None:
    """Scheduled for the next full minute, and published by the worker."""
    reviewer, page = cast.reviewer, cast.reviewer.page
    assert status_of(cast.portal, f"/en/agreements/{number}/") == 404
    reviewer.follow("Publish later")
    moment = datetime.now(BAGHDAD) + timedelta(minutes=1, seconds=30)  # a full minute, and time to type it
    page.fill("#id_day", f"{moment:%Y-%m-%d}")
    page.fill("#id_time", f"{moment:%H:%M}")
    reviewer.press("Publish at this moment")
    expect(reviewer.succeeded("Scheduled: the portal publishes it by itself.")).to_be_visible()
    expect(page.locator(".review-state")).to_contain_text(reviewer.say("Scheduled", "working state"))
    reviewer.open("")
    expect(page.locator(".desk-due")).to_contain_text(number)
    wait_until(lambda: status_of(cast.portal, f"/en/agreements/{number}/") == 200, "the worker", patience_s=180)


def read_first_edition(cast: Cast, number: str, copy: Path) -> Path:
    """A reader reads the page, takes the PDF along and has it checked; the copy."""
    reader, language = cast.reader, cast.language
    reader.goto(f"/{language}/agreements/{number}/")
    expect(reader.locator("h1")).to_contain_text(TITLE[language])
    expect(reader.locator("main")).to_contain_text(PERSON)
    expect(reader.locator("main")).to_contain_text("USD")
    with urllib.request.urlopen(f"{cast.portal.url}/{language}/agreements/{number}/summary.pdf", timeout=120) as answer:
        copy.write_bytes(answer.read())
    is_judged(cast, copy, genuine="yes", current="yes")
    return copy


def correct(cast: Cast, number: str) -> None:
    """Edition 2: edited, compared with what is public, approved, published at once."""
    editor, reviewer = cast.editor, cast.reviewer
    editor.open("agreements/agreement/")
    editor.page.locator("#result_list").get_by_role("link", name=number).click()
    editor.write("title", **CORRECTED)
    editor.write("change_note", **CHANGE)
    editor.save()
    editor.follow("Review and publish")
    editor.follow("Show the differences")
    expect(editor.page.locator(".diff-section ins").first).to_contain_text("in")
    editor.follow("Back to the review")
    editor.press("Submit for review")

    reviewer.open("")
    reviewer.page.locator(".desk-waiting").get_by_role("link", name=number).click()
    approve(reviewer)
    reviewer.press("Publish now")
    expect(reviewer.succeeded("Published: the new edition is public.")).to_be_visible()


def read_second_edition(cast: Cast, number: str, first: Path) -> None:
    """The reader sees what changed, and that the copy is still genuine but no longer current."""
    reader, language = cast.reader, cast.language
    reader.goto(f"/{language}/agreements/{number}/editions/")
    reader.locator("main").get_by_role("link", name=cast.editor.say("Compare with the one before")).click()
    expect(reader.locator(".diff-section ins").first).to_contain_text("in")
    expect(reader.locator("main")).to_contain_text(CHANGE[language])
    is_judged(cast, first, genuine="yes", current="no")
    with urllib.request.urlopen(f"{cast.portal.url}/id/{number}.json", timeout=60) as answer:
        content = json.load(answer)
    assert content["title"] == CORRECTED


def withdraw(reviewer: Desk) -> None:
    reviewer.follow("Withdraw from the public")
    reviewer.write("reason", **REASON)
    reviewer.press("Withdraw")
    expect(reviewer.succeeded("The agreement is withdrawn from the public.")).to_be_visible()


def is_gone(cast: Cast, number: str, copy: Path) -> None:
    for address in (f"/{cast.language}/agreements/{number}/", f"/id/{number}.json"):
        assert status_of(cast.portal, address) == 410
    cast.reader.goto(f"/{cast.language}/agreements/{number}/")
    expect(cast.reader.locator("main")).to_contain_text(REASON[cast.language])
    is_judged(cast, copy, genuine="yes", current="no")


def tells_all_of_it(reviewer: Desk) -> None:
    """The timeline, newest first, from the hand-in to the withdrawal."""
    said = reviewer.page.locator(".review-timeline > li")
    kinds = [one.removeprefix("event-") for one in said.evaluate_all("all => all.map((one) => one.className)")]
    assert [one for one in reversed(kinds) if one != "overridden"] == [
        "submitted", "claimed", "returned", "submitted", "link_made", "confirmed", "approved", "scheduled", "published",
        "submitted", "approved", "published", "withdrawn",
    ]  # fmt: skip


def is_judged(cast: Cast, copy: Path, *, genuine: str, current: str) -> None:
    reader = cast.reader
    reader.goto(f"/{cast.language}/verify/")
    reader.locator("input[type=file]").set_input_files(copy)
    reader.locator("main form [type=submit]").first.click()
    verdict = reader.locator("[data-genuine]")
    expect(verdict).to_have_attribute("data-genuine", genuine)
    expect(verdict).to_have_attribute("data-current", current)


def status_of(portal: Portal, address: str) -> int:
    try:
        with urllib.request.urlopen(portal.url + address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
