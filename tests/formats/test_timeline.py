"""Activities as bars over time."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.formats.timeline import Look, Timeline, draw_timeline
from agreements.vocabulary.kinds import ActivityStatus
from agreements.vocabulary.languages import Language
from tests.formats.drawn import activity, rendered, words_of

TODAY = date(2026, 7, 2)
PARTIAL = st.one_of(
    st.just(""),
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(date.isoformat),
)


def timeline(*spans: tuple[str, str, str], language: Language = "en") -> Timeline:
    drawn = draw_timeline([activity(*one) for one in spans], as_of=TODAY, language=language)
    assert drawn is not None
    return drawn


def looks(start: str, end: str, status: str) -> list[Look]:
    return [one.look for one in timeline((start, end, status)).bars[0].stretches]


class TestDrawTimeline:
    def test_is_none_where_no_activity_has_a_date(self) -> None:
        assert draw_timeline([activity("", "")], as_of=TODAY, language="en") is None

    def test_lays_days_on_an_axis_of_whole_years(self) -> None:
        drawn = timeline(("2024-01-01", "2024-12-31", "completed"), ("2025-07-02", "2027", "planned"))

        assert drawn.years == ("2024", "2025", "2026", "2027")
        [whole_year] = drawn.bars[0].stretches
        assert (whole_year.x, whole_year.width) == (0, 25)
        assert drawn.today == pytest.approx(62.5, abs=0.2)

    def test_runs_from_right_to_left_on_a_page_that_is_read_so(self) -> None:
        drawn = timeline(("2024-01-01", "2024-12-31", "completed"), ("2025", "2027", "planned"), language="ar")

        assert drawn.years == ("٢٠٢٤", "٢٠٢٥", "٢٠٢٦", "٢٠٢٧")
        [whole_year] = drawn.bars[0].stretches
        assert (whole_year.x, whole_year.width) == (75, 25)

    def test_is_soft_where_the_day_is_not_stated(self) -> None:
        assert looks("2024-03", "2025-03", "completed") == [Look.SOFT, Look.FULL, Look.SOFT]
        assert looks("2024-03-01", "2025-03", "completed") == [Look.FULL, Look.SOFT]
        assert looks("2025", "2025", "completed") == [Look.SOFT]

    def test_is_soft_towards_an_end_that_is_not_stated(self) -> None:
        assert looks("2024-03-01", "", "completed") == [Look.FULL, Look.SOFT]
        assert looks("", "2024-03-01", "completed") == [Look.SOFT, Look.FULL]

    def test_has_done_up_to_today_what_is_under_way(self) -> None:
        drawn = timeline(("2026-01-01", "2026-12-31", "under_way"))
        done, to_come = drawn.bars[0].stretches

        assert (done.look, to_come.look) == (Look.FULL, Look.OUTLINE)
        assert done.width == pytest.approx(drawn.today or 0, abs=0.1)
        assert looks("2026-01-01", "", "under_way") == [Look.FULL, Look.SOFT]

    @pytest.mark.parametrize(
        ("status", "look"),
        [("planned", Look.OUTLINE), ("suspended", Look.DASHED), ("cancelled", Look.STRUCK), ("not_stated", Look.THIN)],
    )
    def test_tells_the_status_by_shape(self, status: str, look: Look) -> None:
        assert looks("2024-01-01", "2024-12-31", status) == [look]

    def test_leaves_today_out_where_all_is_long_past(self) -> None:
        assert timeline(("1958", "1961", "completed")).today is None

    def test_takes_years_together_when_they_are_many(self) -> None:
        assert timeline(("1900", "2020", "completed")).years == ("1900", "1920", "1940", "1960", "1980", "2000", "2020")

    @settings(max_examples=60, deadline=None)
    @given(start=PARTIAL, end=PARTIAL, noted=PARTIAL, status=st.sampled_from(ActivityStatus))
    def test_stays_within_its_axis_whatever_the_dates(self, start: str, end: str, noted: str, status: str) -> None:
        drawn = draw_timeline([activity(start, end, status, noted=noted)], as_of=TODAY, language="ckb")

        if drawn is None:
            assert start == end == ""
            return
        [bar] = drawn.bars
        assert bar.stretches
        assert all(one.x >= 0 and one.width > 0 and one.x + one.width <= 100.01 for one in bar.stretches)
        assert all(0 <= x <= 100 for x in bar.notes)
        assert len(drawn.years) <= 7


class TestComponent:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "March 2024 – Not stated · Under way"),
            ("ar", "آذار ٢٠٢٤ – غير مذكور · جارٍ"),
            ("ckb", "ئازار ٢٠٢٤ – نەوتراوە"),
        ],
    )
    def test_says_each_bar_in_words(self, language: Language, said: str) -> None:
        activities = [activity("2024-03", "", "under_way", noted="2025"), activity("", "")]
        with translation.override(language):
            drawn = draw_timeline(activities, as_of=TODAY, language=language)
        component = rendered("_timeline.html", language, timeline=drawn)

        assert (component.find(".//svg/title").text or "").startswith(said)  # type: ignore[union-attr]
        assert activities[0].title.get(language) in words_of(component)
        assert len(component.findall(".//circle")) == 1

    def test_explains_what_is_drawn_and_names_what_is_not(self) -> None:
        activities = [activity("2024", "2026", "planned"), activity("", "")]
        drawn = draw_timeline(activities, as_of=TODAY, language="en")
        legend = words_of(rendered("_timeline.html", "en", timeline=drawn))

        assert "Outlined: still to come." in legend
        assert "Struck through" not in legend
        assert "The upright line is 2 July 2026." in legend
        assert "Without any date: Training" in legend
