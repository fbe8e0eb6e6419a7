"""How far a record is translated: what lacks a language, what is older than its source, and the figure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F, Model, Q

from agreements.register.models.agreements import Agreement
from agreements.register.models.texts import AGREEMENT, ConfirmedTranslation, TextState
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language
from agreements.vocabulary.sections import Section

_SECTIONS: Final = {
    "title": Section.TITLES,
    "summary": Section.SUMMARY,
    "purpose": Section.SUMMARY,
    "duration": Section.TERMS,
    "renewal": Section.TERMS,
    "termination": Section.TERMS,
}
PARTS: Final = {
    "dates": Section.DATES,
    "participations": Section.PARTICIPATIONS,
    "signatories": Section.SIGNATORIES,
    "funding": Section.FUNDING,
    "activities": Section.ACTIVITIES,
    "obligations": Section.OBLIGATIONS,
    "framework_links": Section.FRAMEWORKS,
    "statements": Section.STATEMENTS,
    "announcement": Section.ANNOUNCEMENT,
    "documents": Section.DOCUMENTS,
    "contacts": Section.CONTACTS,
    "correction_notes": Section.CORRECTIONS,
}
"""An agreement's parts by the name they go by on its form."""


@dataclass(frozen=True)
class OlderText:
    """A translation that was written, or last found right, before its source text was changed.

    ``field`` is the input's name on the agreement's form; ``key`` stays the same when parts move;
    ``changed`` is when the source was.
    """

    section: Section
    language: Language
    label: str
    field: str
    key: str
    changed: datetime | None


@dataclass(frozen=True)
class Share:
    """How many of the record's texts a language has."""

    language: Language
    name: str
    written: int
    texts: int

    @property
    def percent(self) -> int:
        """Rounded down, so that only what is whole is called whole."""
        return self.written * 100 // self.texts


@dataclass(frozen=True)
class Completeness:
    """How many texts the source language has, each other language's share, and how many texts have an older one."""

    source: Language
    texts: int
    shares: tuple[Share, ...]
    older: int


def older_translations(agreement: Agreement) -> tuple[OlderText, ...]:
    """Every text whose source, in the language the record was first written in, was changed after it.

    Nothing is said of what has no translation, nor of what somebody found still right. One query,
    and one a kind of part that has such texts.
    """
    return tuple(_in_order_of_form(agreement, agreement.text_states.filter(is_older=True)))


def completeness_of(agreements: Iterable[int]) -> dict[int, Completeness]:
    """The figure of each of these agreements, in one query.

    It is counted when it is asked for, from the states that triggers keep: a figure stored by the
    functions that save would be wrong after every change in SQL.
    """
    lacking = {f"lacks_{one}": Count("pk", filter=Q(**{f"lacks_{one}": True})) for one in LANGUAGES}
    in_source = Q()
    for source in LANGUAGES:
        in_source |= Q(source=source, **{f"{source}_at__isnull": False})
    rows = (
        TextState.objects.filter(agreement__in=list(agreements))
        .values("agreement_id", "source")
        .annotate(texts=Count("pk", filter=in_source), older=Count("pk", filter=Q(is_older=True)), **lacking)
    )
    return {row["agreement_id"]: _completeness(row) for row in rows}


@transaction.atomic
def confirm_translation(agreement_id: int, key: str, *, by: User, at: datetime) -> ConfirmedTranslation | None:
    """Note that a translation is still right although its source was changed; it is no longer older then.

    It counts as being as new as its source is now: the next change of the source makes it older again.

    Args:
        key: an ``OlderText.key``.

    Returns:
        ``None`` where no such translation is older now.

    Raises:
        Agreement.DoesNotExist: no such agreement.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    text = next((one for one in agreement.text_states.filter(is_older=True) if key in one.older_keys), None)
    if text is None:
        return None
    language = cast(Language, key.rpartition("_")[2])
    TextState.objects.filter(pk=text.pk).update(**{f"{language}_at": F(f"{text.source}_at")})
    return ConfirmedTranslation.objects.create(
        agreement=agreement, part=text.part, row_id=text.row_id, stem=text.stem, language=language, by=by, at=at
    )


def _completeness(row: dict[str, Any]) -> Completeness:
    shares = [
        Share(language, ENDONYMS[language], row["texts"] - row[f"lacks_{language}"], row["texts"])
        for language in LANGUAGES
        if language != row["source"] and row["texts"]
    ]
    return Completeness(row["source"], row["texts"], tuple(shares), row["older"])


def _in_order_of_form(agreement: Agreement, states: Iterable[TextState]) -> Iterator[OlderText]:
    """The texts as the form has them: its own, then those of its parts, row by row and column by column."""
    by_row: dict[tuple[str, int], list[TextState]] = {}
    for state in states:
        by_row.setdefault((state.part, state.row_id), []).append(state)
    kinds = {part for part, _row_id in by_row}
    for state in _by_column(agreement, by_row.get((AGREEMENT, agreement.pk), [])):
        yield from _told(agreement, state, "", _SECTIONS.get(state.stem, Section.SUMMARY))
    for part, section in PARTS.items():
        for index, row in enumerate(_rows(agreement, part) if part in kinds else []):
            for state in _by_column(row, by_row.get((part, row.pk), [])):
                yield from _told(row, state, f"{part}-{index}-", section)


def _told(row: Model, state: TextState, prefix: str, section: Section) -> Iterator[OlderText]:
    for language in state.older_languages:
        name = f"{state.stem}_{language}"
        label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
        words = f"{row}: {label}" if prefix else label
        yield OlderText(section, language, words, f"{prefix}{name}", state.key(language), state.changed)


def _by_column(row: Model, states: list[TextState]) -> list[TextState]:
    names = [field.name for field in row._meta.concrete_fields]
    return sorted(states, key=lambda state: names.index(f"{state.stem}_en"))


def _rows(agreement: Agreement, part: str) -> list[Model]:
    found = getattr(agreement, part, None)
    return [] if found is None else [found] if isinstance(found, Model) else list(found.all())
