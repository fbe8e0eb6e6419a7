"""What a start brings up to date in the database and on disk; every step is safe to repeat."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate() -> str:
    """Apply pending migrations, and give the serving role what it needs and no more."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("grant_runtime_role", "moc_portal", stdout=io.StringIO())
    return f"{len(plan)} migrations applied" if plan else "nothing to do"


def compile_translations() -> str:
    """Compile each catalogue that is newer than its compiled form."""
    compiled = 0
    for source in sorted(Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as read:
            catalogue = read_po(read, locale=source.parts[-3])
        made = target.with_suffix(".mo.new")
        with made.open("wb") as write:
            write_mo(write, catalogue)
        made.rename(target)
        compiled += 1
    return f"{compiled} catalogues compiled" if compiled else "nothing to do"


def collect_static() -> str:
    """Collect and compress static files when any of ours, or Django, changed since the last time."""
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    fingerprint = hashlib.sha256("\n".join(_static_state()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return "nothing to do"
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint)
    return "collected"


def _static_state() -> Iterator[str]:
    import django  # noqa: PLC0415  # only its version

    yield django.get_version()
    for path in sorted(Path(settings.BASE_DIR, "static").rglob("*")):
        if path.is_file():
            yield f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
