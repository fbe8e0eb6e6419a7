"""The stand-alone script that readers check with, as a module and as a program with nothing but what it needs."""

import runpy
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

SCRIPT = Path(settings.BASE_DIR, "docs", "verify_moc.py")

verify_moc = SimpleNamespace(**runpy.run_path(str(SCRIPT)))
"""What the script defines."""

_NEEDED = ("cryptography", "cffi", "_cffi_backend*", "pycparser")
_RUN = """
import runpy, sys
sys.path.append(sys.argv[1])
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run_verify_moc(*arguments: object, folder: Path) -> tuple[int, str]:
    """Run the script where no package but ``cryptography`` can be imported; its exit code, and what it printed.

    Args:
        folder: an empty one.
    """
    packages = folder / "packages"
    packages.mkdir(exist_ok=True)
    for pattern in _NEEDED:
        for found in Path(sysconfig.get_path("platlib")).glob(pattern):
            if not (packages / found.name).exists():
                (packages / found.name).symlink_to(found)
    command = [sys.executable, "-I", "-S", "-c", _RUN, packages, SCRIPT, *arguments]
    done = subprocess.run(
        [str(one) for one in command], cwd=folder, env={}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr
