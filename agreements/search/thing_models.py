"""What current editions name: organisations, frameworks, objectives, places, and the dates to come.

Worked out from editions; ``mentions.py`` can make all of it again, so nothing here is a record.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.kinds import ActivityStatus, AgreementKind, DateKind, ObligationStatus
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import MentionRole, ThingKind


class Thing(models.Model):
    """Something that a current edition names; ``key`` is its ``id`` in the content contract.

    ``part`` is how the newest edition that embeds it whole has it (JSON of the contract); empty where editions
    only give its name. ``parent`` is the key of an organisation's parent or an objective's framework.
    ``sort_…`` order it in each language (see ``formats/sorting.py``); ``found_by`` holds its folded names.
    """

    kind = models.CharField(max_length=12, choices=ThingKind.choices)
    key = models.CharField(max_length=120)
    name_en = models.TextField(blank=True)
    name_ar = models.TextField(blank=True)
    name_ckb = models.TextField(blank=True)
    part = models.JSONField(default=dict, blank=True)
    parent = models.CharField(max_length=120, blank=True)
    sequence = models.PositiveBigIntegerField()
    sort_en = models.TextField(db_collation="C", blank=True)
    sort_ar = models.TextField(db_collation="C", blank=True)
    sort_ckb = models.TextField(db_collation="C", blank=True)
    found_by = models.TextField(blank=True)

    class Meta:
        ordering = ("kind", "sort_en")
        indexes = (
            models.Index(fields=("kind", "sort_en"), name="thing_in_english_order"),
            models.Index(fields=("kind", "sort_ar"), name="thing_in_arabic_order"),
            models.Index(fields=("kind", "sort_ckb"), name="thing_in_kurdish_order"),
            models.Index(fields=("kind", "parent"), name="thing_by_parent", condition=~models.Q(parent="")),
            GinIndex(OpClass("found_by", name="gin_trgm_ops"), name="thing_by_name"),
        )
        constraints = (
            models.UniqueConstraint(fields=("kind", "key"), name="thing_once"),
            models.CheckConstraint(condition=models.Q(kind__in=ThingKind.values), name="thing_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def name(self) -> LocalisedText:
        return LocalisedText(en=self.name_en or None, ar=self.name_ar or None, ckb=self.name_ckb or None)


class Mention(models.Model):
    """A current edition names a thing in a role; ``sequence`` is the edition's entry in the log."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="mentions")
    role = models.CharField(max_length=24, choices=MentionRole.choices)
    register_number = models.CharField(max_length=20, db_index=True)
    sequence = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("-sequence", "role")
        indexes = (models.Index(fields=("thing", "-sequence", "role"), name="mention_newest_first"),)
        constraints = (
            models.UniqueConstraint(fields=("thing", "role", "sequence"), name="mention_once"),
            models.CheckConstraint(condition=models.Q(role__in=MentionRole.values), name="mention_role"),
        )

    def __str__(self) -> str:
        return f"{self.register_number} {self.role} {self.thing_id}"


class MentionCount(models.Model):
    """How many current editions name a thing in a role; in whatever role where ``role`` is empty."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="counts")
    role = models.CharField(max_length=24, choices=MentionRole.choices, blank=True)
    agreements = models.IntegerField()

    class Meta:
        ordering = ("thing", "role")
        constraints = (
            models.UniqueConstraint(fields=("thing", "role"), name="mention_count_once"),
            models.CheckConstraint(condition=models.Q(agreements__gte=0), name="mention_count_from_zero"),
        )

    def __str__(self) -> str:
        return f"{self.thing_id} {self.role}: {self.agreements}"


class ComingKind(models.TextChoices):
    """What falls on a date to come: the agreement's own dates by their kind, and those of its parts."""

    OBLIGATION = "obligation", _("Obligation due")
    ACTIVITY_START = "activity_start", _("Activity starts")
    ACTIVITY_END = "activity_end", _("Activity ends")
    RENEWAL = "renewal", _("Tacit renewal")
    IN_FORCE = "in_force", DateKind.IN_FORCE.label
    PLANNED_END = "planned_end", DateKind.PLANNED_END.label
    ENDED = "ended", _("Ends")
    TERMINATED = "terminated", DateKind.TERMINATED.label
    SUSPENDED = "suspended", DateKind.SUSPENDED.label
    RESUMED = "resumed", DateKind.RESUMED.label
    REVIEW = "review", DateKind.REVIEW.label


class ComingDate(models.Model):
    """A date that was still to come when its edition was noted; known to the day, or as some day of a stretch.

    Shown from ``shown_from`` (renewals: the day after the term before) until ``latest`` has passed.
    """

    register_number = models.CharField(max_length=20, db_index=True)
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=16, choices=ComingKind.choices)
    status = models.CharField(max_length=16, blank=True)
    earliest = models.DateField()
    latest = models.DateField()
    shown_from = models.DateField(null=True, blank=True)
    title = models.JSONField()
    what = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("latest", "pk")
        indexes = (models.Index(fields=("latest", "id"), name="coming_date_in_order"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(latest__gte=models.F("earliest")), name="coming_date_in_order"),
            models.CheckConstraint(condition=models.Q(kind__in=ComingKind.values), name="coming_date_kind"),
        )

    def __str__(self) -> str:
        return f"{self.latest} {self.kind} {self.register_number}"

    @property
    def status_label(self) -> str:
        """The status of the obligation or activity in words; nothing where none is stated."""
        kinds = ObligationStatus if self.kind == ComingKind.OBLIGATION else ActivityStatus
        return "" if self.status in ("", "not_stated") else str(kinds(self.status).label)


class NotedEdition(models.Model):
    """The edition of an agreement that the tables above were worked out from, and what figures are made of.

    ``year`` is that of the date which the agreement is sorted by; ``None`` where none is stated.
    """

    register_number = models.CharField(max_length=20, primary_key=True)
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40, choices=AgreementKind.choices)
    year = models.PositiveSmallIntegerField(null=True)
    activities = models.PositiveIntegerField()

    class Meta:
        ordering = ("register_number",)

    def __str__(self) -> str:
        return f"{self.register_number} {self.sequence}"
