"""What an import could not carry, or carried otherwise than it stands in the file, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.formats.words import write_number
from agreements.vocabulary.languages import DIRECTIONS, Language


class RemarkCode(TextChoices):
    DOCUMENT_LEFT = (
        "document_left",
        _("The document “%(what)s” is left out: a content holds only a file’s hash (%(hash)s). Upload the file."),
    )
    CONFIRMATION_LEFT = (
        "confirmation_left",
        _("That %(what)s confirmed the record was said to another portal: it is left out, ask again."),
    )
    CORRECTION_LEFT = (
        "correction_left",
        _("The other portal’s note of %(day)s on a correction is left out. It says: %(what)s"),
    )
    RELATION_LEFT = (
        "relation_left",
        _("“%(relation)s %(number)s” is left out: that agreement (%(what)s) is not known here. Import it as well."),
    )
    RELATION_OF_OTHER = (
        "relation_of_other",
        _("“%(relation)s %(number)s” is said by the other agreement (%(what)s): it appears here once that one does."),
    )
    NUMBER_NEW = (
        "number_new",
        _("The register number %(number)s is another agreement’s here, so this one gets a new number."),
    )
    NUMBER_UNFIT = "number_unfit", _("“%(number)s” is no register number of this portal, so a new one is given.")
    ENTRY_KEPT = (
        "entry_kept",
        _("“%(what)s” (%(key)s) is in the directory here and says something else: the directory stays as it is."),
    )
    ENTRY_RENAMED = (
        "entry_renamed",
        _("“%(what)s” is %(key)s there and %(here)s here, so that no two entries are mixed up."),
    )
    KIND_UNKNOWN = (
        "kind_unknown",
        _("The file does not say what kind of organisation “%(what)s” is, so it is added as “Other”: choose its kind."),
    )
    OBJECTIVE_LEFT = (
        "objective_left",
        _("The objective %(key)s (%(what)s) is left out: neither the file nor the directory describes its framework."),
    )
    TIME_LEFT = "time_left", _("The time %(time)s of the date “%(what)s” is left out: it is in the zone %(zone)s.")
    REVIEWED_BY_ONE = (
        "reviewed_by_one",
        _("There, one person wrote and approved this record. Here it is reviewed like every draft."),
    )
    LINK_LEFT = (
        "link_left",
        _("The source “%(what)s” names a document that is not here, so it stands without that link."),
    )
    HASH_DIFFERS = (
        "hash_differs",
        _("The content’s SHA-256 is %(hash)s, but the file says %(claimed)s: it was changed after publication."),
    )
    UNPLACED = "unplaced", _("No place for: %(what)s")
    SHORTENED = "shortened", _("Longer than the %(limit)s characters that fit, so only the beginning is kept: %(what)s")
    SAME_ORGANIZATION = "same_organization", _("“%(what)s” is taken to be %(key)s, by its %(sign)s.")
    NEAR_ORGANIZATION = (
        "near_organization",
        _("“%(what)s” is added as a new organisation. It resembles %(key)s: choose that one if it is the same."),
    )
    TITLE_MISSING = (
        "title_missing",
        _("There is no title in English, Arabic or Kurdish, so the identifier stands for it: write one."),
    )


@dataclass(frozen=True)
class Remark:
    """One thing to know; ``place`` is where in the file it stands, such as a path with its line."""

    code: RemarkCode
    details: tuple[tuple[str, str], ...] = ()
    place: str = ""

    def __str__(self) -> str:
        return str(self.code.label) % {name: isolated(value) for name, value in self.details}


def isolated(value: object) -> str:
    """A value for a sentence in the active language: numbers in its digits, words so that no direction is turned."""
    language = cast(Language, get_language() or "en")
    if isinstance(value, int):
        return write_number(value, language)
    # Unicode UAX 9, 2.4; left to right, what is mostly left to right stands right without it.
    return f"\u2068{value}\u2069" if DIRECTIONS[language] == "rtl" else str(value)


@dataclass(frozen=True)
class Refusal:
    """Why an agreement can't be kept as a draft: where in it, and what is wrong, with the remedy."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class IntakeRefused(Exception):
    """Base of what stops one agreement of a file, and nothing else of it; see ``refusals``."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = tuple(refusals)
