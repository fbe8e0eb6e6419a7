"""The first page's panel of what waits for this person: to review, to publish, to correct, to answer."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import ReviewComment, TimelineEntry
from agreements.register.models.other_side import Correction
from agreements.staff.panel import (
    ROWS,
    Fact,
    Group,
    Panel,
    Visit,
    day_in_words,
    few,
    group_of,
    groups_panel,
    row_of,
)
from agreements.staff.waiting_seals import sent_seals
from agreements.vocabulary.kinds import CorrectionState, EventKind, WorkingState

_HANDED_BACK: Final = (EventKind.RETURNED, EventKind.NOT_PUBLISHED)


def waiting(visit: Visit) -> Panel:
    """Of a reviewer: reviews that are claimed or free, and what is approved. Of an editor: what came back,
    corrections that the other side proposes, open comments on what this person wrote, drafts."""
    return groups_panel(
        "waiting", gettext_lazy("Waits for me"), _groups(visit), empty=gettext_lazy("Nothing waits for you.")
    )


def _groups(visit: Visit) -> Iterator[Group]:
    if visit.may("approve_agreement"):
        yield _claimed(visit)
        yield _free(visit)
        yield _not_mine_to_approve(visit)
    if visit.may("publish_agreement"):
        yield _approved()
        yield sent_seals()
    if visit.may("change_agreement"):
        yield _changes_requested(visit)
        yield _corrected(visit)
        yield _commented(visit)
        yield _drafts(visit)


def due_fact(agreement: Agreement, visit: Visit) -> Fact | None:
    """By when the review should be done; late ones say so."""
    if agreement.review_due is None:
        return None
    day = day_in_words(agreement.review_due)
    if agreement.review_due < visit.today:
        return Fact(_("Overdue: was to be done by %(day)s") % {"day": day}, "late")
    return Fact(_("To be done by %(day)s") % {"day": day}, "warn" if agreement.review_due == visit.today else "plain")


def _wrote(user: User) -> Q:
    """Records that this person last edited or submitted, and so can't approve where four eyes are needed."""
    return Q(last_edited_by=user) | Q(submitted_by=user)


def _in(state: WorkingState) -> QuerySet[Agreement]:
    return Agreement.objects.filter(working_state=state)


def _claimed(visit: Visit) -> Group:
    own = _in(WorkingState.IN_REVIEW).filter(reviewer=visit.user)
    found = few(own.order_by(F("review_due").asc(nulls_last=True), "-pk"))
    rows = [row_of(one, due_fact(one, visit), _four_eyes(one, visit)) for one in found]
    listed = {"working_state__exact": WorkingState.IN_REVIEW.value, "reviewer__id__exact": visit.user.pk}
    return group_of(gettext_lazy("Reviews that you claimed"), found, rows, listed=listed)


def _four_eyes(agreement: Agreement, visit: Visit) -> Fact | None:
    if not settings.FOUR_EYES or visit.user.pk not in (agreement.last_edited_by_id, agreement.submitted_by_id):
        return None
    return Fact(_("You edited or submitted it, so another reviewer has to approve it"), "warn")


def _free(visit: Visit) -> Group:
    free = _in(WorkingState.IN_REVIEW).filter(reviewer=None)
    if settings.FOUR_EYES:
        # An absent name is no obstacle, and NULL would make SQL drop the row.
        free = free.filter(Q(last_edited_by=None) | ~Q(last_edited_by=visit.user))
        free = free.filter(Q(submitted_by=None) | ~Q(submitted_by=visit.user))
    found = few(free.order_by("pk"))
    rows = [row_of(one, due_fact(one, visit)) for one in found]
    listed = {"working_state__exact": WorkingState.IN_REVIEW.value, "reviewer__isnull": "True"}
    return group_of(gettext_lazy("Reviews that nobody has claimed"), found, rows, listed=listed)


def _not_mine_to_approve(visit: Visit) -> Group:
    own = _in(WorkingState.IN_REVIEW).filter(_wrote(visit.user), reviewer=None) if settings.FOUR_EYES else None
    numbers = [one.register_number for one in few(own.order_by("pk"))] if own is not None else []
    if not numbers:
        return Group("", ())
    shown = ", ".join(f"\u2068{number}\u2069" for number in numbers[:ROWS]) + (" …" if len(numbers) > ROWS else "")
    said = _("For another reviewer, because you edited or submitted them: %(numbers)s") % {"numbers": shown}
    return Group("", (), note=said)


def _approved() -> Group:
    found = few(_in(WorkingState.APPROVED).order_by("pk"))
    listed = {"working_state__exact": WorkingState.APPROVED.value}
    return group_of(gettext_lazy("Approved, to be published"), found, map(row_of, found), listed=listed)


def _changes_requested(visit: Visit) -> Group:
    found = few(_in(WorkingState.CHANGES_REQUESTED).filter(_wrote(visit.user)).order_by("-pk"))
    handed_back = TimelineEntry.objects.filter(agreement__in=[one.pk for one in found], kind__in=_HANDED_BACK)
    newest = handed_back.order_by("agreement_id", "-at", "-pk").distinct("agreement_id")
    said = {entry.agreement_id: entry for entry in newest}
    rows = [row_of(one, _what_to_change(said.get(one.pk))) for one in found]
    listed = {
        "working_state__exact": WorkingState.CHANGES_REQUESTED.value,
        "last_edited_by__id__exact": visit.user.pk,
    }
    return group_of(gettext_lazy("Changes were requested"), found, rows, listed=listed)


def _what_to_change(entry: TimelineEntry | None) -> Fact | None:
    if entry is None:
        return None
    return Fact(entry.note or str(EventKind(entry.kind).label), "warn")


def _corrected(visit: Visit) -> Group:
    """Of records that this person wrote, and of those that this person asked a party about."""
    open_ones = Correction.objects.filter(state=CorrectionState.OPEN)
    own = open_ones.filter(
        Q(link__created_by=visit.user)
        | Q(link__agreement__last_edited_by=visit.user)
        | Q(link__agreement__submitted_by=visit.user)
    )
    counted = own.values("link__agreement_id").annotate(count=Count("pk")).order_by("-link__agreement_id")[: ROWS + 1]
    counts = {row["link__agreement_id"]: row["count"] for row in counted}
    found = few(Agreement.objects.filter(pk__in=counts).order_by("-pk"))
    rows = [row_of(one, Fact(_("Open corrections: %(count)s") % {"count": counts[one.pk]}, "warn")) for one in found]
    listed = {"last_edited_by__id__exact": visit.user.pk}
    return group_of(gettext_lazy("Corrections by the other side"), found, rows, listed=listed)


def _commented(visit: Visit) -> Group:
    open_ones = ReviewComment.objects.filter(resolved_at=None)
    own = open_ones.filter(Q(agreement__last_edited_by=visit.user) | Q(agreement__submitted_by=visit.user))
    counted = own.values("agreement_id").annotate(count=Count("pk")).order_by("-agreement_id")[: ROWS + 1]
    counts = {row["agreement_id"]: row["count"] for row in counted}
    found = few(Agreement.objects.filter(pk__in=counts).order_by("-pk"))
    rows = [row_of(one, Fact(_("Open comments: %(count)s") % {"count": counts[one.pk]}, "warn")) for one in found]
    listed = {"last_edited_by__id__exact": visit.user.pk}
    return group_of(gettext_lazy("Comments on your records"), found, rows, listed=listed)


def _drafts(visit: Visit) -> Group:
    found = few(_in(WorkingState.DRAFT).filter(last_edited_by=visit.user).order_by("-pk"))
    rows = [row_of(one, page="admin:agreements_agreement_change") for one in found]
    listed = {"working_state__exact": WorkingState.DRAFT.value, "last_edited_by__id__exact": visit.user.pk}
    return group_of(gettext_lazy("Your drafts"), found, rows, listed=listed)
