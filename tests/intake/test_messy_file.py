"""A messy spreadsheet, as CSV and as XLSX: what is imported, what is refused and why, and that once is enough."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from agreements.intake.models import Decision, Import, ImportRow, Outcome
from agreements.intake.names import decide_names
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from tests.intake.imports import check_again, checked, written
from tests.intake.messy import BAD, GOOD, LONG_TITLE, MANY, as_csv, as_xlsx

pytestmark = pytest.mark.django_db


def by_reference(one: Import) -> dict[str, Agreement]:
    return {origin.reference: origin.agreement for origin in one.agreements.select_related("agreement")}


def dates(agreement: Agreement) -> dict[str, str | None]:
    return dict(agreement.dates.values_list("kind", "date"))


class TestAMessyFile:
    @pytest.mark.parametrize("write", [as_csv, as_xlsx])
    def test_becomes_drafts_once(self, editor: User, noon: datetime, write: object) -> None:
        content = write(GOOD)  # type: ignore[operator]  # one of the two

        first = checked(content, by=editor, at=noon)
        assert refusals(first) == {}
        first = written(first, by=editor, at=noon)
        again = checked(content, by=editor, at=noon)

        made = by_reference(first)
        assert first.counts == {"added": 9, "changed": 0, "unchanged": 1, "refused": 0}
        assert again.counts == {"added": 0, "changed": 0, "unchanged": 10, "refused": 0}
        assert dates(made["A-1"]) == {"signed": "2021-02-05"}
        assert dates(made["A-2"]) == {"signed": "2021-02-05", "in_force": "2021-03"}
        assert dates(made["A-3"]) == {"signed": "1776-07-04", "planned_end": "1800"}
        assert dates(made["A-4"]) == {"signed": "2021-02-05", "in_force": "2021-02"}
        assert dates(made["A-6"]) == dates(made["A-7"]) == {"signed": "2021-02-05"}
        assert made["A-6"].title_en == LONG_TITLE
        assert (made["A-7"].title_ar, made["A-7"].written_in) == ("مذكرة تعاون", "ar")
        parties = made["A-5"].participations.order_by("position").values_list("organization__name_en", flat=True)
        assert list(parties) == MANY
        assert (made["A-8"].notice_length, made["A-8"].notice_unit) == (6, "months")
        assert [(str(one.amount), one.currency) for one in made["A-8"].funding.all()] == [("250000.00", "USD")]
        assert made["A-9"].participations.filter(organization__key="iom-iraq").exists()
        assert {one.working_state for one in made.values()} == {"draft"}
        assert {one.title_en for one in made["A-1"].sources.all()} == {"old register.csv"}

    @pytest.mark.parametrize("write", [as_csv, as_xlsx])
    def test_says_of_each_bad_row_which_cell_why_and_how_to_mend_it(
        self, editor: User, noon: datetime, write: object
    ) -> None:
        one = checked(write([*GOOD[:2], *BAD]), by=editor, at=noon)  # type: ignore[operator]  # one of the two

        assert one.counts == {"added": 2, "changed": 0, "unchanged": 0, "refused": 11}
        said = refusals(one)
        assert said["F4"] == "The calendar has no “\u206831/02/2021\u2069”: correct the day or the month."
        assert "formula" in said["D5"]
        assert "The title is missing" in said["B6"]
        assert "can’t be right beside" in said["H7"]
        assert "no place “\u2068Atlantis\u2069”" in said["O8"]
        assert "close to names" in said["I9"]
        assert "Row 3 is the same agreement" in said["A10"]
        assert "U+202E" in said["B11"]
        assert "1,001" in said["B12"]
        assert "both" in said["M13"]
        assert said["F14"] == said["F4"]


def refusals(one: Import) -> dict[str, str]:
    rows = ImportRow.objects.filter(of_import=one, outcome=Outcome.REFUSED)
    return {refusal["place"]: refusal["texts"]["en"] for row in rows for refusal in row.refusals}


class TestNearNames:
    def test_are_proposed_and_become_another_name_once_somebody_says_so(self, editor: User, noon: datetime) -> None:
        content = as_csv([BAD[5]])
        one = checked(content, by=editor, at=noon)
        name = one.names.get()
        iraq = Organization.objects.get(key="government-of-iraq")
        assert name.decision == Decision.OPEN
        assert iraq.pk in [proposal["id"] for proposal in name.proposals]

        decide_names(one.pk, {name.pk: str(iraq.pk)}, {})
        done = written(check_again(one, by=editor, at=noon), by=editor, at=noon)

        assert done.agreements.get().agreement.participations.get().organization == iraq
        assert iraq.aliases.filter(name="Government of Irak").exists()
        assert checked(content, by=editor, at=noon).names.count() == 0
