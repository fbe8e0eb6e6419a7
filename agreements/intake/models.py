"""Imports: what was sent, what it would do, what was decided, and where each agreement came from."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.shared import tracked
from agreements.vocabulary.kinds import OrganizationKind


class ImportState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("import", "Columns to be chosen")
    CHECKING = "checking", pgettext_lazy("import", "Being checked")
    CHECKED = "checked", pgettext_lazy("import", "Checked, nothing written yet")
    APPLYING = "applying", pgettext_lazy("import", "Being written")
    APPLIED = "applied", pgettext_lazy("import", "Written")
    FAILED = "failed", pgettext_lazy("import", "Not readable")
    DROPPED = "dropped", pgettext_lazy("import", "Given up")


OPEN_STATES: Final = (ImportState.RECEIVED, ImportState.CHECKED, ImportState.FAILED)
"""Those in which an import waits for people: its columns may be chosen, and it may be checked."""


class Outcome(models.TextChoices):
    """What an import does with a row."""

    ADDED = "added", pgettext_lazy("row", "New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row", "Unchanged")
    REFUSED = "refused", pgettext_lazy("row", "Refused")


class Decision(models.TextChoices):
    """What is to become of a name that the register does not know."""

    OPEN = "open", pgettext_lazy("name", "Not decided")
    NEW = "new", pgettext_lazy("name", "A new organisation")
    SAME = "same", pgettext_lazy("name", "The same as")


def stored_name(one: "Import", _file_name: str) -> str:
    """Under its hash, beside the documents and as private as they are."""
    return f"imports/{one.sha256[:2]}/{one.sha256}"


@tracked
class SavedMapping(models.Model):
    """A mapping that is remembered by its name; ``content`` is a ``mapping.ColumnMapping``."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    content = models.JSONField(_("columns"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="mapping_has_name"),)

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file on its way into the register.

    The file and what the check found are erased after a while (``erase.py``); who imported what, and when, stays.

    Attributes:
        preview: the headings and first rows (``receive.Preview``), for the choice of columns.
        mapping: a ``mapping.ColumnMapping`` as it was chosen, empty until then.
        collection: whose references the file has: the mapping's name.
        title: what the file is called as a source of the agreements.
        counts: rows by outcome, as the check found them or as they were written.
        flaw: what is wrong with the file as a whole: a code and its details (``errors.Flaw``).
    """

    file = models.FileField(_("file"), upload_to=stored_name, max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    title = models.CharField(_("title as a source"), max_length=1000)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("delimiter"), max_length=1, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    preview = models.JSONField(_("first rows"), default=dict)
    mapping = models.JSONField(_("columns"), default=dict)
    collection = models.CharField(_("collection"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ImportState.choices, default=ImportState.RECEIVED.value)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    flaw = models.JSONField(_("what is wrong"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("received"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    applied_at = models.DateTimeField(_("written"), null=True, blank=True)
    good_rows_only = models.BooleanField(_("good rows only"), default=False)
    erased_at = models.DateTimeField(_("file erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="import_sha256"),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.APPLYING)

    @property
    def is_open(self) -> bool:
        """Whether it may still be chosen, checked or given up."""
        return self.state in OPEN_STATES and bool(self.file)


class ImportRow(models.Model):
    """What the check found of one row, or what became of it.

    Attributes:
        number: as the spreadsheet shows it.
        refusals: ``{"place": "C17", "target": "date:signed", "texts": {"en": …, "ar": …, "ckb": …}}`` each.
        changes: ``{"target": …, "before": …, "after": …}`` each, as ``compare.py`` writes them.
        edited_since: whether staff edited the agreement after the import that it came with.
        fingerprint: of what is to be written, so that a check that is out of date is noticed.
    """

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    register_number = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=200, blank=True)
    refusals = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    edited_since = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("of_import", "number")
        constraints = (
            models.UniqueConstraint(fields=("of_import", "number"), name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_row_outcome"),
        )
        indexes = (models.Index(fields=("of_import", "outcome", "number"), name="import_rows_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"


class ImportName(models.Model):
    """An organisation that a file names and the register does not know by that name.

    Attributes:
        key: what spellings have in common (``cells.key_of``); the decision is for all of them.
        proposals: names that come near: ``{"id": organisation or null, "name": …, "likeness": 0–100}`` each; without
            an organisation it is another name of the same file, which is to become one.
        same_as, same_name: the organisation, or the name of the file, that it is another name of.
    """

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=500)
    name = models.CharField(max_length=500)
    rows = models.PositiveIntegerField(default=1)
    proposals = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN.value)
    same_as = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    same_name = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=30, choices=OrganizationKind.choices, blank=True)

    class Meta:
        ordering = ("of_import", "pk")
        constraints = (
            models.UniqueConstraint(fields=("of_import", "key"), name="import_name_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="import_name_decision"),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class ImportedAgreement(models.Model):
    """Where an agreement came from: what a collection of files calls it, and how it stood when it was written."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="imported_as"
    )
    collection = models.CharField(_("collection"), max_length=100)
    reference = models.CharField(_("reference in the file"), max_length=300)
    last_import = models.ForeignKey(
        Import, verbose_name=_("import"), on_delete=models.PROTECT, related_name="agreements"
    )
    revision = models.PositiveIntegerField(_("revision"), default=0)

    class Meta:
        verbose_name = _("origin of an agreement")
        verbose_name_plural = _("origins of agreements")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("collection", "reference"), name="imported_reference_once"),
            models.CheckConstraint(condition=~Q(reference=""), name="imported_has_reference"),
        )

    def __str__(self) -> str:
        return f"{self.collection}: {self.reference}"
