"""The gate before the public: what blocks a record, what only warns, and which warnings were accepted."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agreements.editions.content import AgreementContent
from agreements.editions.queries import editions_of
from agreements.publishing.blocking import blocking_problems
from agreements.publishing.confirmations import warnings_of_the_other_side
from agreements.publishing.errors import NoSuchWarning, NoteMissing
from agreements.publishing.passed_days import passed_days
from agreements.publishing.problems import Problem, WarningCode
from agreements.publishing.snapshot import build_content
from agreements.publishing.workflow import enter
from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import AcceptedWarning
from agreements.register.translations import older_translations
from agreements.vocabulary.kinds import ActivityStatus, EventKind
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class Accepted:
    """A warning that somebody let pass for the next edition."""

    warning: Problem
    row: AcceptedWarning


@dataclass(frozen=True)
class Readiness:
    """What keeps a record from the public; it may be approved when nothing blocks and no warning is open."""

    blocking: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]

    @property
    def is_ready(self) -> bool:
        return not self.blocking and not self.warnings


def readiness_of(agreement: Agreement, content: AgreementContent | None = None, *, on: date | None = None) -> Readiness:
    """How far a record is from the public. Texts are in the active language.

    Args:
        content: what ``build_content`` made of it, where the caller has that already.
        on: the day in Baghdad that days are held against; today without it.
    """
    on = on or day_in_baghdad(timezone.now())
    content = content or build_content(agreement)
    accepted = {row.key: row for row in _accepted(agreement).select_related("by")}
    number = next_number(agreement)
    found = (
        *_warnings(agreement),
        *passed_days(agreement, content, on=on),
        *warnings_of_the_other_side(agreement, content, edition=number),
    )
    return Readiness(
        blocking=blocking_problems(agreement, content),
        warnings=tuple(one for one in found if one.key not in accepted),
        accepted=tuple(Accepted(one, accepted[one.key]) for one in found if one.key in accepted),
    )


@transaction.atomic
def accept_warnings(agreement_id: int, keys: Collection[str], *, by: User, at: datetime, reason: str) -> None:
    """Let warnings pass for the next edition; who did so, and why, is kept of each.

    Those that are settled or accepted already are passed over.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NoteMissing: no reason.
        NoSuchWarning: nothing of these keys is open now.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if not reason.strip():
        raise NoteMissing(agreement.register_number)
    found = [one for one in readiness_of(agreement, on=day_in_baghdad(at)).warnings if one.key in keys]
    if not found:
        raise NoSuchWarning(", ".join(keys))
    number = next_number(agreement)
    for warning in found:
        enter(agreement, EventKind.OVERRIDDEN, by=by, at=at, note=f"{warning} – {reason.strip()}")
        AcceptedWarning.objects.create(
            agreement=agreement, edition_number=number, key=warning.key, reason=reason.strip(), by=by, at=at
        )


def next_number(agreement: Agreement) -> int:
    """The number that the agreement's next edition will have."""
    last = editions_of(agreement.register_number).first()
    return last.number + 1 if last else 1


def _accepted(agreement: Agreement) -> QuerySet[AcceptedWarning]:
    return agreement.accepted_warnings.filter(edition_number=next_number(agreement))


def _warnings(agreement: Agreement) -> Iterator[Problem]:
    for text in older_translations(agreement):
        what = (("what", text.label),)
        key = f"{WarningCode.TRANSLATION_OLDER}:{text.key}"
        yield Problem(WarningCode.TRANSLATION_OLDER, text.section, what, field=text.field, key=key)
    for index, activity in enumerate(agreement.activities.all()):
        if activity.status == ActivityStatus.NOT_STATED:
            yield Problem(
                WarningCode.ACTIVITY_WITHOUT_STATUS,
                Section.ACTIVITIES,
                (("what", str(activity)),),
                field=f"activities-{index}-status",
                key=f"{WarningCode.ACTIVITY_WITHOUT_STATUS}:{activity.pk}",
            )
    for index, document in enumerate(agreement.documents.all()):
        if document.is_public and document.is_encrypted:
            yield Problem(
                WarningCode.DOCUMENT_ENCRYPTED,
                Section.DOCUMENTS,
                (("what", str(document)),),
                field=f"documents-{index}-file",
                key=f"{WarningCode.DOCUMENT_ENCRYPTED}:{document.sha256}",
            )
    open_comments = Counter(
        agreement.review_comments.filter(resolved_at__isnull=True).values_list("section", flat=True)
    )
    for section, count in open_comments.items():
        details = (("what", str(Section(section).label)), ("count", str(count)))
        key = f"{WarningCode.COMMENTS_OPEN}:{section}"
        yield Problem(WarningCode.COMMENTS_OPEN, Section(section), details, key=key)
