"""What agreements share: organisations, places, frameworks, principles and sources."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.circles import NO_PARENT_CIRCLE
from agreements.register.fields import PartialDateField
from agreements.register.models.shared import Named, Titled, some_language, tidy, tidy_columns, tracked
from agreements.vocabulary.kinds import (
    CoordinatePrecision,
    FrameworkKind,
    OrganizationKind,
    PlaceKind,
    TextLanguage,
)

COUNTRY = RegexValidator(r"\A[A-Z]{2}\Z", _("Two capital letters, such as IQ (ISO 3166-1)."))
KEY_HELP = _("Part of permanent addresses and data: given once, it can't be changed.")


def key_is_given_once(name: str) -> list[pgtrigger.Trigger]:
    return [pgtrigger.ReadOnly(name=name, fields=["key"])]


@tracked
class Organization(Named):
    """A body: international organisation, government, ministry, donor…"""

    key = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=KEY_HELP)
    short_name_en = models.CharField(_("short name in English"), max_length=100, blank=True)
    short_name_ar = models.CharField(_("short name in Arabic"), max_length=100, blank=True)
    short_name_ckb = models.CharField(_("short name in Kurdish"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganizationKind.choices)
    identifier = models.CharField(
        _("official identifier"),
        max_length=100,
        null=True,
        blank=True,
        unique=True,
        help_text=_("The organisation's code in the org-id list, such as XM-DAC-47066; empty where it has none."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[COUNTRY])
    website = models.URLField(_("website"), blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("The body that this one belongs to or acts for."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name_en", "pk")
        triggers = (*key_is_given_once("organization_key_once"), NO_PARENT_CIRCLE)
        indexes = (
            GinIndex(
                name="organization_names",
                fields=("name_en", "name_ar", "name_ckb"),
                opclasses=("gin_trgm_ops", "gin_trgm_ops", "gin_trgm_ops"),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=OrganizationKind.values), name="organization_kind"),
            some_language("name", name="organization_has_name"),
            tidy("name", "short_name", name="organization_name_tidy"),
            models.CheckConstraint(condition=Q(country__regex=r"^([A-Z]{2})?$"), name="organization_country"),
            models.CheckConstraint(condition=~Q(identifier=""), name="organization_identifier"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")),
                name="organization_not_own_parent",
                violation_error_message=_("An organisation can't be part of itself: choose another one or none."),
            ),
        )

    def save(self, *args: object, **kwargs: object) -> None:
        self.identifier = self.identifier or None
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on


@tracked
class OrganizationAlias(models.Model):
    """Another name that sources use for the same organisation."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=500)
    language = models.CharField(_("language"), max_length=3, choices=TextLanguage.choices)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "name", "language"),
                name="organization_alias_once",
                violation_error_message=_("This name is already listed in this language."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organization_alias_has_name"),
            tidy_columns("name", name="organization_alias_tidy"),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class Place(Named):
    """A place, with coordinates only where a source gives them, and how far they can be trusted."""

    key = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=KEY_HELP)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[COUNTRY])
    governorate = models.CharField(
        _("governorate"), max_length=6, blank=True, help_text=_("Such as IQ-BA (ISO 3166-2).")
    )
    neighbour = models.CharField(
        _("neighbour"), max_length=2, blank=True, validators=[COUNTRY], help_text=_("The country on the other side.")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    precision = models.CharField(
        _("precision of the coordinates"),
        max_length=20,
        choices=CoordinatePrecision.choices,
        default=CoordinatePrecision.NOT_STATED,
    )
    coordinate_source = models.CharField(_("source of the coordinates"), max_length=300, blank=True)
    evidence = models.CharField(_("evidence that the place exists"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name_en", "pk")
        triggers = key_is_given_once("place_key_once")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind"),
            some_language("name", name="place_has_name"),
            tidy("name", name="place_name_tidy"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, precision=CoordinatePrecision.NOT_STATED)
                | (
                    # NULL is neither in a range nor outside: a check lets it pass unless asked (PostgreSQL, 5.5.1).
                    Q(latitude__isnull=False, latitude__range=(-90, 90))
                    & Q(longitude__isnull=False, longitude__range=(-180, 180))
                    & ~Q(precision="not_stated")
                ),
                name="place_coordinates_together_with_precision",
                violation_error_message=_(
                    "Coordinates need a latitude (-90 to 90), a longitude (-180 to 180) and their precision; "
                    "a place without coordinates has none of the three."
                ),
            ),
        )


@tracked
class Framework(Named):
    """A framework that agreements serve: a compact, a set of goals, a national strategy, a model of work."""

    key = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=KEY_HELP)
    kind = models.CharField(_("kind"), max_length=20, choices=FrameworkKind.choices)
    identifier = models.CharField(
        _("official symbol"), max_length=100, blank=True, help_text=_("Such as A/RES/73/195.")
    )
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ("name_en", "pk")
        triggers = key_is_given_once("framework_key_once")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FrameworkKind.values), name="framework_kind"),
            some_language("name", name="framework_has_name"),
            tidy("name", name="framework_name_tidy"),
        )


@tracked
class Objective(Titled):
    """One numbered objective or target of a framework."""

    framework = models.ForeignKey(
        Framework, verbose_name=_("framework"), on_delete=models.CASCADE, related_name="objectives"
    )
    code = models.CharField(_("number"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    evidence = models.CharField(_("where the wording was checked"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("framework", "position", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("framework", "code"),
                name="objective_code_once",
                violation_error_message=_("The framework already has an objective with this number."),
            ),
            some_language("title", name="objective_has_title"),
            tidy("title", name="objective_title_tidy"),
        )

    def __str__(self) -> str:
        return f"{self.code} {super().__str__()}"


@tracked
class Principle(Named):
    """A principle that an agreement rests on."""

    key = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=KEY_HELP)

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ("name_en", "pk")
        triggers = key_is_given_once("principle_key_once")
        constraints = (
            some_language("name", name="principle_has_name"),
            tidy("name", name="principle_name_tidy"),
        )


@tracked
class Source(Titled):
    """Where facts come from: a publication with its publisher, date, address and language."""

    key = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=KEY_HELP)
    publisher_en = models.CharField(_("publisher in English"), max_length=300, blank=True)
    publisher_ar = models.CharField(_("publisher in Arabic"), max_length=300, blank=True)
    publisher_ckb = models.CharField(_("publisher in Kurdish"), max_length=300, blank=True)
    published_on = PartialDateField(_("published on"))
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    document = models.ForeignKey(
        "agreements.Document",
        verbose_name=_("document"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The file, where the source is a document kept here."),
    )
    language = models.CharField(_("language"), max_length=3, choices=TextLanguage.choices)
    rights_en = models.CharField(_("rights in English"), max_length=300, blank=True)
    rights_ar = models.CharField(_("rights in Arabic"), max_length=300, blank=True)
    rights_ckb = models.CharField(_("rights in Kurdish"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title_en", "pk")
        triggers = key_is_given_once("source_key_once")
        constraints = (
            models.CheckConstraint(condition=Q(language__in=TextLanguage.values), name="source_language"),
            some_language("title", name="source_has_title"),
            tidy("title", name="source_title_tidy"),
        )
