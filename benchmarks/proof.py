"""Times sealing and verifying on the development database.

Run it with `.venv/bin/python -m moc_portal.embedded manage shell -c "import benchmarks.proof"` while the
portal runs or not; it reads the first agreement and writes nothing.
"""

import statistics
import time
from collections.abc import Callable

from django.utils import timezone

from agreements.editions.queries import current_editions
from agreements.summaries.keys import current_sealer
from agreements.summaries.layout import SealNote, lay_out
from agreements.summaries.levels import level_of
from agreements.summaries.seal import seal_pdf
from agreements.summaries.store import read_summary, summary_for
from agreements.summaries.verify import verify_pdf

ROUNDS = 12


def milliseconds(act: Callable[[], object]) -> float:
    """The median of some rounds, after one that warms up."""
    act()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


edition = current_editions()[0]
sealer = current_sealer()
level = level_of(sealer)
note = SealNote(level=level, is_development=sealer.is_development)
unsealed = lay_out(edition, "en", seal=note)
sealed = seal_pdf(unsealed, sealer=sealer, level=level)
for language in ("en", "ar", "ckb"):
    both = milliseconds(lambda: seal_pdf(lay_out(edition, language, seal=note), sealer=sealer, level=level))  # noqa: B023
    print(f"| lay out and seal, {language} | {both:.0f} ms |")
print(f"| seal alone ({level}) | {milliseconds(lambda: seal_pdf(unsealed, sealer=sealer, level=level)):.0f} ms |")
kept = read_summary(summary_for(edition, "en", at=timezone.now()))
print(f"| verify ({level}) | {milliseconds(lambda: verify_pdf(kept)):.0f} ms |")
print(f"| verify what the portal did not give out | {milliseconds(lambda: verify_pdf(sealed)):.0f} ms |")
