import pytest
from django.test import Client


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
