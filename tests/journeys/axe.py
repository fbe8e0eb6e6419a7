"""axe-core in a page of the browser."""

from collections.abc import Collection
from functools import cache
from typing import Any, Final

from django.conf import settings
from playwright.sync_api import Page

EVERY: Final = ("minor", "moderate", "serious", "critical")


@cache
def _axe() -> str:
    return (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, impacts: Collection[str] = EVERY) -> list[str]:
    """What axe finds, each with the first element that it concerns."""
    page.evaluate(_axe())  # the page's own policy would refuse it as a script of the page
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html']} – {one['nodes'][0]['failureSummary']}"
        for one in found
        if one["impact"] in impacts
    ]
