"""The first page's panel of what readers report."""

from typing import Final, cast

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.correspondence.models import Report
from agreements.formats.words import write_number
from agreements.staff.panel import ROWS, Fact, Group, Panel, Row, Visit, groups_panel, moment_in_words
from agreements.vocabulary.kinds import ReportState
from agreements.vocabulary.languages import Language

_TITLES: Final[dict[ReportState, str | Promise]] = {
    ReportState.NEW: _("New reports: %(count)s"),
    ReportState.SEEN: _("Looked at, not decided: %(count)s"),
}


def reports(visit: Visit) -> Panel | None:
    """How many reports are new and how many are undecided, each with the ones that have waited longest."""
    if not visit.may("view_report"):
        return None
    waiting = Report.objects.filter(state__in=list(_TITLES)).order_by()
    counts = dict(waiting.values_list("state").annotate(Count("pk")))
    groups = [_group(state, counts[state]) for state in _TITLES if state in counts]
    return groups_panel("reports", _("Readers’ reports"), groups, empty=_("No report waits for an answer."))


def _group(state: ReportState, count: int) -> Group:
    oldest = Report.objects.filter(state=state).order_by("received_at", "pk")[:ROWS]
    listed = f"{reverse('admin:agreements_report_changelist')}?state__exact={state.value}"
    title = str(_TITLES[state]) % {"count": write_number(count, cast(Language, get_language() or "en"))}
    return Group(title, tuple(_row(one) for one in oldest), listed if count > ROWS else "")


def _row(report: Report) -> Row:
    about = report.get_section_display() if report.section else ""
    title = f"{report.register_number} · {about}" if about else report.register_number
    address = reverse("admin:agreements_report_change", args=[report.pk])
    return Row(report.reference, title, address, (Fact(moment_in_words(report.received_at)),))
