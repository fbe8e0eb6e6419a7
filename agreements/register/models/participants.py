"""Who takes part in an agreement: parties, signatories, funders and the money they give."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import PartialDateField, PartialDatesInOrder
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization, Place
from agreements.register.models.shared import Named, Noted, Ordered, Sourced, some_language, tidy, tracked
from agreements.vocabulary.kinds import FundingKind, ParticipationRole
from agreements.vocabulary.money import Disclosure

CURRENCY = RegexValidator(r"\A[A-Z]{3}\Z", _("Three capital letters, such as USD (ISO 4217)."))


@tracked
class Participation(Noted, Sourced, Ordered):
    """An organisation in one role; "acting through" names the body that acts for it here."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=30, choices=ParticipationRole.choices)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="participations"
    )
    acting_through = models.ForeignKey(
        Organization,
        verbose_name=_("acting through"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The body that acts for the organisation in this agreement, where the source names one."),
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=ParticipationRole.values), name="participation_role"),
            models.UniqueConstraint(
                fields=("agreement", "role", "organization"),
                name="participation_once_a_role",
                violation_error_message=_("This organisation already has this role in the agreement."),
            ),
            models.CheckConstraint(
                condition=~Q(acting_through=F("organization")),
                name="participation_not_through_itself",
                violation_error_message=_("An organisation can't act through itself: leave the field empty."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organization}"


@tracked
class Signatory(Named, Sourced, Ordered):
    """A person who signed for a party, with the capacity at that time."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="signatories"
    )
    party = models.ForeignKey(
        Organization, verbose_name=_("signed for"), on_delete=models.PROTECT, related_name="signatories"
    )
    capacity_en = models.CharField(_("capacity in English"), max_length=300, blank=True)
    capacity_ar = models.CharField(_("capacity in Arabic"), max_length=300, blank=True)
    capacity_ckb = models.CharField(_("capacity in Kurdish"), max_length=300, blank=True)
    signed_on = PartialDateField(_("signed on"))
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            some_language("name", name="signatory_has_name"),
            tidy("name", name="signatory_name_tidy"),
        )


@tracked
class Funding(Sourced, Ordered):
    """What one funder gives: stated, undisclosed or not stated; never guessed."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="funding"
    )
    funder = models.ForeignKey(
        Organization, verbose_name=_("funder"), on_delete=models.PROTECT, related_name="funding_given"
    )
    recipient = models.ForeignKey(
        Organization, verbose_name=_("recipient"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="funding_received",
    )  # fmt: skip
    disclosure = models.CharField(
        _("is the amount known"),
        max_length=20,
        choices=[
            (Disclosure.STATED.value, _("Stated")),
            (Disclosure.UNDISCLOSED.value, _("Undisclosed")),
            (Disclosure.NOT_STATED.value, _("Not stated")),
        ],
        default=Disclosure.NOT_STATED.value,
    )
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[CURRENCY])
    kind = models.CharField(_("kind"), max_length=20, choices=FundingKind.choices, default=FundingKind.NOT_STATED)
    start = PartialDateField(_("from"))
    end = PartialDateField(_("until"))
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    purpose_ar = models.TextField(_("purpose in Arabic"), blank=True)
    purpose_ckb = models.TextField(_("purpose in Kurdish"), blank=True)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ("-agreement_id", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(disclosure="stated", amount__gte=0, amount__isnull=False, currency__regex=r"^[A-Z]{3}$")
                | Q(disclosure__in=("undisclosed", "not_stated"), amount__isnull=True, currency=""),
                name="funding_amount_only_where_stated",
                violation_error_message=_(
                    "A stated amount needs a figure and a currency; an amount that is not stated has neither."
                ),
            ),
            models.CheckConstraint(condition=Q(kind__in=FundingKind.values), name="funding_kind"),
            models.CheckConstraint(
                condition=PartialDatesInOrder(F("start"), F("end")),
                name="funding_period_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return str(self.funder)
