"""How much a first visit to a page loads, compressed: with fonts at most 150 KB, without them 60 KB.

Run it against a served portal: ``.venv/bin/python benchmarks/weight.py http://127.0.0.1:8000 agreements/MOC-0001/``.
A browser decides what is loaded; each answer is then weighed as gzip at level 9 makes it (fonts are compressed
already), so that the figures do not depend on what stands in front of the portal.
"""

import gzip
import sys
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page, Response, sync_playwright

FONTS_AND_ALL: Final = 150_000
WITHOUT_FONTS: Final = 60_000
PAGES: Final = ("", "agreements/", "agreements/MOC-0001/", "organisations/", "frameworks/gcm/", "places/", "dates/")
CHROMIUM: Final = "/usr/bin/chromium"


@dataclass
class Weight:
    """Bytes of one visit, by kind of resource."""

    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.url.startswith("data:"):
            return
        body = response.body()
        size = len(body) if kind == "font" else len(gzip.compress(body, 9))
        self.kinds[kind] = self.kinds.get(kind, 0) + size

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    @property
    def without_fonts(self) -> int:
        return self.total - self.kinds.get("font", 0)


def visit(page: Page, address: str) -> Weight:
    """Load a page with an empty cache and weigh all that came."""
    weight = Weight()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  # playwright marks its handlers
    page.goto(address, wait_until="networkidle")
    for response in responses:
        weight.add(response)
    return weight


def main(arguments: list[str]) -> int:
    origin, paths = arguments[0].rstrip("/"), arguments[1:] or PAGES
    heavy = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for path in paths:
            for language in ("en", "ar", "ckb"):
                context = browser.new_context()
                weight = visit(context.new_page(), f"{origin}/{language}/{path}")
                context.close()
                is_heavy = weight.total > FONTS_AND_ALL or weight.without_fonts > WITHOUT_FONTS
                heavy += is_heavy
                kinds = " ".join(f"{kind}={size}" for kind, size in sorted(weight.kinds.items()))
                verdict = "TOO HEAVY" if is_heavy else "ok"
                figures = f"{weight.total} bytes, {weight.without_fonts} without fonts"
                print(f"{language}/{path}: {figures}: {verdict} ({kinds})", flush=True)
        browser.close()
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
