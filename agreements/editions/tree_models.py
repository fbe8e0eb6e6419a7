"""The register's Merkle tree over its log, and the signed checkpoints of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.editions.models import APPEND_ONLY, HASH_LENGTH, LogEntry


class TreeLeaf(models.Model):
    """What one entry adds to the tree: entry n is leaf n - 1 (see ``merkle.py``).

    ``hashes`` are those of the whole nodes that end with this leaf, by level; the leaf's own comes first. So a
    tree of any size can be read from a few rows, and no row ever changes.
    """

    entry = models.OneToOneField(
        LogEntry, verbose_name=_("log entry"), on_delete=models.PROTECT, primary_key=True, related_name="leaf"
    )
    hashes = ArrayField(models.CharField(max_length=HASH_LENGTH), verbose_name=_("hashes"))

    class Meta:
        verbose_name = _("leaf of the log’s tree")
        verbose_name_plural = _("leaves of the log’s tree")
        ordering = ("entry",)
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.entry_id} {self.hashes[0]}"


class Checkpoint(models.Model):
    """The log at one size, signed: ``text`` is a C2SP checkpoint (see ``checkpoints.py``)."""

    size = models.PositiveBigIntegerField(_("entries"))
    root = models.CharField(_("root hash"), max_length=HASH_LENGTH)
    at = models.DateTimeField(_("signed at"))
    text = models.TextField(_("signed text"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ("pk",)
        triggers = APPEND_ONLY
        indexes = (models.Index(fields=("size", "id"), name="checkpoint_by_size"),)
        constraints = (models.CheckConstraint(condition=models.Q(size__gte=1), name="checkpoint_size"),)

    def __str__(self) -> str:
        return f"{self.size} {self.root}"
