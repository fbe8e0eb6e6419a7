"""The agreement itself: what it is called, its dates and its relations to others."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Left, Upper
from django.utils.translation import gettext_lazy as _

from agreements.register.circles import NO_RELATION_CIRCLE
from agreements.register.fields import PartialDateField
from agreements.register.models.directories import Place, Principle, Source
from agreements.register.models.shared import Noted, Ordered, Sourced, Titled, some_language, tidy, track_links, tracked
from agreements.register.numbers import REGISTER_NUMBER_PATTERN, next_register_number
from agreements.register.terms import TERMS_CONSTRAINTS
from agreements.vocabulary.kinds import (
    AgreementKind,
    DateKind,
    LegalCharacter,
    NoticeUnit,
    RelationKind,
    RenewalKind,
    TextStanding,
    WorkingState,
)
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language
from agreements.vocabulary.terms import MAX_MONTHS, MAX_NOTICE

_STANDING_HELP = _(
    "Authentic: signed in this language, or declared equally valid. Official: translated by a party. "
    "Courtesy: translated only to inform."
)
REPEATABLE_DATES = (DateKind.SUSPENDED, DateKind.RESUMED, DateKind.REVIEW)


def title_order(language: Language) -> Left:
    """What agreements are sorted by: the beginning of the title, because an index can't hold all of a long one."""
    return Left(f"title_{language}", 60)


def _searched(column: str) -> GinIndex:
    """For the desk's search, which looks for parts of words without regard to case."""
    return GinIndex(OpClass(Upper(column), name="gin_trgm_ops"), name=f"agreement_{column}_trgm")


@tracked
class Agreement(Titled):
    """One agreement as staff write it: the record that the next edition is frozen from."""

    register_number = models.CharField(_("register number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=AgreementKind.choices)
    legal_character = models.CharField(
        _("legal character"), max_length=20, choices=LegalCharacter.choices, default=LegalCharacter.NOT_STATED
    )
    written_in = models.CharField(
        _("texts first written in"),
        max_length=3,
        choices=list(ENDONYMS.items()),
        default="en",
        help_text=_("The other languages are its translations: when this one changes later, they count as older."),
    )
    standing_en = models.CharField(
        _("standing of the English text"), max_length=20, choices=TextStanding.choices,
        default=TextStanding.NOT_STATED, help_text=_STANDING_HELP,
    )  # fmt: skip
    standing_ar = models.CharField(
        _("standing of the Arabic text"), max_length=20, choices=TextStanding.choices,
        default=TextStanding.NOT_STATED,
    )  # fmt: skip
    standing_ckb = models.CharField(
        _("standing of the Kurdish text"), max_length=20, choices=TextStanding.choices,
        default=TextStanding.NOT_STATED,
    )  # fmt: skip
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
    renewal_kind = models.CharField(
        _("how it is renewed"),
        max_length=20,
        choices=RenewalKind.choices,
        default=RenewalKind.NOT_STATED,
        help_text=_("What the text says happens when the term ends. Days to remember are computed from this."),
    )
    renewal_months = models.PositiveSmallIntegerField(
        _("length of each renewal, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_MONTHS)],
        help_text=_("12 for a year. Empty means not stated."),
    )
    notice_length = models.PositiveSmallIntegerField(
        _("notice period"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_NOTICE)],
        help_text=_("How long before the end of the term a party must say that it leaves. Empty means not stated."),
    )
    notice_unit = models.CharField(
        _("notice period in"), max_length=10, choices=NoticeUnit.choices, blank=True,
        help_text=_("Days or months, as the text counts them."),
    )  # fmt: skip
    review_months = models.PositiveSmallIntegerField(
        _("time between reviews, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_MONTHS)],
        help_text=_(
            "Counted from the last review among the dates, else from the day it came into force or was signed. "
            "Empty means not stated."
        ),
    )
    people_in_charge = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("people in charge"),
        blank=True,
        related_name="agreements_in_charge",
        limit_choices_to={"is_active": True, "is_staff": True},
        help_text=_(
            "Who is reminded of its key dates. Without anybody, those who last edited or submitted it; "
            "without them, all editors. Never public."
        ),
    )
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
    approved_hash = models.CharField(_("hash of what was approved"), max_length=64, blank=True, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), on_delete=models.PROTECT,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    review_due = models.DateField(_("review due"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-pk",)
        permissions = (
            ("submit_agreement", _("Can submit an agreement for review")),
            ("approve_agreement", _("Can approve an agreement or ask for changes")),
            ("publish_agreement", _("Can publish an agreement")),
            ("withdraw_agreement", _("Can withdraw an agreement from the public")),
            ("retry_job", _("Can run a failed job again")),
        )
        triggers = (pgtrigger.ReadOnly(name="register_number_once", fields=["register_number"]),)
        indexes = (
            *(_searched(column) for column in ("register_number", "title_en", "title_ar", "title_ckb")),
            *(
                models.Index(title_order(language), F("id").desc(), name=f"agreement_by_title_{language}")
                for language in LANGUAGES
            ),
            models.Index(fields=("working_state", "kind", "-id"), name="agreement_by_state"),
            models.Index(fields=("kind", "-id"), name="agreement_by_kind"),
            models.Index(fields=("legal_character", "-id"), name="agreement_by_character"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(register_number__regex=REGISTER_NUMBER_PATTERN), name="agreement_register_number"
            ),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind"),
            models.CheckConstraint(condition=Q(legal_character__in=LegalCharacter.values), name="agreement_character"),
            models.CheckConstraint(condition=Q(working_state__in=WorkingState.values), name="agreement_working_state"),
            models.CheckConstraint(condition=Q(written_in__in=LANGUAGES), name="agreement_written_in"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"standing_{language}__in": TextStanding.values}),
                    name=f"agreement_standing_{language}",
                )
                for language in LANGUAGES
            ),
            some_language("title", name="agreement_has_title"),
            tidy("title", name="agreement_title_tidy"),
            models.CheckConstraint(
                condition=~Q(working_state__in=(WorkingState.APPROVED, WorkingState.SCHEDULED))
                | Q(approved_by__isnull=False),
                name="agreement_approval_names_who",
            ),
            models.CheckConstraint(
                condition=~Q(working_state=WorkingState.SCHEDULED) | Q(publish_at__isnull=False),
                name="agreement_schedule_names_when",
            ),
            *TERMS_CONSTRAINTS,
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
track_links(Agreement.people_in_charge.through, name="AgreementPersonInChargeLink")


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
        ordering = ("-agreement_id", "date", "pk")
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
        ordering = ("-agreement_id", "pk")
        triggers = (NO_RELATION_CIRCLE,)
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
        ordering = ("-agreement_id", "position", "pk")
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
