"""The panels of the desk's first page, in their order."""

from collections.abc import Callable
from typing import Final

from agreements.staff.due import due
from agreements.staff.gaps import translation_gaps
from agreements.staff.jobs import failed_jobs
from agreements.staff.panel import Panel, Visit
from agreements.staff.recent import recent
from agreements.staff.waiting import waiting
from agreements.staff.waiting_reports import reports

PANELS: Final[tuple[Callable[[Visit], Panel | None], ...]] = (
    waiting,
    reports,
    due,
    translation_gaps,
    failed_jobs,
    recent,
)
"""A new panel is one more function here; ``None`` leaves it out for this person."""


def panels_for(visit: Visit) -> list[Panel]:
    """What this person's first page shows; nothing for who may not read agreements."""
    if not visit.may("view_agreement"):
        return []
    return [panel for make in PANELS if (panel := make(visit)) is not None]
