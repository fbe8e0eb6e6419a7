"""The host that files of agreements may have of their own."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from agreements.register.models.words_and_files import Document
from moc_portal.env import check_own_host
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

FILES = "files.example.net"


@pytest.fixture
def apart(settings: Settings) -> None:
    settings.FILES_ORIGIN = f"https://{FILES}"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, FILES]


@pytest.fixture
def address(noon: datetime) -> str:
    agreement = first_agreement()
    document = Document.objects.create(
        agreement=agreement, kind="annex", language="en", is_public=True, title_en="Annex",
        file=ContentFile(b"The annex.", name="annex.txt"),
    )  # fmt: skip
    publish(agreement, at=noon)
    return f"/documents/{document.sha256}/annex.txt"


class TestFilesHost:
    def test_gives_files(self, apart: None, address: str) -> None:
        response: Any = Client(headers={"host": FILES}).get(address, secure=True)

        assert b"".join(response) == b"The annex."
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Set-Cookie" not in response

    @pytest.mark.parametrize(
        "path", ["/", "/en/", "/en/admin/", "/en/verify/", "/static/x.js", "/api/v1/", "/id/MOC-0001"]
    )
    def test_answers_nothing_else(self, apart: None, path: str) -> None:
        response = Client(headers={"host": FILES}).get(path, secure=True)

        assert response.status_code == 404
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert not response.cookies

    def test_is_where_the_portal_s_host_leads_to(self, apart: None, address: str) -> None:
        response = Client().get(f"{address}?x=1", secure=True)

        assert (response.status_code, response["Location"]) == (308, f"https://{FILES}{address}?x=1")
        assert Client().get("/en/", secure=True).status_code == 200

    def test_is_not_needed(self, address: str) -> None:
        response: Any = Client().get(address, secure=True)
        assert b"".join(response) == b"The annex."

    def test_is_another_than_the_portal_s(self) -> None:
        check_own_host("MOC_FILES_ORIGIN", "https://files.example.org", other="https://example.org")
        with pytest.raises(ImproperlyConfigured, match="MOC_FILES_ORIGIN"):
            check_own_host("MOC_FILES_ORIGIN", "https://example.org:8443", other="https://example.org")
