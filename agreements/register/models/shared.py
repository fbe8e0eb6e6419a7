"""What the register's rows have in common."""

from collections.abc import Callable
from functools import reduce
from operator import and_
from typing import Any, Final, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.register.fields import TidyLine, here
from agreements.vocabulary.languages import LANGUAGES

ModelT = TypeVar("ModelT", bound=type[models.Model])


def tracked(model: ModelT) -> ModelT:
    """Record every insert, change and deletion of this model's rows, by triggers."""
    decorate: Callable[[ModelT], ModelT] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
    )
    return decorate(model)


def track_links(through: type[models.Model], *, name: str) -> None:
    """Record what is added to and removed from a many-to-many relation, in a model ``name``."""
    meta = type("Meta", (), {"proxy": True, "app_label": "agreements"})
    proxy = type(name, (through,), {"Meta": meta, "__module__": through.__module__})
    pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True)(proxy)


NEVER_REWRITTEN: Final = (pgtrigger.Protect(name="no_rewriting", operation=pgtrigger.Update | pgtrigger.Delete),)
"""For rows that say what happened: they are added, and stay."""


class Named(models.Model):
    name_en = models.CharField(_("name in English"), max_length=500, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=500, blank=True)
    name_ckb = models.CharField(_("name in Kurdish"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return here(self, "name")


class Titled(models.Model):
    title_en = models.CharField(_("title in English"), max_length=1000, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=1000, blank=True)
    title_ckb = models.CharField(_("title in Kurdish"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return here(self, "title")


class Written(models.Model):
    text_en = models.TextField(_("text in English"), blank=True)
    text_ar = models.TextField(_("text in Arabic"), blank=True)
    text_ckb = models.TextField(_("text in Kurdish"), blank=True)

    class Meta:
        abstract = True


class Noted(models.Model):
    note_en = models.TextField(_("note in English"), blank=True)
    note_ar = models.TextField(_("note in Arabic"), blank=True)
    note_ckb = models.TextField(_("note in Kurdish"), blank=True)

    class Meta:
        abstract = True


class Sourced(models.Model):
    source = models.ForeignKey(
        "agreements.Source",
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where this fact comes from."),
    )
    unconfirmed = models.BooleanField(
        _("not confirmed yet"),
        default=False,
        help_text=_("While this is ticked, the agreement can’t be published."),
    )

    class Meta:
        abstract = True


class Ordered(models.Model):
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Parts with a lower number come first.")
    )

    class Meta:
        abstract = True


class Keyed(models.Model):
    """A part with an identifier that stays the same from edition to edition."""

    key = models.SlugField(_("identifier"), max_length=80, blank=True, editable=False)

    key_prefix = "part"

    class Meta:
        abstract = True


_MISSING: Final = {
    "name": _("Write the name in at least one language."),
    "title": _("Write the title in at least one language."),
    "text": _("Write the text in at least one language."),
    "speaker": _("Write the speaker's name in at least one language."),
    "headline": _("Write the headline in at least one language."),
}


def some_language(stem: str, *, name: str) -> models.CheckConstraint:
    """A constraint: the text is written in at least one language."""
    empty = models.Q(**{f"{stem}_en": "", f"{stem}_ar": "", f"{stem}_ckb": ""})
    return models.CheckConstraint(condition=~empty, name=name, violation_error_message=_MISSING[stem])


class HeldByDatabase(models.CheckConstraint):
    """A check that forms need not ask the database about, because their fields say the same with the place in it."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave it to the fields."""

    def deconstruct(self) -> Any:
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def tidy(*stems: str, name: str) -> HeldByDatabase:
    """A constraint: these lines hold nothing that can't be seen, in any language."""
    columns = [f"{stem}_{language}" for stem in stems for language in LANGUAGES]
    return tidy_columns(*columns, name=name)


def tidy_columns(*columns: str, name: str) -> HeldByDatabase:
    """The same for single columns."""
    condition = reduce(and_, (models.Q(TidyLine(models.F(column))) for column in columns))
    return HeldByDatabase(
        condition=condition,
        name=name,
        violation_error_message=_("A name or title holds a character that can’t be seen: type it anew."),
    )
