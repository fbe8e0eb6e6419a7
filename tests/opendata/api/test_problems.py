"""What is refused, and how that is said."""

import pytest
from django.db import OperationalError
from django.test import Client

from agreements.editions.models import Edition

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000
REFUSED = {
    "agreements?kin=protocol": (400, "unknown-parameter", "kin"),
    f"agreements?{LONG}=1": (400, "unknown-parameter", "xxx"),
    "agreements?kind=protokol": (400, "invalid-parameter", "letter_of_intent, framework_agreement"),
    "agreements?limit=0": (400, "invalid-parameter", "limit: It must be at least 1."),
    "agreements?limit=101": (400, "invalid-parameter", "100"),
    "agreements?limit=many": (400, "invalid-parameter", "It is not a whole number."),
    "agreements?limit=1&limit=2": (400, "invalid-parameter", "only once"),
    "agreements?year=21": (400, "invalid-parameter", "year"),
    f"agreements?q={LONG}": (400, "invalid-parameter", "300"),
    f"agreements?{'party=a&' * 21}": (400, "invalid-parameter", "20"),
    "agreements?q=%00": (400, "invalid-parameter", "q"),
    "agreements?q=%C0%AF": (400, "invalid-parameter", "q"),
    "agreements?party=": (400, "invalid-parameter", "party"),
    "agreements?after=../../etc": (400, "invalid-parameter", "after"),
    "agreements?after=0.1e-99~1&q=x": (400, "invalid-parameter", "after"),
    "agreements?after=0.5~12": (409, "other-order", "first page"),
    "agreements?q=border&after=12": (409, "other-order", "first page"),
    "agreements/MOC-0001?fields=titel": (400, "invalid-parameter", "fields"),
    "agreements/MOC-0001/editions/1?x=1": (400, "unknown-parameter", "x"),
    "agreements/MOC-0001/editions/3": (404, "not-found", ""),
    "agreements/MOC-0001/editions/0": (404, "not-found", ""),
    "agreements/MOC-0001/editions/99999999999999999999": (404, "not-found", ""),
    "agreements/MOC-9999": (404, "not-found", ""),
    "agreements/MOC-1%00": (404, "not-found", ""),
    "agreements/MOC-0003": (410, "withdrawn", ""),
    "agreements/MOC-0003/editions/1": (410, "withdrawn", ""),
    "agreements/MOC-0003/editions": (410, "withdrawn", ""),
    "organisations/no%20body": (404, "not-found", ""),
    "organisations/nobody/agreements": (404, "not-found", ""),
    "organisations?after=%00": (400, "invalid-parameter", "after"),
    "frameworks/nothing": (404, "not-found", ""),
    "places/nowhere/agreements?role=guest": (400, "invalid-parameter", "role"),
    "log?after=-1": (400, "invalid-parameter", "after"),
    "log/999999": (404, "not-found", ""),
    "log/one": (404, "not-found", ""),
    "%C0%AF": (404, "not-found", ""),
    "problems/none": (404, "not-found", ""),
}


class TestProblem:
    def test_says_what_is_refused_and_never_fails(self, client: Client, record: Edition) -> None:
        for path, (status, kind, part) in REFUSED.items():
            response = client.get(f"/api/v1/{path}")

            assert (path[:80], response.status_code) == (path[:80], status)
            assert response["Content-Type"] == "application/problem+json"
            told = response.json()
            assert told["type"] == f"https://register.example/api/v1/problems/{kind}"
            assert told["status"] == status
            assert part in told["detail"]
            assert told["title"]
            assert told["instance"].startswith("/api/v1/")
            assert len(response.content) < 2_000

    def test_is_in_the_readers_language(self, client: Client, record: Edition) -> None:
        said = {
            language: client.get("/api/v1/log?limit=0", headers={"Accept-Language": language})
            for language in ("en", "ar", "ckb")
        }

        assert len({one.json()["detail"] for one in said.values()}) == 3
        assert [one["Content-Language"] for one in said.values()] == ["en", "ar", "ckb"]
        assert all("Accept-Language" in one["Vary"] for one in said.values())
        assert {one["Cache-Control"] for one in said.values()} == {"no-store"}

    def test_of_a_withdrawn_agreement_has_the_reason_in_all_languages(self, client: Client, record: Edition) -> None:
        told = client.get("/api/v1/agreements/MOC-0003").json()

        assert told["reason"] == {"en": "It was never signed.", "ar": "لم توقَّع قط.", "ckb": None}
        assert (told["register_number"], told["withdrawn_at"][:10]) == ("MOC-0003", "2026-11-23")

    def test_answers_whatever_would_write(self, client: Client, record: Edition) -> None:
        for method in ("post", "put", "patch", "delete", "trace"):
            response = getattr(client, method)("/api/v1/agreements")

            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
            assert response.json()["type"].endswith("method-not-allowed")

    def test_is_said_of_faults_and_of_a_database_that_is_away(
        self, record: Edition, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = Client(raise_request_exception=False)
        for error, status in ((RuntimeError("secret"), 500), (OperationalError("secret"), 503)):

            def fail(*_: object, fault: Exception = error, **__: object) -> None:
                raise fault

            monkeypatch.setattr("agreements.opendata.api.log.log_after", fail)
            response = client.get("/api/v1/log", headers={"Accept-Language": "ar"})

            assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
            assert "secret" not in response.content.decode()
            assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Retry-After"] == "60"

    def test_pages_still_have_pages_of_errors(self, client: Client, record: Edition) -> None:
        assert "text/html" in client.get("/en/nothing/")["Content-Type"]
