"""Every kind of public page, for everyone: axe-core finds nothing, and the narrowest windows are enough."""

import pytest
from playwright.sync_api import Page

from agreements.vocabulary.languages import LANGUAGES
from tests.journeys.axe import violations
from tests.public_pages import PUBLIC

NARROWEST = 320
"""Pixels that a page must do with, and with it a window of 1280 at 400 % (WCAG 2.2, 1.4.10)."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_runs_out_of_a_narrow_window(page: Page, language: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    found = {}
    for name, address in PUBLIC.items():
        page.goto(f"/{language}/{address}")
        found[name] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > NARROWEST:
            found[name].append(f"wider than a window of {NARROWEST} pixels")

    assert {name: those for name, those in found.items() if those} == {}


def test_paper_gets_dark_ink_whatever_the_reader_s_machine_prefers(page: Page) -> None:
    page.goto("/en/agreements/MOC-0001/")
    ink = {}
    for wish in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=wish)  # type: ignore[arg-type]  # one of the two
        ink[wish] = page.evaluate("getComputedStyle(document.body).color")

    assert ink["dark"] == ink["light"]
