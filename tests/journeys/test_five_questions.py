"""A reader's five questions, each answered within two clicks from the home page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.portals import Portal

CLICKS = 2


@pytest.fixture(scope="module")
def protocol(live_portal: Portal) -> Iterator[None]:
    """A second record in two editions: at border points, signed, in force; other tests find it withdrawn."""
    module = "import tests.journeys.second_record as record"
    live_portal.manage("shell", "-c", f"{module}; record.publish_protocol()")
    yield
    live_portal.manage("shell", "-c", f"{module}; record.withdraw_protocol()")


class Reader:
    """Somebody who begins at the home page and follows links, as few as they can."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0
        page.goto("/en/")

    def follow(self, name: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()
        self.clicks += 1

    def reads(self, text: str, *, at: str = "main") -> None:
        expect(self.page.locator(at).first).to_contain_text(text)
        assert self.clicks <= CLICKS


class TestFiveQuestions:
    def test_is_it_in_force(self, page: Page, protocol: None) -> None:
        reader = Reader(page)
        reader.follow("Protocol on work at border crossing points")
        reader.reads("In force", at="#status-now")

    def test_who_signed(self, page: Page, protocol: None) -> None:
        reader = Reader(page)
        reader.follow("Protocol on work at border crossing points")
        reader.reads("Sara Karim", at="#signatories")

    def test_who_pays(self, page: Page, protocol: None) -> None:
        reader = Reader(page)
        reader.follow("Who takes part, and who pays?")
        reader.follow("European Union")
        reader.reads("Funder")

    def test_what_happens_at_a_border_point(self, page: Page, protocol: None) -> None:
        reader = Reader(page)
        reader.follow("What happens at a border point?")
        reader.follow("Trebil")
        reader.reads("Training at land crossings")

    def test_what_changed_since_edition_1(self, page: Page, protocol: None) -> None:
        reader = Reader(page)
        reader.follow("What changed since edition 1")
        reader.reads("It covers ports too.")
