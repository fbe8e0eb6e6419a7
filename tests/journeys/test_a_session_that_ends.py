"""An editor writes, the session ends, the text is saved all the same: in a browser, in English and in Arabic."""

import pytest
from playwright.sync_api import Page, expect

from tests.databases import run_sql
from tests.portals import Portal

WORDS = {
    "en": ("Log in", "Save what I wrote", "Your session has ended", "Typed when the session ended"),
    "ar": ("تسجيل الدخول", "احفظ ما كتبته", "انتهت جلستك", "كُتب عند انتهاء الجلسة"),
}


def log_in(page: Page, language: str, password: str) -> None:
    page.fill("#id_username", "editor")
    page.fill("#id_password", password)
    page.get_by_role("button", name=WORDS[language][0]).click()


@pytest.mark.parametrize("language", WORDS)
class TestASessionThatEnds:
    def test_loses_no_words(self, page: Page, live_portal: Portal, language: str) -> None:
        _button, save, told, text = WORDS[language]
        page.goto(f"/{language}/admin/agreements/agreement/")
        log_in(page, language, live_portal.passwords["editor"])
        page.locator("#result_list tbody th a").first.click()
        form = page.url
        page.fill(f"#id_change_note_{language}", text)

        run_sql("DELETE FROM django_session", url=live_portal.database_url)
        page.locator("[name=_continue]").first.click()
        expect(page.get_by_role("alert")).to_contain_text(told)
        log_in(page, language, live_portal.passwords["editor"])
        page.get_by_role("button", name=save).click()

        expect(page).to_have_url(form)
        expect(page.locator(".success")).to_be_visible()
        expect(page.locator(f"#id_change_note_{language}")).to_have_value(text)

    def test_is_asked_before_unsaved_words_are_left(self, page: Page, live_portal: Portal, language: str) -> None:
        page.goto(f"/{language}/admin/agreements/agreement/")
        log_in(page, language, live_portal.passwords["editor"])
        page.locator("#result_list tbody th a").first.click()
        page.wait_for_load_state()
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

        page.locator("#id_change_note_en").press_sequentially("Unsaved")
        page.goto(f"/{language}/admin/")

        assert asked == ["beforeunload"]
