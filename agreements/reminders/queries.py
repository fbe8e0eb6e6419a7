"""Key dates out of the register: a handful of queries, however many agreements there are."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agreements.editions.queries import current_editions
from agreements.register.fields import localised, partial_date
from agreements.register.models.agreements import Agreement, AgreementDate, AgreementRelation
from agreements.register.models.work import OPEN_OBLIGATION, UNFINISHED_ACTIVITY, Activity, Obligation
from agreements.register.terms import TERMS_COLUMNS, terms_of
from agreements.reminders.key_dates import Duty, Facts, KeyDue, Stated, in_order, key_dates
from agreements.reminders.people import in_charge
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, KeyKind, RelationKind, RenewalKind, WorkingState

_TITLE = ("title_en", "title_ar", "title_ckb")


def due_for(user: User, today: date, within_days: int) -> list[KeyDue]:
    """What is due or past in the agreements that are in this person's charge; ``today`` in Baghdad."""
    return _due(Agreement.objects.filter(in_charge(user)), today, within_days)


def due_for_all(today: date, within_days: int) -> list[KeyDue]:
    """The same for the whole register."""
    return _due(Agreement.objects.all(), today, within_days)


def _due(agreements: QuerySet[Agreement], today: date, within_days: int) -> list[KeyDue]:
    until = today + timedelta(days=within_days)
    found = [one for facts in _facts(agreements, until) for one in key_dates(facts, on=today, until=until)]
    return sorted(found, key=in_order)


def _facts(agreements: QuerySet[Agreement], until: date) -> Iterator[Facts]:
    """All that may have a key date by then; which ones have is for ``key_dates`` to say.

    A partial date sorts as text in the order of its earliest day: "2027" < "2027-03" < "2027-03-05".
    """
    kept = agreements.exclude(working_state=WorkingState.WITHDRAWN)
    duties = _duties(kept, until.isoformat())
    dated = AgreementDate.objects.filter(
        kind__in=(DateKind.PLANNED_END, DateKind.REVIEW, DateKind.ENDED, DateKind.TERMINATED),
        date__lte=until.isoformat(),
    )
    with_terms = Q(renewal_kind=RenewalKind.TACIT) | Q(notice_length__isnull=False) | Q(review_months__isnull=False)
    rows = list(
        kept.filter(Q(pk__in=list(duties)) | Q(pk__in=dated.values("agreement_id")) | with_terms).only(
            "register_number", "revision", *_TITLE, *TERMS_COLUMNS
        )
    )
    numbers = [row.pk for row in rows]
    dates, superseded = _dates(numbers), _superseded(numbers)
    for row in rows:
        yield Facts(
            agreement_id=row.pk,
            register_number=row.register_number,
            title=localised(row, "title"),
            revision=row.revision,
            terms=terms_of(row),
            dates=dates.get(row.pk, ()),
            duties=tuple(duties.get(row.pk, ())),
            superseded=tuple(superseded.get(row.pk, ())),
        )


def _duties(agreements: QuerySet[Agreement], until: str) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    obligations = Obligation.objects.filter(OPEN_OBLIGATION, due__lte=until)
    for row in _with_position(obligations, agreements).order_by("agreement_id", "due", "pk"):
        duty = Duty(KeyKind.OBLIGATION, partial_date(row.due), localised(row, "text"), row.key, row.place_on_form)
        found[row.agreement_id].append(duty)
    activities = Activity.objects.filter(UNFINISHED_ACTIVITY, end__lte=until)
    for row in _with_position(activities, agreements).order_by("agreement_id", "end", "pk"):
        duty = Duty(KeyKind.ACTIVITY, partial_date(row.end), localised(row, "title"), row.key, row.place_on_form)
        found[row.agreement_id].append(duty)
    return found


def _with_position(rows: QuerySet[Any], agreements: QuerySet[Agreement]) -> QuerySet[Any]:
    """With each row's place among its agreement's, which its input on the form is named after."""
    before = rows.model._default_manager.filter(
        Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lt=OuterRef("pk")),
        agreement_id=OuterRef("agreement_id"),
    )
    counted = before.order_by().values("agreement_id").annotate(count=Count("pk")).values("count")
    place = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    placed: QuerySet[Any] = rows.filter(agreement_id__in=agreements.values("pk")).annotate(place_on_form=place)
    return placed


def _dates(numbers: list[int]) -> dict[int, tuple[Stated, ...]]:
    rows = AgreementDate.objects.filter(agreement_id__in=numbers).order_by("agreement_id", "date", "pk")
    values = rows.values_list("agreement_id", "kind", "date", "pk")
    return {
        number: tuple(
            Stated(DateKind(kind), partial_date(day), position, pk)
            for position, (_number, kind, day, pk) in enumerate(group)
        )
        for number, group in groupby(values, key=lambda row: row[0])
    }


def _superseded(numbers: list[int]) -> dict[int, list[PartialDate]]:
    """From when other agreements took their places, as far as that is public: a draft stops nobody's reminders."""
    public = current_editions().filter(register_number=OuterRef("agreement__register_number"))
    rows = AgreementRelation.objects.filter(Exists(public), kind=RelationKind.SUPERSEDES, other_id__in=numbers)
    found: dict[int, list[PartialDate]] = defaultdict(list)
    for other_id, effective in rows.values_list("other_id", "effective"):
        found[other_id].append(partial_date(effective))
    return found
