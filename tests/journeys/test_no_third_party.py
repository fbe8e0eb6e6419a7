"""In a real browser no page asks anybody else for anything, breaks its own policy or leaves a cookie."""

import pytest
from playwright.sync_api import Page

from tests.portals import Portal

RECORD = "agreements/MOC-0001/"
PAGES = ("", "agreements/", RECORD, f"{RECORD}editions/", f"{RECORD}editions/1/", "verify/", "about/", "no-such-page/")


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_keeps_to_itself(self, page: Page, live_portal: Portal, language: str, path: str) -> None:
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))

        page.goto(f"/{language}/{path}")

        assert [url for url in asked if not url.startswith((live_portal.url, "data:"))] == []
        assert [text for text in complaints if "404 (Not Found)" not in text or path != "no-such-page/"] == []
        assert page.context.cookies() == []

    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl")])
    def test_says_its_language_and_direction(self, page: Page, language: str, direction: str) -> None:
        page.goto(f"/{language}/")

        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("html").get_attribute("dir") == direction

    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_is_never_wider_than_the_screen(self, page: Page, language: str) -> None:
        for path in PAGES:
            page.goto(f"/{language}/{path}")
            for width in (360, 768, 1400):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


class TestFirstVisit:
    def test_leads_to_the_browser_s_language(self, page: Page, live_portal: Portal) -> None:
        page.set_extra_http_headers({"Accept-Language": "ckb"})

        page.goto("/")

        assert page.url == f"{live_portal.url}/ckb/"
