"""Sets up everything the portal needs on this machine; safe to repeat, and quick when nothing changed.

Runs on any Python from 3.11, with the standard library only: `python3 scripts/setup.py [--dev]`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_NODE = 20

NATIVE = {"libpango-1.0-0": "pango-1.0", "libpangoft2-1.0-0": "pangoft2-1.0", "libharfbuzz-subset0": "harfbuzz-subset"}
"""What WeasyPrint draws text with: Debian's package, and the library in it. No wheel brings them."""

DEV_PROGRAMS = {
    "chromium": "chromium",
    "clamav-daemon": "clamd",
    "default-jre-headless": "java",
    "gettext": "xgettext",
    "libreoffice-calc-nogui": "soffice",
    "poppler-utils": "pdftotext",
    "softhsm2": "softhsm2-util",
}
"""What tests look at pages, markup, PDFs, sheets and viruses with, and keep keys in: Debian's package, its program.

ClamAV comes without its database of viruses, which tests do not need: theirs knows the EICAR test file alone.
"""


class SetupError(Exception):
    """Set-up can't go on; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    is_dev = "--dev" in arguments
    if sys.version_info < (3, 11):  # noqa: UP036  # this file is what an older Python is met by
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        with step("Python packages") as skip:
            install_python_packages(skip, is_dev=is_dev)
        with step("Front-end assets") as skip:
            build_assets(skip)
        with step("Native libraries") as skip:
            install_native(skip, is_dev=is_dev)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def step(title: str) -> Iterator[Callable[[], None]]:
    """Say what is done and how long it took; the step calls what it is given when there is nothing to do."""
    nothing: list[bool] = []
    print(f"  {title} …", flush=True)
    began = time.monotonic()
    yield lambda: nothing.append(True)
    took = "nothing to do" if nothing else f"{time.monotonic() - began:.1f} s"
    print(f"  {title}: {took}", flush=True)


def install_python_packages(skip: Callable[[], None], *, is_dev: bool) -> None:
    lists = [ROOT / "requirements.txt", *([ROOT / "requirements-dev.txt"] if is_dev else [])]
    stamp = VENV / f"installed-{'dev' if is_dev else 'run'}"
    state = fingerprint(lists)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state:
        skip()
        return
    if not PYTHON.exists():
        run([sys.executable, "-m", "venv", str(VENV)], "the virtual environment can't be made")
    options = [option for path in lists for option in ("-r", str(path))]
    run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", *options],
        "Python packages can't be installed",
    )
    stamp.write_text(state)


def build_assets(skip: Callable[[], None]) -> None:
    inputs = [ROOT / "package-lock.json", *sorted((ROOT / "assets").rglob("*.*"))]
    stamp = ROOT / "static" / "built" / ".stamp"
    state = fingerprint(inputs)
    if stamp.exists() and stamp.read_text() == state:
        skip()
        return
    environment = os.environ | {"PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}"}
    run(["npm", "ci", "--silent", "--ignore-scripts"], "front-end packages can't be installed", env=environment)
    run(["npm", "run", "--silent", "build"], "front-end assets can't be built", env=environment)
    stamp.write_text(state)


def node_folder() -> str:
    """The folder of a Node that is new enough: the machine's, else one from PyPI in the environment."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version[1:].split(".")[0].isdigit() and int(version[1:].split(".")[0]) >= OLDEST_NODE:
            return str(Path(node).parent)
    brought = VENV / "bin" / "node"
    if not brought.exists():
        print("    no Node of version 20 or newer here: taking one from PyPI", flush=True)
        run(
            [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "-r", str(ROOT / "requirements-node.txt")],
            "Node can't be installed",
        )  # fmt: skip
    return str(brought.parent)


def install_native(skip: Callable[[], None], *, is_dev: bool) -> None:
    missing = [package for package, library in NATIVE.items() if find_library(library) is None]
    wanted = [package for package, program in DEV_PROGRAMS.items() if shutil.which(program) is None] if is_dev else []
    if not missing and not wanted:
        skip()
        return
    command = f"apt-get install -y --no-install-recommends {' '.join([*missing, *wanted])}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], "Debian's package lists can't be read", env=environment)
        run([*command.split(), "-qq"], "Debian's packages can't be installed", env=environment)
    elif missing:
        raise SetupError(
            f"WeasyPrint needs native libraries that are not here. On Debian or Ubuntu run:\n\n    sudo {command}\n\n"
            "On macOS: brew install pango. Then run this again."
        )
    else:
        print(
            f"    TESTS OF PAGES, PDFS, SPREADSHEETS AND SCANS WILL BE SKIPPED: {', '.join(wanted)} missing.\n"
            f"    Only root installs them: sudo {command}",
            flush=True,
        )


def run(command: list[str], failure: str, env: "os._Environ[str] | dict[str, str] | None" = None) -> None:
    """Run quietly; when it fails, show its last lines and stop."""
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetupError(f"{failure} ({' '.join(command[:4])} … ended with {done.returncode}):\n{tail}")


def fingerprint(paths: list[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
