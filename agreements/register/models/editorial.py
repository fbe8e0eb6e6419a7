"""The editorial side of a record: what happened on its way to the public, comments, accepted warnings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement
from agreements.register.models.shared import NEVER_REWRITTEN, tracked
from agreements.vocabulary.kinds import EventKind
from agreements.vocabulary.sections import Section


class TimelineEntry(models.Model):
    """One dated step of a record, with a note in the words of who took it; never changed afterwards.

    ``by`` is empty where nobody was logged in: for somebody of the other side ``by_name`` says who, and
    for what the portal did by itself, as publishing on schedule, both are empty.
    """

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="timeline"
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=EventKind.choices)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    by_name = models.CharField(_("by, without an account"), max_length=700, blank=True)
    note = models.TextField(_("note"), blank=True)
    until = models.DateTimeField(_("for when"), null=True, blank=True)
    edition_number = models.PositiveIntegerField(_("edition"), null=True, blank=True)

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        ordering = ("-at", "-pk")
        triggers = NEVER_REWRITTEN
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="timeline_entry_kind"),
            models.CheckConstraint(condition=Q(by__isnull=True) | Q(by_name=""), name="timeline_entry_by_one_person"),
        )

    def __str__(self) -> str:
        return f"{self.agreement.register_number}: {self.get_kind_display()}"


@tracked
class ReviewComment(models.Model):
    """A remark on a section of a record, open until somebody settles it."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="review_comments"
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    text = models.TextField(_("comment"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("resolved by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(section__in=Section.values), name="review_comment_section"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="review_comment_resolved_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]


class AcceptedWarning(models.Model):
    """A warning that a reviewer let pass for one edition, and why."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="accepted_warnings"
    )
    edition_number = models.PositiveIntegerField(_("edition"))
    key = models.CharField(_("warning"), max_length=200)
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ("at", "pk")
        triggers = NEVER_REWRITTEN
        constraints = (
            models.UniqueConstraint(fields=("agreement", "edition_number", "key"), name="warning_accepted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="warning_accepted_for_a_reason"),
        )

    def __str__(self) -> str:
        return self.key
