"""The index follows the published record, and the calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from agreements.editions.log import append_edition, append_withdrawal
from agreements.editions.models import Edition
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.search.days import derive_due_statuses
from agreements.search.index import index_edition, sort_key_of, unindex
from agreements.search.models import Facet, FacetValue, SearchEntry, SearchWord
from agreements.search.rebuild import rebuild_all, rebuild_missing
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.search.records import content, dated, indexed, with_party

pytestmark = pytest.mark.django_db

REASON = LocalisedText(en="Published by mistake.", ar="نُشر خطأً.", ckb="بە هەڵە بڵاوکرایەوە.")


def entries_with(facet: Facet, key: str) -> int:
    """How many entries have a value: as it is counted, after a look at whether that is true."""
    [row] = FacetValue.objects.filter(facet=facet, key=key)
    assert row.entries == SearchEntry.objects.filter(facets__contains=[row.pk]).count()
    return row.entries


def words() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("folded", "entries"))


class TestPublishing:
    def test_makes_an_agreement_findable_and_withdrawing_ends_that(self, noon: datetime) -> None:
        edition = publish(first_agreement(), at=noon)

        assert SearchEntry.objects.get().edition_number == edition.number
        assert entries_with(Facet.FUNDER, "european-union") == 1

        withdraw_agreement(Agreement.objects.get().pk, by=make_user("reviewer"), at=noon, reason=REASON)

        assert not SearchEntry.objects.exists()
        assert not SearchWord.objects.exists()
        assert entries_with(Facet.FUNDER, "european-union") == 0

    def test_of_another_edition_takes_the_place_of_the_one_before(self) -> None:
        indexed(content(7, "Fisheries in the marshes", **with_party("fao", "Food and Agriculture")))
        indexed(content(8, "Fisheries at sea"))

        indexed(content(7, "Wetlands", **with_party("fao", "FAO")))

        assert (words()["fisheries"], words()["wetlands"], words()["border"]) == (1, 1, 2)
        assert "marshes" not in words()
        assert entries_with(Facet.PARTY, "fao") == 1
        assert FacetValue.objects.get(key="fao").name_en == "FAO"


class TestIndexEdition:
    def test_is_safe_to_repeat(self) -> None:
        edition = indexed(content(7))
        before = words(), list(FacetValue.objects.values_list("key", "entries"))

        index_edition(edition)

        assert before == (words(), list(FacetValue.objects.values_list("key", "entries")))

    def test_keeps_people_to_write_to_out(self) -> None:
        [contact] = content(7).contacts

        indexed(content(7, contacts=(contact.model_copy(update={"name": LocalisedText(en="Zebulon")}),)))

        assert "zebulon" not in words()

    def test_sorts_by_the_agreements_own_date_and_undated_ones_last(self) -> None:
        indexed(content(1, **dated(announced="2019-05", signed="2020")))
        indexed(content(2, **dated(announced="2019-06")))
        indexed(content(3, dates=()))

        found = SearchEntry.objects.order_by("-sort_key").values_list("register_number", "date")

        assert list(found) == [("MOC-0001", "2020"), ("MOC-0002", "2019-06"), ("MOC-0003", "")]
        assert sort_key_of(None, 2**33 - 1) < sort_key_of(datetime.min.replace(tzinfo=UTC).date(), 0)


class TestDays:
    @pytest.mark.parametrize(
        ("moment", "status"),
        [
            (datetime(2026, 12, 31, 20, 59, tzinfo=UTC), "in_force"),
            (datetime(2026, 12, 31, 21, 1, tzinfo=UTC), "expired"),  # New Year in Baghdad
            (datetime(2030, 5, 1, tzinfo=UTC), "terminated"),
        ],
    )
    def test_legal_status_changes_with_the_day_in_baghdad(self, moment: datetime, status: str) -> None:
        indexed(content(1, **dated(in_force="2020", planned_end="2026-12-31", terminated="2028-03")))
        indexed(content(2, **dated(in_force="2020")))

        derive_due_statuses(at=moment)

        assert SearchEntry.objects.get(pk="MOC-0001").status == status
        assert entries_with(Facet.STATUS, status) == (2 if status == "in_force" else 1)
        assert entries_with(Facet.STATUS, "in_force") == (2 if status == "in_force" else 1)

    def test_of_an_edition_that_is_indexed_late_are_caught_up_with(self) -> None:
        edition = append_edition(
            content(1, **dated(in_force="2020", planned_end="2026-12-01")), by="staff:1", at=NOON, note=LocalisedText()
        )
        index_edition(edition)

        assert derive_due_statuses(at=NOON + timedelta(days=400)) == 1
        assert derive_due_statuses(at=NOON + timedelta(days=400)) == 0
        assert SearchEntry.objects.get().status == "expired"


class TestRebuild:
    @pytest.fixture
    def three(self) -> list[Edition]:
        return [indexed(content(number)) for number in (1, 2, 3)]

    def test_does_nothing_where_nothing_is_missing(self, three: list[Edition]) -> None:
        assert rebuild_missing().indexed == 0

    def test_repairs_what_is_missing_stale_or_withdrawn(self, three: list[Edition]) -> None:
        unindex("MOC-0001")
        append_edition(content(2, "Renamed"), by="staff:1", at=NOON, note=LocalisedText())
        append_withdrawal("MOC-0003", by="staff:1", at=NOON, note=REASON)

        call_command("rebuild_search", verbosity=0)

        assert dict(SearchEntry.objects.values_list("pk", "edition_number")) == {"MOC-0001": 1, "MOC-0002": 2}
        assert entries_with(Facet.YEAR, "2021") == 2
        assert words()["renamed"] == 1

    def test_makes_everything_again_after_another_analysis(self, three: list[Edition]) -> None:
        before = words()
        SearchEntry.objects.filter(pk="MOC-0002").update(analysis=0)
        SearchWord.objects.create(folded="leftover", word="leftover", entries=9)

        assert rebuild_missing().indexed == 3
        assert words() == before

    def test_from_nothing_gives_what_publishing_gave(self, three: list[Edition]) -> None:
        before = list(SearchEntry.objects.order_by("pk").values_list("pk", "sort_key", "facets", "vector"))

        rebuild_all()

        assert list(SearchEntry.objects.order_by("pk").values_list("pk", "sort_key", "facets", "vector")) == before
