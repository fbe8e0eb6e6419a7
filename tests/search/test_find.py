"""What is found, in which order, and what is said of how many there are."""

from collections import Counter

import pytest
from django.db import connection
from django.http import QueryDict

from agreements.search import counts as counting
from agreements.search import find as finding
from agreements.search.download import all_matches
from agreements.search.find import Found, find
from agreements.search.models import Facet, FacetValue, SearchEntry
from agreements.search.query import parse_query
from agreements.search.terms import register_number_in, wanted_of
from agreements.search.words import completions_of, corrected
from agreements.vocabulary.kinds import AgreementKind
from tests.search.records import content, dated, indexed, with_party

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def register(one_for_all_tests: None) -> None:
    """Five agreements that a word or a value tells apart."""
    fao, who = with_party("fao", "Food and Agriculture Organization"), with_party("who", "World Health Organization")
    indexed(
        content(
            1, "Fisheries in the southern marshes", kind=AgreementKind.PROTOCOL, **dated(signed="2021-03-01"), **fao
        )
    )
    indexed(content(2, "Fishing licences and fisheries, fishing quotas", **dated(signed="2022-03"), **fao))
    indexed(content(3, "Hospitals of the border provinces", kind=AgreementKind.PROTOCOL, **dated(signed="2023"), **who))
    indexed(content(4, "Schools", kind=AgreementKind.AMENDMENT, **dated(signed="2023-09-09"), **who))
    indexed(content(5, "Fish markets", **dated(announced="2020"), participations=()))


def asked(parameters: str) -> Found:
    query = parse_query(QueryDict(parameters))
    return find(query, wanted_of(query.words) if query.words else None)


def numbers(parameters: str) -> list[int]:
    keys = [place.sort_key for place in asked(parameters).page]
    found = dict(SearchEntry.objects.values_list("sort_key", "number"))
    return [found[key] for key in keys]


def counts(parameters: str, facet: Facet) -> dict[str, int]:
    return {one.key: one.entries for one in asked(parameters).values.get(facet, ())}


def values_of_rows() -> list[set[tuple[str, str]]]:
    rows = SearchEntry.objects.values_list("facets", flat=True)
    return [{(one.facet, one.key) for one in FacetValue.objects.filter(pk__in=facets)} for facets in rows]


class TestWords:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("fisheries", [1, 2]),
            ("FISHERY", [1, 2]),
            ("fishing quotas", [2]),
            ('"southern marshes"', [1]),
            ("“marshes southern”", []),
            ("fisheries -quotas", [1]),
            ("الهجره", [1, 2, 3, 4, 5]),
            ("hospitals سنوورەكان", [3]),
            ("agriculture", [1, 2]),
            ("the of", []),
            ("-fisheries", []),
            ("zzzz", []),
        ],
    )
    def test_find_agreements_in_any_language(self, words: str, found: list[int]) -> None:
        query = QueryDict(mutable=True)
        query["q"] = words

        assert sorted(numbers(query.urlencode())) == found

    def test_rank_titles_and_repetition_first_and_dates_on_demand(self) -> None:
        assert numbers("q=fishing")[0] == 2
        assert numbers("q=fisheries&sort=date") == [2, 1]
        assert numbers("") == [4, 3, 2, 1, 5]


class TestFacets:
    def test_combine_any_of_one_and_all_of_several(self) -> None:
        assert numbers("kind=protocol") == [3, 1]
        assert numbers("kind=protocol&kind=amendment") == [4, 3, 1]
        assert numbers("kind=protocol&kind=amendment&party=who&year=2023") == [4, 3]
        assert numbers("q=fisheries&kind=protocol") == [1]

    def test_count_what_choosing_them_would_give(self) -> None:
        assert counts("", Facet.PARTY)["fao"] == 2
        assert counts("kind=protocol", Facet.PARTY)["fao"] == 1
        assert counts("kind=protocol", Facet.KIND) == counts("", Facet.KIND)
        assert counts("kind=protocol&party=who", Facet.KIND) == {"amendment": 1, "protocol": 1}
        assert counts("year=2023&kind=protocol", Facet.YEAR) == {"2023": 1, "2021": 1}
        assert counts("status=signed&language=en&party=fao", Facet.STATUS) == {"signed": 2}
        assert counts("q=border&character=not_stated&year=2023", Facet.CHARACTER) == {"not_stated": 2}
        assert list(counts("", Facet.YEAR)) == ["2023", "2022", "2021", "2020"]

    @pytest.mark.parametrize(("a_pass", "spare"), [(-1e9, 1), (1e9, 10), (1e9, 0)])
    @pytest.mark.parametrize(
        "parameters", ["language=en", "kind=protocol&party=who&language=en", "year=2023&year=2021"]
    )
    def test_are_counted_alike_in_the_index_and_in_rows(
        self, parameters: str, a_pass: float, spare: float, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(counting, "_A_PASS", a_pass)  # no facet is looked up in rows, or each
        monkeypatch.setattr(counting, "_SPARE", spare)  # without a spare row it must be asked again
        chosen = {facet: {(facet, key) for key in keys} for facet, keys in parse_query(QueryDict(parameters)).chosen}
        rows = values_of_rows()

        def left(without: Facet | None = None) -> list[set[tuple[str, str]]]:
            wanted = [values for facet, values in chosen.items() if facet != without]
            return [own for own in rows if all(own & values for values in wanted)]

        assert asked(f"q=border&{parameters}").total == len(left())
        for one in (Facet.KIND, Facet.PARTY, Facet.YEAR, Facet.LANGUAGE):
            expected = Counter(key for own in left(one) for facet, key in own if facet == one)
            assert counts(f"q=border&{parameters}", one) == expected, one

    def test_that_nothing_has_find_nothing_and_are_named(self) -> None:
        found = asked("party=nobody&kind=protocol")

        assert (found.total, found.page, found.unknown) == (0, (), ((Facet.PARTY, "nobody"),))


class TestPages:
    @pytest.mark.parametrize("parameters", ["", "q=border", "q=border&sort=date", "kind=protocol&q=border"])
    def test_follow_each_other_without_a_gap_or_a_repetition(
        self, parameters: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        everything = numbers(parameters)
        monkeypatch.setattr(finding, "PAGE", 2)

        pages, here = [], parameters
        while True:
            found = asked(here)
            pages += numbers(here)
            if found.next is None:
                break
            here = f"{parameters}&after={found.next}"

        assert pages == everything

    @pytest.mark.parametrize(
        "parameters",
        ["q=border", "q=border&kind=protocol&language=en", "q=border&year=2023&year=2021", "year=2021&sort=date"],
    )
    def test_are_the_same_on_the_way_along_the_date_index(
        self, parameters: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected = numbers(parameters)
        monkeypatch.setattr(finding, "COUNTED", 0)
        monkeypatch.setattr(finding, "_is_quicker_by_date", lambda *_conditions: True)

        assert numbers(parameters) == collected != []

    def test_are_counted_and_ranked_up_to_a_bound_that_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(finding, "COUNTED", 3)
        monkeypatch.setattr(finding, "RANKED", 2)

        found = asked("q=border")

        assert (found.total, found.is_least, found.ranked) == (3, True, 2)
        assert sorted(numbers("q=border")) == [3, 4]
        assert all(one.is_least for one in found.values[Facet.YEAR])

    @pytest.mark.parametrize(("looked_at", "found"), [(2, [4, 3]), (50, [4, 3, 2, 1, 5])])
    def test_are_looked_through_for_words_in_a_row_up_to_a_bound(
        self, looked_at: int, found: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "LOOKED_AT", looked_at)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE agreements_searchentry")  # how many have the words is PostgreSQL's estimate

        assert numbers('q="border crossing"&sort=date') == found
        assert asked('q="border crossing"').looked_at == (None if looked_at == 50 else looked_at)

    @pytest.mark.parametrize("counted", [3, 10])
    def test_are_all_downloaded(self, counted: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(finding, "COUNTED", counted)
        monkeypatch.setattr(finding, "AT_ONCE", 2)

        rows = [row.register_number for row in all_matches(parse_query(QueryDict("q=border")))]

        assert rows == ["MOC-0004", "MOC-0003", "MOC-0002", "MOC-0001", "MOC-0005"]


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("typed", "better"),
        [
            ("fisherise", "fisheries"),
            ("southren marshes", "southern marshes"),
            ("hospitals", None),
            ("qqqqqqq", None),
            ("الهحرة", "الهجرة"),
            ("2099", None),
        ],
    )
    def test_is_corrected_against_the_words_that_there_are(self, typed: str, better: str | None) -> None:
        assert corrected(typed, wanted_of(typed)) == better

    def test_is_completed(self) -> None:
        assert "southern fisheries" in completions_of("southern fish")
        assert completions_of("") == completions_of("fish ") == completions_of("٪") == []

    @pytest.mark.parametrize("text", ["MOC-0001", "moc 1", " MOC‑٠٠٠١", "Moc۱", "moc-000000001"])
    def test_is_a_register_number_however_it_is_written(self, text: str) -> None:
        assert register_number_in(text) == 1

    @pytest.mark.parametrize("text", ["MOC", "MOC-", "0001", "MOC-0001 border", "MOCA-1", "MOC-1234567890"])
    def test_is_no_register_number(self, text: str) -> None:
        assert register_number_in(text) is None
