"""The sealed files that have been made."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.editions.tree_models import Checkpoint
from agreements.vocabulary.languages import LANGUAGES


class Summary(models.Model):
    """One sealed PDF: an edition in a language. Its bytes are in storage under their SHA-256.

    A row is only ever added. Where a file is lost from storage, the seal can't be made again byte
    for byte, so another row takes its place and the older one still proves copies that are out.

    ``checkpoint`` is the one that the proof inside leads to; files that are older than the log's tree hold none.
    ``recipe`` stands for what it was laid out with (see ``recipe.py``), ``shows_development`` for what its pages
    say of the seal.

    A long-term seal is renewed by another row with the same file and a new timestamp behind it: ``renews`` is the row
    before, ``renewed_at`` when that was done, ``lasts_until`` when the certificate of the last timestamp over the file
    ends. ``sealed_at`` stays the moment of the seal itself.
    """

    register_number = models.CharField(_("register number"), max_length=20)
    edition_number = models.PositiveIntegerField(_("edition"))
    language = models.CharField(_("language"), max_length=3)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size_bytes = models.PositiveIntegerField(_("size in bytes"))
    level = models.CharField(_("level of the seal"), max_length=10)
    sealed_at = models.DateTimeField(_("sealed at"))
    checkpoint = models.ForeignKey(
        Checkpoint, verbose_name=_("checkpoint"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    recipe = models.CharField(_("made with"), max_length=64, default="", editable=False)
    shows_development = models.BooleanField(_("says that its seal is for development"), null=True, editable=False)

    renews = models.OneToOneField(
        "self", verbose_name=_("renews"), on_delete=models.PROTECT, null=True, editable=False, related_name="renewal"
    )
    renewed_at = models.DateTimeField(_("renewed at"), null=True, editable=False)
    lasts_until = models.DateTimeField(_("last timestamp ends"), null=True, editable=False)

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ("register_number", "edition_number", "language", "pk")
        triggers = (pgtrigger.Protect(name="no_change", operation=pgtrigger.Update | pgtrigger.Delete),)
        indexes = (
            models.Index(fields=("register_number", "edition_number", "language"), name="summary_of_edition"),
            models.Index(
                fields=("lasts_until",), name="summary_lasts_until", condition=models.Q(lasts_until__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(language__in=list(LANGUAGES)), name="summary_language"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="summary_sha256"),
        )

    def __str__(self) -> str:
        return f"{self.register_number}/{self.edition_number} {self.language}"

    @property
    def path(self) -> str:
        """Where the bytes are in storage."""
        return f"summaries/{self.sha256[:2]}/{self.sha256}.pdf"
