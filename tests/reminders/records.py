"""Agreements with key dates, as their rows in the register."""

from typing import Any

from django.contrib.auth.models import User

from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.register.models.directories import Organization
from agreements.register.models.work import Activity, Obligation
from tests.people import make_user


def agreement(*dates: tuple[str, str], by: User | None = None, **columns: Any) -> Agreement:
    """A memorandum with these dates, each as (kind, "2027-03"); ``by`` is in charge of it."""
    title = columns.pop("title_en", "A memorandum")
    row = Agreement.objects.create(kind="memorandum_of_cooperation", title_en=title, **columns)
    for kind, date in dates:
        AgreementDate.objects.create(agreement=row, kind=kind, date=date)
    if by is not None:
        row.people_in_charge.add(by)
    return row


def obligation(of: Agreement, due: str, *, status: str = "open", text: str = "Send the report") -> Obligation:
    bearer, _made = Organization.objects.get_or_create(key="body", defaults={"name_en": "A body", "kind": "government"})
    return Obligation.objects.create(agreement=of, bearer=bearer, due=due, status=status, text_en=text)


def activity(of: Agreement, end: str, *, status: str = "under_way", title: str = "Training") -> Activity:
    return Activity.objects.create(agreement=of, title_en=title, end=end, status=status)


def person(role: str = "editor", *, email: str | None = None) -> User:
    """Staff of this role with an e-mail address."""
    user = make_user(role)
    user.email = email if email is not None else f"{user.username}@example.org"
    user.save()
    return user
