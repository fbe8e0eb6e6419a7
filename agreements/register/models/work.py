"""Work under an agreement: activities, their progress, and obligations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import PartialDateField, PartialDatesInOrder, here
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Objective, Organization, Place
from agreements.register.models.shared import (
    Keyed,
    Ordered,
    Sourced,
    Titled,
    Written,
    some_language,
    tidy,
    track_links,
    tracked,
)
from agreements.vocabulary.kinds import ActivityStatus, ObligationStatus

UNFINISHED_ACTIVITY = Q(status__in=(ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY, ActivityStatus.NOT_STATED))
OPEN_OBLIGATION = Q(status__in=(ObligationStatus.OPEN, ObligationStatus.OVERDUE, ObligationStatus.NOT_STATED))
"""What still has to be done, as far as the record tells; their days are looked for in an index each."""


@tracked
class Activity(Titled, Keyed, Sourced, Ordered):
    """Work under the agreement."""

    key_prefix = "activity"

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="activities"
    )
    description_en = models.TextField(_("description in English"), blank=True)
    description_ar = models.TextField(_("description in Arabic"), blank=True)
    description_ckb = models.TextField(_("description in Kurdish"), blank=True)
    area_en = models.CharField(_("area in English"), max_length=300, blank=True)
    area_ar = models.CharField(_("area in Arabic"), max_length=300, blank=True)
    area_ckb = models.CharField(_("area in Kurdish"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=ActivityStatus.choices, default=ActivityStatus.NOT_STATED
    )
    start = PartialDateField(_("from"))
    end = PartialDateField(_("until"))
    places = models.ManyToManyField(Place, verbose_name=_("places"), blank=True, related_name="activities")
    responsible = models.ManyToManyField(
        Organization, verbose_name=_("responsible"), blank=True, related_name="activities"
    )
    objectives = models.ManyToManyField(Objective, verbose_name=_("objectives"), blank=True, related_name="activities")

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("-agreement_id", "position", "pk")
        indexes = (models.Index(fields=("end",), condition=UNFINISHED_ACTIVITY, name="activity_unfinished_until"),)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "key"), name="activity_key_once"),
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="activity_status"),
            some_language("title", name="activity_has_title"),
            tidy("title", name="activity_title_tidy"),
            models.CheckConstraint(
                condition=PartialDatesInOrder(F("start"), F("end")),
                name="activity_period_in_order",
                violation_error_message=_("The activity ends before it starts."),
            ),
        )

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = self.key or free_key(self)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on


track_links(Activity.places.through, name="ActivityPlaceLink")
track_links(Activity.responsible.through, name="ActivityResponsibleLink")
track_links(Activity.objectives.through, name="ActivityObjectiveLink")


@tracked
class ProgressNote(Written, Sourced):
    """What was reported about an activity, and when."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.CASCADE, related_name="progress_notes"
    )
    noted_on = PartialDateField(_("as of"))

    class Meta:
        verbose_name = _("progress note")
        verbose_name_plural = _("progress notes")
        ordering = ("activity_id", "noted_on", "pk")
        constraints = (some_language("text", name="progress_note_has_text"),)

    def __str__(self) -> str:
        return f"{self.noted_on or _('Not stated')}: {here(self, 'text')[:60]}"


@tracked
class Obligation(Written, Keyed, Sourced, Ordered):
    """Something that a party must do by a date."""

    key_prefix = "obligation"

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="obligations"
    )
    bearer = models.ForeignKey(
        Organization, verbose_name=_("who must do it"), on_delete=models.PROTECT, related_name="obligations"
    )
    due = PartialDateField(_("due"))
    status = models.CharField(
        _("status"), max_length=20, choices=ObligationStatus.choices, default=ObligationStatus.NOT_STATED
    )
    evidence_en = models.TextField(_("evidence in English"), blank=True)
    evidence_ar = models.TextField(_("evidence in Arabic"), blank=True)
    evidence_ckb = models.TextField(_("evidence in Kurdish"), blank=True)

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ("-agreement_id", "position", "pk")
        indexes = (models.Index(fields=("due",), condition=OPEN_OBLIGATION, name="obligation_open_until"),)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "key"), name="obligation_key_once"),
            models.CheckConstraint(condition=Q(status__in=ObligationStatus.values), name="obligation_status"),
            some_language("text", name="obligation_has_text"),
        )

    def __str__(self) -> str:
        return here(self, "text")[:80]

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = self.key or free_key(self)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on


def free_key(part: Activity | Obligation) -> str:
    """The first unused identifier of this kind in its agreement, such as "activity-3"."""
    taken = set(type(part).objects.filter(agreement=part.agreement).values_list("key", flat=True))
    number = len(taken) + 1
    while f"{part.key_prefix}-{number}" in taken:
        number += 1
    return f"{part.key_prefix}-{number}"
