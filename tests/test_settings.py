"""The environment: what is missing names itself and the remedy, and what is absent means production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from agreements.summaries.authority import development_authority
from moc_portal.env import (
    database_from_url,
    env_bool,
    env_choice,
    env_list,
    env_number,
    env_numbers,
    env_origin,
    env_secret,
    env_text,
)

CHECKPOINT_KEY = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PRODUCTION = {
    "DATABASE_URL": "postgresql://moc:x@db.example/moc",
    "SECRET_KEY": "k7" * 10 + "Zq-3_" * 10,
    "ALLOWED_HOSTS": "register.example",
    "PUBLIC_ORIGIN": "https://register.example",
    "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
    "MOC_CLAMD": "unix:/run/clamav/clamd.ctl",
    "MOC_CHECKPOINT_KEY": CHECKPOINT_KEY,
    "PATH": os.environ["PATH"],
}


def run(*arguments: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


class TestProduction:
    @pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_ORIGIN"])
    def test_a_missing_variable_names_itself_and_the_remedy(self, name: str) -> None:
        environment = {key: value for key, value in PRODUCTION.items() if key != name}

        done = run("check", environment=environment)

        assert done.returncode == 1
        assert f"{name} is not set. Set it to " in done.stderr.splitlines()[-1]

    def test_the_deployment_check_is_clean(self, tmp_path: Path) -> None:
        made = development_authority(tmp_path)
        seal = {"MOC_SEAL_PEM_KEY": str(made / "seal.key"), "MOC_SEAL_CERTIFICATE": str(made / "seal.pem")}

        done = run("check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION | seal)

        assert done.returncode == 0, done.stderr

    def test_is_strict_by_default(self) -> None:
        names = (
            "DEBUG", "DEVELOPMENT", "TRUST_PROXY", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        )  # fmt: skip
        script = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"

        done = run("shell", "-v", "0", "-c", script, environment=PRODUCTION)

        assert done.stdout.strip() == "[False, False, False, True, True, True]"

    def test_a_mail_server_needs_an_address_to_write_from(self) -> None:
        done = run("check", environment=PRODUCTION | {"MOC_EMAIL_HOST": "mail.example"})

        assert done.returncode == 1
        assert "MOC_EMAIL_FROM is not set. Set it to " in done.stderr.splitlines()[-1]

    def test_without_a_mail_server_nobody_is_reminded_and_nothing_breaks(self) -> None:
        script = "from django.conf import settings as s; print(s.REMINDS_BY_MAIL, s.EMAIL_BACKEND.split('.')[-2])"

        done = run("shell", "-v", "0", "-c", script, environment=PRODUCTION)

        assert done.stdout.strip() == "False dummy"

    def test_mail_is_encrypted_unless_that_is_switched_off(self) -> None:
        script = "from django.conf import settings as s; print(s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
        mail = {"MOC_EMAIL_HOST": "mail.example", "MOC_EMAIL_FROM": "register@mail.example"}

        done = run("shell", "-v", "0", "-c", script, environment=PRODUCTION | mail)

        assert done.stdout.strip() == "True False"

    def test_refuses_a_plain_http_origin(self) -> None:
        done = run("check", environment=PRODUCTION | {"PUBLIC_ORIGIN": "http://register.example"})

        assert "is not https" in done.stderr

    def test_never_prints_the_database_password(self) -> None:
        done = run("check", environment=PRODUCTION | {"DATABASE_URL": "mysql://moc:hunter2@db.example/moc"})

        assert done.returncode == 1
        assert "hunter2" not in done.stdout + done.stderr


class TestEnvText:
    def test_an_empty_value_counts_as_absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "")

        assert env_text("X", default="fallback") == "fallback"
        with pytest.raises(ImproperlyConfigured, match=r"X is not set\. Set it to a colour\."):
            env_text("X", remedy="Set it to a colour.")


class TestEnvBool:
    @pytest.mark.parametrize(("value", "expected"), [("1", True), ("TRUE", True), ("off", False), ("0", False)])
    def test_reads_yes_and_no(self, monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
        monkeypatch.setenv("X", value)

        assert env_bool("X", default=not expected) is expected

    def test_refuses_anything_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "maybe")

        with pytest.raises(ImproperlyConfigured, match=r"X is 'maybe'\. Set it to 1 or 0"):
            env_bool("X", default=False)


class TestEnvSecret:
    def test_comes_from_the_named_file_before_the_variable(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        path = tmp_path / "secret"
        path.write_text("from the file\n")
        monkeypatch.setenv("X", "from the variable")
        monkeypatch.setenv("X_FILE", str(path))

        assert env_secret("X") == "from the file"

    def test_names_a_file_that_is_missing_or_empty(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        path = tmp_path / "secret"
        monkeypatch.setenv("X_FILE", str(path))

        with pytest.raises(ImproperlyConfigured, match="X_FILE names a file that can't be read: No such file"):
            env_secret("X")
        path.touch()
        with pytest.raises(ImproperlyConfigured, match="X_FILE names a file that is empty"):
            env_secret("X")


class TestEnvList:
    def test_leaves_out_blanks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "a, b,,")

        assert env_list("X") == ["a", "b"]


class TestEnvNumber:
    def test_reads_a_whole_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert env_number("X", default=587) == 587
        monkeypatch.setenv("X", "25")

        assert env_number("X", default=587) == 25

    @pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "٥"])
    def test_refuses_anything_else(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("X", value)

        with pytest.raises(ImproperlyConfigured, match="Set it to a whole number above 0"):
            env_number("X", default=587)


class TestEnvNumbers:
    def test_puts_the_largest_first_and_each_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "7, 30,7 ,180")

        assert env_numbers("X", default="1") == (180, 30, 7)

    @pytest.mark.parametrize("value", ["0", "7,-1", "7;30", "3651", ",", "soon"])
    def test_refuses_what_no_reminder_can_go_by(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("X", value)

        with pytest.raises(ImproperlyConfigured, match="Set it to whole numbers such as 180,90"):
            env_numbers("X", default="180,90")


class TestEnvChoice:
    def test_is_one_of_the_words_in_small_letters_or_capitals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "TLS")

        assert env_choice("X", ("tls", "none"), default="none") == "tls"

    def test_refuses_another_word_and_names_those_there_are(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "ssl")

        with pytest.raises(ImproperlyConfigured, match=r"X is 'ssl'\. Set it to starttls, tls or none\."):
            env_choice("X", ("starttls", "tls", "none"), default="tls")


class TestEnvOrigin:
    def test_drops_the_final_slash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("X", "https://register.example/")

        assert env_origin("X", plain_http=False) == "https://register.example"

    @pytest.mark.parametrize(
        "value", ["register.example", "https://", "https://a.example/path", "https://u:p@a.example", "ftp://a.example"]
    )
    def test_refuses_what_is_no_origin(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("X", value)

        with pytest.raises(ImproperlyConfigured, match="Set it to the portal's public address"):
            env_origin("X", plain_http=True)


class TestDatabaseFromUrl:
    def test_decodes_its_parts_and_passes_options_on(self) -> None:
        read = database_from_url("postgresql://moc:p%40ss%2F@db.example:5433/moc?sslmode=verify-full")

        assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
            "moc", "p@ss/", "db.example", "5433", "moc",
        )  # fmt: skip
        assert read["OPTIONS"] == {"sslmode": "verify-full"}

    @pytest.mark.parametrize(
        "url", ["", "mysql://u:hunter2@h/moc", "postgresql://u:hunter2@h/", "postgresql://u:hunter2@h:port/moc"]
    )
    def test_refuses_anything_else_without_repeating_the_password(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="must name a PostgreSQL database") as refusal:
            database_from_url(url)

        assert "hunter2" not in str(refusal.value)
