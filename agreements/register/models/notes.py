"""Dated, public notes on what was wrong in the record and has been put right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import here
from agreements.register.models.agreements import Agreement
from agreements.register.models.shared import Written, some_language, tracked
from agreements.vocabulary.sections import Section


@tracked
class CorrectionNote(Written):
    """What the next edition and all after it say of a mistake that was corrected.

    ``report`` is the public number of the reader's report that it answers, as "R-12"; nothing of who sent that is
    kept here. Not to be confused with a ``Correction``, which the other side proposes before a draft is published.
    """

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="correction_notes"
    )
    noted_on = models.DateField(_("noted on"))
    section = models.CharField(
        _("what it is about"),
        max_length=20,
        choices=Section.choices,
        blank=True,
        help_text=_("Empty where it concerns the whole record."),
    )
    report = models.CharField(_("reader’s report"), max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = _("correction note")
        verbose_name_plural = _("correction notes")
        ordering = ("-agreement_id", "noted_on", "pk")
        constraints = (
            some_language("text", name="correction_note_has_text"),
            models.CheckConstraint(condition=Q(section__in=["", *Section.values]), name="correction_note_section"),
            models.CheckConstraint(condition=Q(report__regex=r"^(R-[1-9][0-9]*)?$"), name="correction_note_report"),
            models.UniqueConstraint(fields=("report",), condition=~Q(report=""), name="correction_note_once_a_report"),
        )

    def __str__(self) -> str:
        return f"{self.noted_on}: {here(self, 'text')[:60]}"
