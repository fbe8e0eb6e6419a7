"""A party seals a published record, in a real browser: asked by an editor, in Arabic, without an account.

It sends the file unsealed by mistake, is told so, sends it sealed; a reviewer accepts it, and the public page shows it.
"""

import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import violations
from tests.journeys.staff import log_in
from tests.other_seals import Office
from tests.portals import Portal
from tests.wait import wait_until

SERIOUS = ("serious", "critical")

PUBLISH = """
from django.contrib.auth.models import User
from django.utils import timezone
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_first_agreement
editor, reviewer = (User.objects.get(username=one) for one in ("editor", "reviewer"))
made, at = load_first_agreement(by=editor), timezone.now()
submit_agreement(made.pk, by=editor, at=at)
keys = [one.key for one in readiness_of(Agreement.objects.get(pk=made.pk)).warnings]
accept_warnings(made.pk, keys, by=reviewer, at=at, reason="No source states it.")
approve_agreement(made.pk, by=reviewer, at=at)
publish_edition(made.pk, by=reviewer, at=at)
print("made", made.pk, made.register_number)
"""


@pytest.fixture
def record(live_portal: Portal) -> tuple[str, str]:
    """A published record of this test's own: its key and its register number."""
    made = re.search(r"made (\d+) (MOC-\d+)", live_portal.manage("shell", "-v0", "-c", PUBLISH))
    assert made is not None
    return made[1], made[2]


def test_from_the_link_to_the_public_page(live_portal: Portal, browser: Browser, record: tuple[str, str]) -> None:
    pk, number = record
    desk = [browser.new_context(base_url=live_portal.url) for _name in range(2)]
    phone = browser.new_context(viewport={"width": 360, "height": 740})
    editor, reviewer, official = desk[0].new_page(), desk[1].new_page(), phone.new_page()
    log_in(editor, live_portal, "editor")
    log_in(reviewer, live_portal, "reviewer")

    link = _ask(editor, pk)
    given = _download(official, link)
    assert "بلا ختم" in _send(official, given)
    with ThreadPoolExecutor() as apart:  # pyHanko wants an event loop of its own
        signed = apart.submit(Office().sign_pdf, given).result()
    assert "بانتظار محرر" in _send(official, signed)
    _accept(reviewer)

    page = f"{live_portal.url}/ar/agreements/{number}/"
    wait_until(lambda: "وختمه أيضاً" in urllib.request.urlopen(page, timeout=60).read().decode(), "the accepted seal")
    official.goto(page)
    address = official.locator(".other-seal a").first.get_attribute("href")
    assert urllib.request.urlopen(f"{live_portal.url}{address}", timeout=60).read() == signed
    assert phone.cookies() == []
    for context in (*desk, phone):
        context.close()


def _ask(editor: Page, pk: str) -> str:
    editor.goto(f"/en/admin/agreements/agreement/{pk}/review/")
    section = editor.locator("#seals")
    section.get_by_text("Ask a party to seal").click()
    section.get_by_label("Person").fill("هناء كريم")
    section.get_by_label("E-mail").fill("hana@party.example")
    section.get_by_label("Party").select_option(index=0)
    section.get_by_label("Language").select_option("ar")
    section.get_by_role("button", name="Make the link").click()
    assert violations(editor, SERIOUS) == []
    return editor.locator("#made-link").input_value()


def _download(official: Page, link: str) -> bytes:
    official.goto(link)
    assert official.locator("html").get_attribute("dir") == "rtl"
    assert violations(official) == []
    with official.expect_download() as download:
        official.locator(".seal-files a").nth(1).click()
    assert download.value.suggested_filename.endswith("-ar-to-be-sealed.pdf")
    return download.value.path().read_bytes()


def _send(official: Page, content: bytes) -> str:
    """What the page says of a file."""
    official.set_input_files("[type=file]", {"name": "s.pdf", "mimeType": "application/pdf", "buffer": content})
    official.locator("[name=may_be_published]").check()
    official.get_by_role("button", name="أرسل الملف المختوم").click()
    return str(official.locator(".invalid-feedback, .proposed").first.inner_text())


def _accept(reviewer: Page) -> None:
    reviewer.goto("/en/admin/")
    assert "Seals of the other side, to be accepted" in reviewer.content()
    reviewer.locator("a[href*='/seals/']").last.click()
    assert "Ministry of Tests" in reviewer.content()
    assert violations(reviewer, SERIOUS) == []
    reviewer.get_by_role("button", name="Accept, and show it to the public").click()
    assert "it stands on the public page now" in reviewer.content()
