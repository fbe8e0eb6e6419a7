import pytest
from django.test import Client

from moc_portal.language import asked_language


class TestAskedLanguage:
    @pytest.mark.parametrize(
        ("header", "language"),
        [
            ("", "en"),
            ("*", "en"),
            ("nonsense;q=x", "en"),
            ("fr, de;q=0.5", "en"),
            ("ar-IQ,en;q=0.5", "ar"),
            ("en;q=0.3, ckb;q=0.9", "ckb"),
            ("ku-IQ", "ckb"),
            ("ku-Arab-IR", "ckb"),
            ("ku-TR, ar;q=0.4", "ar"),
        ],
    )
    def test_is_the_one_that_the_browser_prefers(self, header: str, language: str) -> None:
        assert asked_language(header) == language


class TestRedirectToLanguage:
    @pytest.mark.parametrize(("path", "target"), [("/", "/ar/"), ("/?a=1", "/ar/?a=1"), ("/admin/", "/ar/admin/")])
    def test_leads_to_the_same_page_in_that_language(self, client: Client, path: str, target: str) -> None:
        response = client.get(path, headers={"accept-language": "ar"})

        assert response.status_code == 302
        assert response["Location"] == target

    def test_varies_by_language_and_by_nothing_else(self, client: Client) -> None:
        client.cookies["django_language"] = "ar"

        response = client.get("/", headers={"accept-language": "ckb"})

        assert response["Location"] == "/ckb/"
        assert response["Vary"] == "Accept-Language"
