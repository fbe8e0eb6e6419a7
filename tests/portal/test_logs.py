"""What the portal logs of the other side's addresses."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from agreements.staff import by_link
from moc_portal.logs import WithoutSecrets


class TestWithoutSecrets:
    @pytest.mark.parametrize("after", ["/", "/draft.pdf", "", "?x=1", "/corrections/ and more"])
    @pytest.mark.parametrize("page", ["confirm", "seal", "reports", "calendar"])
    def test_leaves_the_secret_out(self, page: str, after: str) -> None:
        record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Server error", f"/ar/{page}/the-secret{after}")})

        line = WithoutSecrets("%(message)s").format(record)

        assert line == f"Server error: /ar/{page}/…{after}"

    def test_leaves_it_out_of_tracebacks(self) -> None:
        try:
            Path("/en/confirm/the-secret/").stat()
        except FileNotFoundError as error:
            record = logging.makeLogRecord(
                {"msg": "Failed", "exc_info": (FileNotFoundError, error, error.__traceback__)}
            )

        line = WithoutSecrets("%(message)s").format(record)

        assert "/en/confirm/…" in line.splitlines()[-1]
        assert "the-secret" not in line.splitlines()[-1]

    def test_writes_every_line(self) -> None:
        formatters: dict[str, Any] = settings.LOGGING["formatters"]
        handlers: dict[str, Any] = settings.LOGGING["handlers"]

        assert {formatters[one["formatter"]]["()"] for one in handlers.values()} == {"moc_portal.logs.WithoutSecrets"}

    def test_a_page_that_fails_tells_no_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lines: list[str] = []

        def fails(*_arguments: object, **_named: object) -> None:
            raise RuntimeError("broken")

        class Kept(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                lines.append(WithoutSecrets("%(message)s").format(record))

        handler = Kept()
        monkeypatch.setattr(by_link, "network_of", fails)
        logging.getLogger("django.request").addHandler(handler)
        try:
            answer = Client(raise_request_exception=False).get("/en/confirm/the-secret/")
        finally:
            logging.getLogger("django.request").removeHandler(handler)

        assert answer.status_code == 500
        assert "Internal Server Error: /en/confirm/…/" in lines[0]
        assert "the-secret" not in "".join(lines)
