"""How far the texts of a record are written in each language, and which translations were found right."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement
from agreements.register.models.shared import tracked
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language

AGREEMENT: Final = "agreement"
"""The ``part`` of an agreement's own texts."""


def _others(language: Language) -> tuple[Language, ...]:
    return tuple(one for one in LANGUAGES if one != language)


def _kept(condition: Q) -> Any:
    """A column that PostgreSQL works out of the row's others."""
    return models.GeneratedField(
        expression=Case(When(condition, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )


def _lacks(language: Language) -> Any:
    """Whether the source language has this text, and ``language`` has not."""
    written = Q()
    for source in _others(language):
        written |= Q(source=source, **{f"{source}_at__isnull": False})
    return _kept(Q(**{f"{language}_at__isnull": True}) & written)


def _any_older() -> Any:
    """Whether a translation was written, or last found right, before its source was changed."""
    older = Q()
    for source in LANGUAGES:
        for language in _others(source):
            older |= Q(source=source, **{f"{language}_at__lt": F(f"{source}_at")})
    return _kept(older)


def _index(column: str) -> models.Index:
    return models.Index(fields=("agreement",), condition=Q(**{column: True}), name=f"text_{column}")


class TextState(models.Model):
    """One text of a record: since when each language has it as it is.

    Triggers on the agreement and its parts keep these rows (migration 0009), so that they are right
    whoever writes, also in SQL; nothing else does, except that a confirmation moves the moment of
    its translation. ``part`` and ``row_id`` say whose text it is: "agreement" and its number, or a
    kind of part by the name it goes by on the form. A moment is empty where nothing is written.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.DO_NOTHING, related_name="text_states", db_index=False)
    part = models.CharField(max_length=30)
    row_id = models.BigIntegerField()
    stem = models.CharField(max_length=40)
    source = models.CharField(max_length=3)
    en_at = models.DateTimeField(null=True)
    ar_at = models.DateTimeField(null=True)
    ckb_at = models.DateTimeField(null=True)
    lacks_en = _lacks("en")
    lacks_ar = _lacks("ar")
    lacks_ckb = _lacks("ckb")
    is_older = _any_older()

    class Meta:
        constraints = (
            # Starts with the agreement, so that it also finds all texts of one.
            models.UniqueConstraint(fields=("agreement", "part", "row_id", "stem"), name="text_state_once"),
        )
        indexes = (
            models.Index(fields=("part", "row_id"), name="text_of_row"),
            *(_index(f"lacks_{language}") for language in LANGUAGES),
            _index("is_older"),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.row_id}: {self.stem}"

    @property
    def changed(self) -> datetime | None:
        """Since when the source language has the text as it is."""
        return self._since(self.source)

    @property
    def older_languages(self) -> tuple[Language, ...]:
        """The languages whose text was written, or last found right, before its source was changed."""
        changed = self.changed
        return tuple(one for one in LANGUAGES if changed and (since := self._since(one)) and since < changed)

    @property
    def missing_languages(self) -> tuple[Language, ...]:
        """The languages that lack what the source language has."""
        return tuple(one for one in LANGUAGES if getattr(self, f"lacks_{one}"))

    @property
    def older_keys(self) -> tuple[str, ...]:
        return tuple(self.key(language) for language in self.older_languages)

    def key(self, language: str) -> str:
        """A name for the text in one language that stays the same when parts move."""
        row = AGREEMENT if self.part == AGREEMENT else f"{self.part}:{self.row_id}"
        return f"{row}:{self.stem}_{language}"

    def _since(self, language: str) -> datetime | None:
        moment: datetime | None = getattr(self, f"{language}_at")
        return moment


@tracked
class ConfirmedTranslation(models.Model):
    """That somebody found a translation still right after its source had been changed."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="confirmed_translations"
    )
    part = models.CharField(_("part"), max_length=30)
    row_id = models.BigIntegerField(_("row"))
    stem = models.CharField(_("text"), max_length=40)
    language = models.CharField(_("language"), max_length=3, choices=list(ENDONYMS.items()))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("translation found right")
        verbose_name_plural = _("translations found right")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="confirmed_translation_language"),
        )

    def __str__(self) -> str:
        """The text by its column's name; that of a part with the name of the part's kind before it."""
        model = Agreement if self.part == AGREEMENT else Agreement._meta.get_field(self.part).related_model
        meta: Any = model._meta  # type: ignore[union-attr]  # a part's own model, never "self"
        column = str(meta.get_field(f"{self.stem}_{self.language}").verbose_name)
        return column if self.part == AGREEMENT else f"{meta.verbose_name}: {column}"
