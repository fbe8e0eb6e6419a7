"""Tries every attack of tests/summaries/attacks on the development database, and prints the tables of docs/attacks.md.

Run it with `.venv/bin/python -m moc_portal.embedded manage shell -c "import benchmarks.attacks"`. It reads the first
agreement's English summary. Needs poppler's pdfsig and pyHanko's command line (requirements-dev.txt).
"""

import base64
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings

from agreements.editions.queries import current_editions
from agreements.site.verdict_words import HEADINGS
from agreements.summaries.trust import trusted_roots
from agreements.summaries.verify import verify_file
from tests.summaries.attacks.attack import Given
from tests.summaries.attacks.every import GROUPS

PATIENCE_S = 20
SILENT = f"no answer in {PATIENCE_S} s"


def said_by(command: list[str]) -> str:
    """What a program writes; nothing where patience ends first."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


def pdfsig(file: Path) -> str:
    """What poppler says, in a few words."""
    said = said_by(["pdfsig", "-nocert", str(file)])
    if not said:
        return SILENT
    if "does not contain any signatures" in said:
        return "no signature"
    words = ", ".join(re.findall(r"Signature Validation: (?:Signature is )?(.+)\.", said)).lower()
    whole = ", not the whole file" if "Not total document signed" in said else ""
    return f"{words}{whole}" if words else "can’t read it"


def pyhanko(file: Path, root: Path) -> str:
    """What pyHanko's command line says, in a few words."""
    command = [str(Path(sys.executable).with_name("pyhanko")), "sign", "validate", "--no-revocation-check"]
    said = said_by([*command, "--trust", str(root), "--trust-replace", str(file)])
    if not said:
        return SILENT
    found = re.findall(r"^[^:\n]+:[0-9a-f]{64}:(\S+)", said, re.MULTILINE)
    return "; ".join(re.sub("[:,]", ", ", one.lower().replace("_", " ")) for one in found) or "refuses it"


MEASURE = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run([sys.executable, "-m", *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
"""
"""A small process in between: a child is also charged what its parent has in memory when it begins."""


def cost(data: bytes, module: str) -> tuple[float, float]:
    """Seconds, and the largest memory in MB, of the process that reads the file."""
    roots = [base64.b64encode(one).decode() for one in trusted_roots()]
    arguments = [*roots, "-"] if module.endswith("examine") else []
    command = [sys.executable, "-c", MEASURE, module, *arguments]
    done = subprocess.run(command, input=data, capture_output=True, cwd=settings.BASE_DIR, env={}, check=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


folder = Path(tempfile.mkdtemp())
given = Given.of(current_editions()[0], folder / "somebody-else")
root = folder / "root.der"
root.write_bytes(trusted_roots()[0])
longest = largest = 0.0
for title, group in GROUPS.items():
    is_json = title == "JSON"
    print(f"\n## {title}\n\n| attack | described by | the verifier says |{'' if is_json else ' pdfsig | pyHanko |'}")
    print(f"| --- | --- | --- |{'' if is_json else ' --- | --- |'}")
    for name, attack in group.items():
        data = attack.make(given)
        file = folder / "attack.pdf"
        file.write_bytes(data)
        began = time.monotonic()
        finding = verify_file(data).finding
        longest = max(longest, time.monotonic() - began)
        seconds, megabytes = cost(data, f"agreements.summaries.{'edition_file' if is_json else 'examine'}")
        largest = max(largest, megabytes)
        print(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB", file=sys.stderr, flush=True)
        opinions = "" if is_json else f" {pdfsig(file)} | {pyhanko(file, root)} |"
        print(f"| {name} | {attack.source} | {HEADINGS[finding][0]} |{opinions}", flush=True)
print(f"at most {longest:.1f} s for an answer, {largest:.0f} MB", file=sys.stderr)
