"""The other side confirms a record, in a real browser: asked by an editor, in Arabic, without an account.

It proposes a correction, an editor accepts it, a new link is made, the record is confirmed, and what is
published says by whom.
"""

import json
import re
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.staff import log_in
from tests.portals import Portal

MAKE = """
from django.contrib.auth.models import User
from agreements.register.shipped import load_first_agreement
made = load_first_agreement(by=User.objects.get(username="editor"))
print("made", made.pk, made.register_number)
"""
PERSON = "هناء كريم"
TITLE = "مذكرة تعاون كما ينبغي أن تُسمى"

OpenedBy = Callable[[str], Page]


@dataclass(frozen=True)
class Record:
    """A draft of this test's own, which it publishes."""

    pk: int
    number: str


@pytest.fixture
def record(live_portal: Portal) -> Record:
    made = re.search(r"made (\d+) (MOC-\d+)", live_portal.manage("shell", "-v0", "-c", MAKE))
    assert made is not None
    return Record(int(made[1]), made[2])


@pytest.fixture
def desk(browser: Browser, live_portal: Portal, record: Record) -> Iterator[OpenedBy]:
    """Opens the record's review page as the member of staff with this name, logged in."""
    contexts: list[BrowserContext] = []

    def opened(name: str) -> Page:
        context = browser.new_context(base_url=live_portal.url)
        contexts.append(context)
        page = context.new_page()
        log_in(page, live_portal, name)
        page.goto(f"/en/admin/agreements/agreement/{record.pk}/review/")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """An official's phone, that knows nothing of the portal."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_from_the_first_link_to_the_public_page(
    live_portal: Portal, record: Record, desk: OpenedBy, phone: Page
) -> None:
    editor = desk("editor")

    first = _make_link(editor)
    _propose_a_title(phone, first)
    _accept_corrections(editor)
    second = _make_link(editor)
    _confirm(phone, second)
    _publish(editor, desk("reviewer"))

    _is_public(live_portal, record.number, phone)
    assert phone.context.cookies() == []
    for link in (first, second):
        answer = phone.goto(link)
        assert answer is not None
        assert answer.status == 410
        assert TITLE not in phone.content()


def _make_link(editor: Page) -> str:
    """Ask the same person each time; the second time the form is filled in already."""
    section = editor.locator("#other-side")
    if section.get_by_role("link", name="Ask again").count():
        section.get_by_role("link", name="Ask again").first.click()
        assert section.get_by_label("Person").input_value() == PERSON
    else:
        section.get_by_text("Ask a party to confirm").click()
        section.get_by_label("Person").fill(PERSON)
        section.get_by_label("E-mail").fill("hana@party.example")
        section.get_by_label("Party").select_option(index=0)
        section.get_by_label("Language").select_option("ar")
    section.get_by_role("button", name="Make the link").click()
    link = editor.locator("#made-link").input_value()
    editor.get_by_role("link", name="Back to the review").click()
    assert link not in editor.content()
    return link


def _propose_a_title(phone: Page, link: str) -> None:
    referrers: list[str] = []
    phone.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    phone.goto(link)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert PERSON in phone.locator(".asked").inner_text()

    phone.get_by_role("link", name="اقترح تصحيحات").click()
    phone.locator("details summary").first.click()
    phone.locator("textarea[name$=':title_ar']").first.fill(TITLE)
    phone.get_by_role("button", name="أرسل التصحيحات").click()

    assert phone.url == link
    assert "شكراً لكم" in phone.get_by_role("heading", level=1).inner_text()
    assert TITLE in phone.locator(".proposed").inner_text()
    phone.goto(f"{link}corrections/")
    assert phone.url == link
    assert phone.locator("textarea").count() == 0
    assert [one for one in referrers if "/confirm/" in one] == []


def _accept_corrections(editor: Page) -> None:
    editor.reload()
    corrections = editor.locator(".corrections-list")
    assert TITLE in corrections.inner_text()
    corrections.get_by_role("checkbox").check()
    corrections.get_by_role("button", name="Accept what is ticked").click()
    timeline = editor.locator(".review-side").inner_text()
    assert "Correction accepted" in timeline
    assert "Corrections proposed by the other side" in timeline


def _confirm(phone: Page, link: str) -> None:
    phone.goto(link)
    assert TITLE in phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_label("يجوز إظهار اسمي معه في الصفحة العامة").check()
    phone.get_by_role("button", name="نؤكد هذا السجل").click()
    assert "شكراً لكم" in phone.get_by_role("heading", level=1).inner_text()


def _publish(editor: Page, reviewer: Page) -> None:
    editor.reload()
    editor.get_by_role("button", name="Submit for review").click()
    reviewer.reload()
    assert "Confirmed by the other side" in reviewer.locator(".review-side").inner_text()
    gate = reviewer.locator("#readiness")
    for tick in gate.get_by_role("checkbox").all():
        tick.check()
    if gate.get_by_role("checkbox").count():
        gate.locator("#id_reason").fill("No source states it.")
        gate.get_by_role("button", name="Accept what is ticked").click()
    reviewer.get_by_role("button", name="Approve").click()
    reviewer.get_by_role("button", name="Publish now").click()
    reviewer.get_by_text("the new edition is public").wait_for()


def _is_public(portal: Portal, number: str, phone: Page) -> None:
    phone.goto(f"{portal.url}/ar/agreements/{number}/")
    assert TITLE in phone.get_by_role("heading", level=1).inner_text()
    said = phone.locator("div", has=phone.get_by_text("أكّده", exact=True)).last.inner_text()
    assert "المنظمة الدولية للهجرة" in said
    assert PERSON in said

    with urllib.request.urlopen(f"{portal.url}/id/{number}.json", timeout=60) as answer:
        (confirmation,) = json.load(answer)["confirmations"]
    assert confirmation["person"] == PERSON

    with urllib.request.urlopen(f"{portal.url}/en/agreements/{number}/summary.pdf", timeout=120) as answer:
        pdf = answer.read()
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "Confirmed by" in words
