"""Runs every check and the whole suite on a throw-away PostgreSQL; called by `make test`."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from agreements.summaries.authority import development_authority  # noqa: E402
from moc_portal.embedded.postgres import ServerError, throwaway_server  # noqa: E402

BIN = Path(sys.executable).parent


def main(arguments: list[str]) -> int:
    try:
        with throwaway_server() as server:
            environment = os.environ | {"DATABASE_URL": server.url(), "PYTHONDONTWRITEBYTECODE": "1"}
            failed = [] if "--no-lint" in arguments else lint(environment)
            rest = [argument for argument in arguments if argument not in {"--no-lint", "--only-lint"}]
            if "--only-lint" not in arguments and not check("Tests", pytest(rest), environment):
                failed.append("Tests")
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def lint(environment: dict[str, str]) -> list[str]:
    """Run every check, also after one failed; the names of those that failed."""
    with tempfile.TemporaryDirectory() as folder:
        return lint_with(environment | seal_key(Path(folder)))


def lint_with(environment: dict[str, str]) -> list[str]:
    production = environment | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "register.example",
        "PUBLIC_ORIGIN": "https://register.example",
        "MOC_CLAMD": "unix:/run/clamav/clamd.ctl",
        "MOC_CHECKPOINT_KEY": checkpoint_key(),
        "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
    }
    checks = {
        "Style": [BIN / "ruff", "check", "."],
        "Format": [BIN / "ruff", "format", "--check", "."],
        "Templates": [BIN / "djlint", "--lint", "--quiet", "templates"],
        "Types": [BIN / "mypy"],
        "Arrows between rooms": [BIN / "lint-imports", "--no-cache"],
        "Migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        "Production settings": [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    }
    return [title for title, command in checks.items() if not check(title, command, production)]


def seal_key(folder: Path) -> dict[str, str]:
    """A sealing key for the check of production settings, as the settings that name it."""
    made = development_authority(folder)
    return {"MOC_SEAL_PEM_KEY": str(made / "seal.key"), "MOC_SEAL_CERTIFICATE": str(made / "seal.pem")}


def checkpoint_key() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def pytest(arguments: list[str]) -> list[str | Path]:
    # One more than cores: the journeys, which come first, wait for moments, browsers and workers.
    return [BIN / "pytest", "-n", str((os.cpu_count() or 1) + 1), *arguments]


def check(title: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run one check; its output is shown when it fails, that of the tests always."""
    began = time.monotonic()
    show = title == "Tests"
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment, capture_output=not show, text=True, check=False
    )
    verdict = "passed" if done.returncode == 0 else "FAILED"
    if not show:
        print(f"  {title}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
        if done.returncode != 0:
            print((done.stdout + done.stderr)[-6000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
