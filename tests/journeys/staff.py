"""Staff in the browser: log in to the served portal, find words of the desk in any language, fill its form."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from agreements.vocabulary.languages import LANGUAGES
from tests.portals import Portal


def log_in(page: Page, portal: Portal, name: str, *, language: str = "en") -> None:
    page.goto(f"/{language}/admin/login/?next=/{language}/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", portal.passwords[name])
    page.locator("[type=submit]").click()
    page.wait_for_url(f"**/{language}/admin/")


@dataclass(frozen=True)
class Desk:
    """One member of staff at the desk, working in one language."""

    page: Page
    language: str

    def say(self, text: str, context: str = "") -> str:
        """How the desk says this, in the language of this person."""
        with translation.override(self.language):
            return translation.pgettext(context, text) if context else translation.gettext(text)

    def open(self, address: str) -> None:
        self.page.goto(f"/{self.language}/admin/{address}")

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=self.say(label), exact=True).first.click()

    def follow(self, label: str) -> None:
        self.page.get_by_role("link", name=self.say(label)).first.click()

    def write(self, field: str, **texts: str) -> None:
        """A text in the languages that are given, each at its own input."""
        for language in LANGUAGES:
            if language in texts:
                self.page.fill(f"#id_{field}_{language}", texts[language])

    def choose(self, field: str, names: Mapping[str, str]) -> None:
        """Search for a record in an input that completes names, as a person does: type, wait, pick."""
        box, name = self.page.locator(f"#id_{field} + .select2-container"), names[self.language]
        box.click()
        self.page.locator(".select2-container--open .select2-search__field").last.fill(name)
        self.page.locator(".select2-results__option--highlighted", has_text=name).click()
        expect(box).to_contain_text(name)

    def add_row(self, part: str) -> str:
        """One more row of a part; the beginning of its inputs' names."""
        rows = self.page.locator(f"#{part}-group .inline-related:not(.empty-form)")
        count = rows.count()
        self.page.locator(f"#{part}-group .add-row a").click()
        expect(rows).to_have_count(count + 1)
        return f"{part}-{count}"

    def save(self) -> None:
        self.page.locator("[name=_continue]").last.click()
        expect(self.succeeded()).to_be_visible()

    def succeeded(self, words: str = "") -> Locator:
        """The desk's message that something is done."""
        return self.page.locator(".messagelist .success", has_text=self.say(words) if words else None)
