"""Seals of the other side: what a party made of the summary that it was given, and what the register decided."""

from typing import Any, Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.editions.models import APPEND_ONLY
from agreements.summaries.models import Summary
from agreements.vocabulary.kinds import SealForm
from agreements.vocabulary.languages import LocalisedText

_SHA256: Final = r"^[0-9a-f]{64}$"

_NOTIFY: Final = pgtrigger.Trigger(
    name="tell_pages",
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    func="PERFORM pg_notify('moc_log', ''); RETURN NULL;",
)
"""Wakes the page stores, as an entry of the log does: an accepted seal stands on public pages."""


class OtherSeal(models.Model):
    """A file that a party sealed: our unsealed summary with its own signatures, or a signature beside a file of ours.

    Its bytes are in storage under their SHA-256. ``summary`` is the file that it goes on from or lies beside;
    ``is_over_sealed`` tells whether what was signed is that with the register's seal, or without.
    ``signatures`` is what was found when it was received (see ``signatures.py``). ``link`` is the number of the
    party's link, which belongs to the working record and is no foreign key.
    """

    summary = models.ForeignKey(Summary, verbose_name=_("summary"), on_delete=models.PROTECT, related_name="others")
    is_over_sealed = models.BooleanField(_("made for the file with the register’s seal"))
    organization_key = models.CharField(_("key of the organisation"), max_length=100)
    organization_en = models.CharField(_("name in English"), max_length=500, blank=True)
    organization_ar = models.CharField(_("name in Arabic"), max_length=500, blank=True)
    organization_ckb = models.CharField(_("name in Kurdish"), max_length=500, blank=True)
    officer = models.CharField(_("officer"), max_length=200)
    form = models.CharField(_("form"), max_length=10, choices=SealForm.choices)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size_bytes = models.PositiveIntegerField(_("size in bytes"))
    signatures: Any = models.JSONField(_("signatures"))
    link = models.BigIntegerField(_("number of the link"), editable=False)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("seal of the other side")
        verbose_name_plural = _("seals of the other side")
        ordering = ("pk",)
        triggers = APPEND_ONLY
        indexes = (models.Index(fields=("link",), name="other_seal_of_link"),)
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex=_SHA256), name="other_seal_sha256"),
            models.CheckConstraint(condition=Q(form__in=SealForm.values), name="other_seal_form"),
            models.CheckConstraint(
                condition=~Q(form=SealForm.PDF) | Q(is_over_sealed=False), name="other_seal_goes_on_from_unsealed"
            ),
            models.CheckConstraint(condition=~Q(signatures=[]), name="other_seal_is_signed"),
        )

    def __str__(self) -> str:
        return f"{self.summary} · {self.organization_key}"

    @property
    def path(self) -> str:
        """Where the bytes are in storage."""
        return f"other-seals/{self.sha256[:2]}/{self.sha256}"

    @property
    def organization(self) -> LocalisedText:
        """The party's name as it stands in the edition."""
        return LocalisedText(
            en=self.organization_en or None, ar=self.organization_ar or None, ckb=self.organization_ckb or None
        )

    @property
    def signed_name(self) -> str:
        """What the file that it was made for is called where both lie in one folder."""
        of = self.summary
        return f"{of.register_number}-edition-{of.edition_number}-{of.language}-signed.pdf"

    @property
    def file_name(self) -> str:
        of = self.summary
        return f"{of.register_number}-edition-{of.edition_number}-{of.language}-{self.organization_key}.{self.form}"


class OtherSealDecision(models.Model):
    """Whether a seal of the other side is shown to the public; ``reason`` is for who sent it."""

    seal = models.OneToOneField(OtherSeal, verbose_name=_("seal"), on_delete=models.PROTECT, related_name="decision")
    is_accepted = models.BooleanField(_("accepted"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision on a seal")
        verbose_name_plural = _("decisions on seals")
        ordering = ("pk",)
        triggers = (*APPEND_ONLY, _NOTIFY)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="other_seal_declined_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seal}: {self.is_accepted}"
