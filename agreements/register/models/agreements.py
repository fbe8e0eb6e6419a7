"""The agreement itself: what it is called, its dates and its relations to others."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import PartialDateField
from agreements.register.models.directories import Place, Principle, Source
from agreements.register.models.shared import Noted, Ordered, Sourced, Titled, some_language, track_links, tracked
from agreements.register.numbers import REGISTER_NUMBER_PATTERN, next_register_number
from agreements.vocabulary.kinds import AgreementKind, DateKind, LegalCharacter, RelationKind, WorkingState

REPEATABLE_DATES = (DateKind.SUSPENDED, DateKind.RESUMED)


@tracked
class Agreement(Titled):
    """One agreement as staff write it: the record that the next edition is frozen from."""

    register_number = models.CharField(_("register number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=AgreementKind.choices)
    legal_character = models.CharField(
        _("legal character"), max_length=20, choices=LegalCharacter.choices, default=LegalCharacter.NOT_STATED
    )
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_ar = models.TextField(_("summary in Arabic"), blank=True)
    summary_ckb = models.TextField(_("summary in Kurdish"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    purpose_ar = models.TextField(_("purpose in Arabic"), blank=True)
    purpose_ckb = models.TextField(_("purpose in Kurdish"), blank=True)
    duration_en = models.CharField(_("duration in English"), max_length=500, blank=True)
    duration_ar = models.CharField(_("duration in Arabic"), max_length=500, blank=True)
    duration_ckb = models.CharField(_("duration in Kurdish"), max_length=500, blank=True)
    renewal_en = models.TextField(_("renewal terms in English"), blank=True)
    renewal_ar = models.TextField(_("renewal terms in Arabic"), blank=True)
    renewal_ckb = models.TextField(_("renewal terms in Kurdish"), blank=True)
    termination_en = models.TextField(_("termination terms in English"), blank=True)
    termination_ar = models.TextField(_("termination terms in Arabic"), blank=True)
    termination_ckb = models.TextField(_("termination terms in Kurdish"), blank=True)
    principles = models.ManyToManyField(Principle, verbose_name=_("principles"), blank=True, related_name="agreements")
    places = models.ManyToManyField(
        Place,
        verbose_name=_("places"),
        blank=True,
        related_name="agreements",
        help_text=_("Only places that the agreement itself names; those of an activity belong to the activity."),
    )
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="agreements")
    change_note_en = models.TextField(_("what the next edition changes, in English"), blank=True)
    change_note_ar = models.TextField(_("what the next edition changes, in Arabic"), blank=True)
    change_note_ckb = models.TextField(_("what the next edition changes, in Kurdish"), blank=True)
    working_state = models.CharField(
        _("working state"), max_length=20, choices=WorkingState.choices, default=WorkingState.DRAFT, editable=False
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("last edited by"), on_delete=models.PROTECT,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("submitted by"), on_delete=models.PROTECT,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), on_delete=models.PROTECT,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("changes requested by"), on_delete=models.PROTECT,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    returned_at = models.DateTimeField(_("changes requested at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-pk",)
        permissions = (
            ("submit_agreement", _("Can submit an agreement for review")),
            ("approve_agreement", _("Can approve an agreement or ask for changes")),
            ("publish_agreement", _("Can publish an agreement")),
            ("withdraw_agreement", _("Can withdraw an agreement from the public")),
        )
        triggers = (pgtrigger.ReadOnly(name="register_number_once", fields=["register_number"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(register_number__regex=REGISTER_NUMBER_PATTERN), name="agreement_register_number"
            ),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind"),
            models.CheckConstraint(condition=Q(legal_character__in=LegalCharacter.values), name="agreement_character"),
            models.CheckConstraint(condition=Q(working_state__in=WorkingState.values), name="agreement_working_state"),
            some_language("title", name="agreement_has_title"),
            models.CheckConstraint(
                condition=~Q(working_state=WorkingState.APPROVED) | Q(approved_by__isnull=False),
                name="agreement_approval_names_who",
            ),
        )

    def __str__(self) -> str:
        return f"{self.register_number} {super().__str__()}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.register_number:
            self.register_number = next_register_number()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on


track_links(Agreement.principles.through, name="AgreementPrincipleLink")
track_links(Agreement.places.through, name="AgreementPlaceLink")
track_links(Agreement.sources.through, name="AgreementSourceLink")


@tracked
class AgreementDate(Noted, Sourced):
    """A date of the agreement's life, as far as its source states it."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="dates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DateKind.choices)
    date = PartialDateField(_("date"))
    time = models.TimeField(_("time in Baghdad"), null=True, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ("agreement", "date", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DateKind.values), name="agreement_date_kind"),
            models.UniqueConstraint(
                fields=("agreement", "kind"),
                condition=~Q(kind__in=[kind.value for kind in REPEATABLE_DATES]),
                name="agreement_date_kind_once",
                violation_error_message=_("The agreement already has a date of this kind."),
            ),
            models.CheckConstraint(
                condition=Q(time__isnull=True) | Q(date__regex=r"^\d{4}-\d{2}-\d{2}$"),
                name="agreement_time_needs_day",
                violation_error_message=_("A time can only be given with a whole date."),
            ),
        )

    def __str__(self) -> str:
        # Isolated, because right-to-left text would turn the date's parts around (Unicode UAX 9, 2.4).
        return f"{self.get_kind_display()}: \u2066{self.date or _('Not stated')}\u2069"


@tracked
class AgreementRelation(Sourced):
    """How this agreement stands to another one kept here; the other side shows the reverse."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind.choices)
    other = models.ForeignKey(
        Agreement, verbose_name=_("other agreement"), on_delete=models.PROTECT, related_name="reverse_relations"
    )
    effective = PartialDateField(_("effective on"))

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ("agreement", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind"),
            models.CheckConstraint(
                condition=~Q(agreement=F("other")),
                name="relation_not_to_itself",
                violation_error_message=_("An agreement can't be related to itself."),
            ),
            models.UniqueConstraint(
                Least("agreement", "other"), Greatest("agreement", "other"), "kind",
                name="relation_once_between_two",
                violation_error_message=_("This relation between the two agreements is already recorded."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other.register_number}"


@tracked
class FrameworkLink(Noted, Sourced, Ordered):
    """A framework that the agreement names, with those of its objectives that it names."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="framework_links"
    )
    framework = models.ForeignKey(
        "agreements.Framework", verbose_name=_("framework"), on_delete=models.PROTECT, related_name="links"
    )
    objectives = models.ManyToManyField(
        "agreements.Objective", verbose_name=_("objectives"), blank=True, related_name="links"
    )

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ("agreement", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "framework"),
                name="framework_once_an_agreement",
                violation_error_message=_("This framework is already listed: add its objectives there."),
            ),
        )

    def __str__(self) -> str:
        return str(self.framework)


track_links(FrameworkLink.objectives.through, name="FrameworkLinkObjectiveLink")
