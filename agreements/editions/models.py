"""The published record: editions, and the register-wide log that chains them."""

from functools import cached_property

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent
from agreements.editions.readers import read_content
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.languages import LocalisedText

HASH_LENGTH = 64

APPEND_ONLY = [
    pgtrigger.Protect(name="no_change", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'the published record is append-only: % refused on %', TG_OP, TG_TABLE_NAME;",
    ),
]


class LogEntry(models.Model):
    """A publication's or a withdrawal's place in the register-wide hash chain.

    ``entry_hash`` covers every other column and the hash of the entry before (see ``log.py``).
    ``by`` is an opaque reference to a member of staff: the chain can be recomputed by anyone
    without naming people.
    """

    sequence = models.PositiveBigIntegerField(_("sequence"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=20, choices=LogKind.choices)
    register_number = models.CharField(_("register number"), max_length=20, db_index=True)
    edition_number = models.PositiveIntegerField(_("edition"))
    content_hash = models.CharField(_("content hash"), max_length=HASH_LENGTH)
    at = models.DateTimeField(_("moment"))
    by = models.CharField(_("by"), max_length=60)
    note_en = models.TextField(_("note in English"), blank=True)
    note_ar = models.TextField(_("note in Arabic"), blank=True)
    note_ckb = models.TextField(_("note in Kurdish"), blank=True)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=HASH_LENGTH)
    entry_hash = models.CharField(_("entry hash"), max_length=HASH_LENGTH, unique=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ("sequence",)
        triggers = APPEND_ONLY
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=LogKind.values), name="log_entry_kind"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="log_entry_sequence"),
            models.UniqueConstraint(fields=("previous_hash",), name="log_entry_one_successor"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.register_number}"

    @property
    def note(self) -> LocalisedText:
        """Why it changed, or why it was withdrawn, in the languages it was written in."""
        return LocalisedText(en=self.note_en or None, ar=self.note_ar or None, ckb=self.note_ckb or None)


class RelatedNumbers(models.Func):
    """The register numbers that a canonical content names in its relations; an index holds them (migration 0018)."""

    function = "agreements_related_numbers"
    output_field = ArrayField(models.TextField())


class DocumentHashes(models.Func):
    """The SHA-256 of every file that a canonical content names; an index holds them (migration 0025)."""

    function = "agreements_document_hashes"
    output_field = ArrayField(models.TextField())


class Edition(models.Model):
    """The immutable published version ``number`` of one agreement.

    ``canonical`` holds the exact RFC 8785 bytes that ``content_hash`` is the SHA-256 of.
    ``code`` is the short form printed on paper (see ``codes.py``).
    """

    register_number = models.CharField(_("register number"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    schema_version = models.PositiveSmallIntegerField(_("schema version"))
    canonical = models.BinaryField(_("canonical content"))
    content_hash = models.CharField(_("content hash"), max_length=HASH_LENGTH, db_index=True)
    published_at = models.DateTimeField(_("published at"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    entry = models.OneToOneField(
        LogEntry, verbose_name=_("log entry"), on_delete=models.PROTECT, related_name="edition"
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("register_number", "number")
        triggers = APPEND_ONLY
        indexes = (
            GinIndex(RelatedNumbers("canonical"), name="edition_related_numbers"),
            GinIndex(DocumentHashes("canonical"), name="edition_document_hashes"),
        )
        constraints = (
            models.UniqueConstraint(fields=("register_number", "number"), name="edition_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.register_number}/{self.number}"

    @cached_property
    def content(self) -> AgreementContent:
        """The content in today's schema, whatever version it was published in."""
        return read_content(bytes(self.canonical))
