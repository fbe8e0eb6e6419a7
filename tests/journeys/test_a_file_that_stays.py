"""A reader's browser hashes the copy: the file stays there, and is sent only when the reader says so."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from agreements.vocabulary.languages import LANGUAGES, Language
from tests.journeys.axe import violations
from tests.journeys.test_a_readers_copy import copy_of
from tests.portals import Portal

FILE = "#file-form input[type=file]"


@pytest.fixture
def copy(live_portal: Portal, tmp_path: Path) -> Path:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy_of(live_portal, "en"))
    return path


@pytest.fixture
def altered(copy: Path) -> Path:
    path = copy.with_name("altered.pdf")
    path.write_bytes(copy.read_bytes() + b"rubbish")
    return path


@pytest.fixture
def sent(page: Page) -> list[Request]:
    """What the browser sends with a body, as it goes."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request) if request.method == "POST" else None)
    return requests


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_comes_and_the_file_does_not_go(
    page: Page, copy: Path, sent: list[Request], language: Language
) -> None:
    page.goto(f"/{language}/verify/")
    page.set_input_files(FILE, copy)

    expect(page.locator('.verdict[data-genuine="yes"]')).to_be_visible()
    assert [len(request.post_data_buffer or b"") for request in sent] == [len("hash=") + 64]
    assert "hash" not in page.url
    assert violations(page) == []


def test_an_unknown_file_is_sent_only_at_a_press(page: Page, altered: Path, sent: list[Request]) -> None:
    page.goto("/en/verify/")
    page.set_input_files(FILE, altered)
    expect(page.locator('.verdict[data-finding="file_unknown"]')).to_be_visible()
    assert len(sent) == 1

    page.get_by_role("button", name="Send the file and learn why").press("Enter")

    expect(page.locator('.verdict[data-finding="added_to"]')).to_be_visible()
    assert violations(page) == []


def test_by_keys_the_answer_is_where_the_reader_goes_on(page: Page, copy: Path) -> None:
    page.goto("/en/verify/")
    page.set_input_files(FILE, copy)
    expect(page.locator(".verdict")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "answer"

    summary = page.locator("details.technical > summary")
    while not summary.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nothing was added: the seal covers the whole file.")).to_be_visible()
    assert violations(page) == []


def test_a_file_that_is_too_large_is_not_even_read(page: Page, tmp_path: Path, sent: list[Request]) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(bytes(21 * 1024 * 1024))

    page.goto("/en/verify/")
    page.set_input_files(FILE, large)

    expect(page.get_by_text("This file is larger than 20 MB")).to_be_visible()
    assert sent == []


def test_without_a_script_the_form_sends_the_file_and_says_so(
    browser: Browser, live_portal: Portal, copy: Path
) -> None:
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/ar/verify/")
    expect(page.locator(".stays")).to_contain_text("يُرسل الملف إلى السجل")

    page.set_input_files(FILE, copy)
    page.locator("#file-form button").click()

    expect(page.locator('.verdict[data-genuine="yes"]')).to_be_visible()
    context.close()
