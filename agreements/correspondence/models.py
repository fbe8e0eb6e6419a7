"""What readers report: a mistake in an edition, and what the editors did about it."""

from typing import Final

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.kinds import ReportState
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES
from agreements.vocabulary.sections import Section

MAX_TEXT: Final = 4000
MAX_SOURCE: Final = 2000

_SHA256: Final = r"^[0-9a-f]{64}$"
_UNDECIDED: Final = {"decided_at__isnull": True, "decided_by__isnull": True}
_DECIDED: Final = (ReportState.ACCEPTED, ReportState.DECLINED)


# The trail outlives the row, so it keeps what staff did, and none of a reader's own words, name or address.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["code_hash", "wrong", "right", "source", "name", "email"],
    append_only=True,
)
class Report(models.Model):
    """A mistake that a reader found, about exactly the edition that was before their eyes.

    Only the SHA-256 of the code is kept by which the reader comes back. Name and e-mail are there only where
    the reader gave them, and for as long as ``erase.py`` says.
    """

    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True, editable=False)
    register_number = models.CharField(_("register number"), max_length=20, db_index=True)
    edition_number = models.PositiveIntegerField(_("edition"))
    content_hash = models.CharField(_("content hash"), max_length=64, editable=False)
    section = models.CharField(_("what it is about"), max_length=20, choices=Section.choices, blank=True)
    wrong = models.CharField(_("what is wrong"), max_length=MAX_TEXT)
    right = models.CharField(_("what would be right"), max_length=MAX_TEXT, blank=True)
    source = models.CharField(_("where that can be read"), max_length=MAX_SOURCE, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=3, choices=list(ENDONYMS.items()))
    received_at = models.DateTimeField(_("received at"))
    state = models.CharField(_("state"), max_length=20, choices=ReportState.choices, default=ReportState.NEW)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("looked at by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=MAX_TEXT, blank=True)
    erased_at = models.DateTimeField(_("name and e-mail erased at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        ordering = ("-received_at", "-pk")
        permissions = (("answer_report", "Can answer readers’ reports"),)
        indexes = (
            models.Index(fields=("state", "-received_at"), name="report_state_newest"),
            models.Index(fields=("received_at",), name="report_received"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(code_hash__regex=_SHA256), name="report_code"),
            models.CheckConstraint(condition=Q(content_hash__regex=_SHA256), name="report_content"),
            models.CheckConstraint(condition=Q(edition_number__gte=1), name="report_edition"),
            models.CheckConstraint(condition=Q(section__in=["", *Section.values]), name="report_section"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="report_language"),
            models.CheckConstraint(condition=~Q(wrong=""), name="report_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="report_seen_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.NEW, seen_at__isnull=True, **_UNDECIDED)
                | Q(state=ReportState.SEEN, seen_at__isnull=False, **_UNDECIDED)
                | Q(state__in=_DECIDED, decided_at__isnull=False, decided_by__isnull=False),
                name="report_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.DECLINED) | ~Q(answer=""), name="report_declined_with_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(name="", email=""), name="report_erased_is_empty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} · {self.register_number}"

    @property
    def reference(self) -> str:
        """The number that may be named in public, as "R-12"; it opens nothing."""
        return f"R-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state not in _DECIDED
