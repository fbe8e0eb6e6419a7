"""Editions for tests of the search: the shipped record under other numbers, with what a test says of it."""

from datetime import datetime, timedelta
from typing import Any

from agreements.editions.content import AgreementContent, KeyDate, Participation
from agreements.editions.log import append_edition
from agreements.editions.models import Edition
from agreements.search.index import index_edition
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.editions.contents import shipped


def content(number: int, title: str = "", **changes: Any) -> AgreementContent:
    """The shipped content as another agreement; its title in English, which is also its summary's first word."""
    text = LocalisedText(en=title or f"Agreement {number}")
    told = {"title": text, "summary": text, "register_number": f"MOC-{number:04d}"}
    return shipped().model_copy(update=told | changes)


def dated(**days: str) -> dict[str, Any]:
    """Dates by their kinds: ``dated(signed="2021-02", planned_end="2026")``."""
    return {"dates": tuple(KeyDate(kind=DateKind(kind), date=PartialDate.parse(day)) for kind, day in days.items())}


def with_party(key: str, name: str) -> dict[str, Any]:
    """The shipped participations, with another first party."""
    first, *others = shipped().participations
    organization = first.organization.model_copy(update={"id": key, "name": LocalisedText(en=name)})
    party = Participation(role=first.role, organization=organization)
    return {"participations": (party, *others)}


def indexed(content: AgreementContent, *, at: datetime = NOON, later: timedelta = timedelta()) -> Edition:
    """The content as a published edition that is in the index, without the register's part of publishing."""
    edition = append_edition(content, by="staff:1", at=at + later, note=LocalisedText())
    index_edition(edition)
    return edition
