"""Times the static copy: `.venv/bin/python benchmarks/static_copy.py [agreements]`.

Starts a PostgreSQL of its own that is gone afterwards, publishes the first agreement so many times (50 where no number
is named) with small PDFs that are there already (how long sealing takes, ``publishing.py`` tells), and writes a copy,
then brings it up to date. Memory is what the process holds after each.
"""

import gc
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402


def main(agreements: int) -> None:
    with own_portal(), tempfile.TemporaryDirectory() as folder:
        gc.set_threshold(700, 10, 10)  # Python's own: a command collects as it comes, unlike a web server
        publish(agreements)
        print(f"{agreements} agreements; {memory_mb():.0f} MB before")
        measure("a new copy", Path(folder, "copy"))
        measure("the same again", Path(folder, "copy"))


def publish(agreements: int) -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.register.shipped import load_directories, load_first_agreement  # noqa: PLC0415
    from tests import published  # noqa: PLC0415
    from tests.opendata.copies import sealed_already  # noqa: PLC0415

    call_command("make_accounts", verbosity=0)
    load_directories()
    editor = User.objects.get(username="editor")
    for _number in range(agreements):
        sealed_already(published.publish(load_first_agreement(by=editor), at=timezone.now()), at=timezone.now())


def measure(what: str, path: Path) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from agreements.opendata.bundle.export import export_site  # noqa: PLC0415

    began, worked = time.monotonic(), time.process_time()
    copied = export_site(path, at=timezone.now(), say=str)
    wall, work = time.monotonic() - began, time.process_time() - worked
    print(
        f"{what}: {copied.files} files, {copied.size_bytes / 1_000_000:.1f} MB, {wall:.1f} s, {work:.1f} s of a core, "
        f"{1000 * work / copied.files:.1f} ms a file; {memory_mb():.0f} MB",
        flush=True,
    )


def memory_mb() -> float:
    held = Path("/proc/self/statm").read_text().split()[1]
    return int(held) * resource.getpagesize() / 1_000_000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
