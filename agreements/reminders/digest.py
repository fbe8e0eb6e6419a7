"""The digest: what a person is told of today, noted in the transaction that queues their e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from agreements.correspondence.models import Report
from agreements.reminders.deliver import deliver_digest
from agreements.reminders.key_dates import KeyDue
from agreements.reminders.letter import write_letter
from agreements.reminders.models import OVERDUE, Digest, Reminder
from agreements.reminders.people import readers
from agreements.reminders.profile import profile_of
from agreements.reminders.queries import due_for
from agreements.reminders.reports import new_reports_for
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class DueReminder:
    """A key date that a person has not been told of at this distance."""

    due: KeyDue
    lead_days: int


@dataclass(frozen=True)
class News:
    """What a person is to be told of: key dates that come near, and readers' reports."""

    reminders: list[DueReminder]
    reports: list[Report]

    def __bool__(self) -> bool:
        return bool(self.reminders or self.reports)


def make_digests(*, at: datetime) -> list[Digest]:
    """Write today's digests, and queue their e-mails; those of people who have theirs today are left.

    One transaction a person, so a worker that is killed half way leaves whole digests behind, and the
    next goes on with the others.
    """
    made = (make_digest(person, at=at) for person in _people())
    return [one for one in made if one is not None]


def news_waiting(*, at: datetime) -> dict[User, News]:
    """What ``make_digests`` would tell whom now; nothing is written."""
    today = day_in_baghdad(at)
    told = set(Digest.objects.filter(day=today).values_list("person_id", flat=True))
    waiting = {person: news_for(person, at=at) for person in _people() if person.pk not in told}
    return {person: news for person, news in waiting.items() if news}


@transaction.atomic
def make_digest(person: User, *, at: datetime) -> Digest | None:
    """A person's digest of today, at most one; ``None`` where there is nothing to say or they have it.

    The lock on the account makes workers that come at once do this one after the other; constraints
    hold the same against whoever takes no lock.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    today = day_in_baghdad(at)
    if Digest.objects.filter(person=person, day=today).exists():
        return None
    news = news_for(person, at=at)
    if not news:
        return None
    profile = profile_of(person)
    dues = [one.due for one in news.reminders]
    letter = write_letter(dues, news.reports, on=today, language=profile.language)
    digest = Digest.objects.create(
        person=person,
        day=today,
        made_at=at,
        address=person.email,
        language=profile.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
    )
    Reminder.objects.bulk_create(_row(one, digest) for one in news.reminders)
    deliver_digest.enqueue(digest.pk)
    return digest


def news_for(person: User, *, at: datetime) -> News:
    """What they have not been told of yet."""
    return News(reminders_for(person, today=day_in_baghdad(at)), new_reports_for(person, at=at))


def reminders_for(person: User, *, today: date) -> list[DueReminder]:
    """The key dates that have come nearer than a lead time this person was not told at yet.

    Only the nearest lead time counts: who comes back after a week, as after a server that was off, is
    told once, not once for each that was missed.
    """
    leads: Sequence[int] = settings.REMINDER_DAYS
    found = [(due, lead_days(due, on=today, leads=leads)) for due in due_for(person, today, max(leads))]
    told = set(
        Reminder.objects.filter(
            person=person, register_number__in={due.register_number for due, _lead in found}
        ).values_list("register_number", "kind", "item", "earliest", "lead_days")
    )
    return [
        DueReminder(due, lead)
        for due, lead in found
        if lead is not None and (due.register_number, due.kind.value, due.item, due.when.earliest, lead) not in told
    ]


def lead_days(due: KeyDue, *, on: date, leads: Sequence[int]) -> int | None:
    """The nearest lead time that has come, counted from the earliest day; ``OVERDUE`` once all are past."""
    if due.is_past(on):
        return OVERDUE
    return min((lead for lead in leads if due.days_left(on) <= lead), default=None)


def _people() -> list[User]:
    """Who can be told: on the staff, with an e-mail address, and not asked to be left alone."""
    return list(readers().exclude(email="").exclude(staff_profile__wants_digest=False))


def _row(reminder: DueReminder, digest: Digest) -> Reminder:
    due = reminder.due
    return Reminder(
        digest=digest,
        person=digest.person,
        register_number=due.register_number,
        kind=due.kind,
        item=due.item,
        earliest=due.when.earliest,
        lead_days=reminder.lead_days,
    )
