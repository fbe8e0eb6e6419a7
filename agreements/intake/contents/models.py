"""Files that are brought in, and where drafts came from: which edition or activity of which register."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.register.models.agreements import Agreement
from agreements.register.models.shared import tracked


class OriginKind(models.TextChoices):
    EDITION = "edition", pgettext_lazy("origin", "Editions of a portal")
    IATI = "iati", pgettext_lazy("origin", "IATI activities")


@tracked
class Origin(models.Model):
    """That a file's content was brought into an agreement; the newest tells what the next one is compared with.

    ``authority`` is who gave the ``reference``: the host of the portal that a register number is from, or the
    reporting organisation of an IATI activity; empty where nobody said. ``content_hash`` is the SHA-256 of the
    canonical content, ``file_hash`` that of the file.
    """

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="origins"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=OriginKind.choices)
    authority = models.CharField(_("given by"), max_length=255, blank=True)
    reference = models.CharField(_("reference there"), max_length=255)
    edition_number = models.PositiveIntegerField(_("edition there"), null=True, blank=True)
    address = models.CharField(_("permanent address"), max_length=500, blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file_hash = models.CharField(_("hash of the file"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("kind", "reference", "authority"), name="origin_by_reference"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=OriginKind.values), name="origin_kind"),
            models.CheckConstraint(condition=~Q(reference=""), name="origin_has_reference"),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$", file_hash__regex=r"^[0-9a-f]{64}$"),
                name="origin_hashes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.authority} {self.reference}".strip()


def stored_name(_delivery: "Delivery", _file_name: str) -> str:
    """Beside the documents and as private as they are; the name tells nothing."""
    return f"deliveries/{uuid4()}"


@tracked
class Delivery(models.Model):
    """A file of editions or of activities that somebody wants to bring in, until it is written or given up.

    The file is erased after a while (``deliver.py``); who brought in what, and when, stays. ``wishes`` are what was
    chosen in its form; ``counts`` the agreements by outcome, once it was written.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=OriginKind.choices)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=255)
    file_hash = models.CharField(_("hash of the file"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    wishes = models.JSONField(_("choices"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("received"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    applied_at = models.DateTimeField(_("written"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("file that is brought in")
        verbose_name_plural = _("files that are brought in")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=OriginKind.values), name="delivery_kind"),
            models.CheckConstraint(condition=Q(file_hash__regex=r"^[0-9a-f]{64}$"), name="delivery_hash"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="delivery_applied_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it can still be looked into and written."""
        return self.applied_at is None and bool(self.file)
