"""The map of places."""

import math

import pytest

from agreements.formats.map import MarkShape, draw_map
from agreements.formats.map_labels import Lettering, place_labels
from agreements.formats.projection import on_sheet, sheet
from agreements.reference.places import shipped_places
from agreements.vocabulary.languages import LANGUAGES, Language
from tests.formats.drawn import markup, place, rendered, weight_of, words_of

TREBIL = place("trebil", "32.74", "39", "approximate", en="Trebil", ar="طريبيل", ckb="ترێبێل")
KHALIL = place("ibrahim-khalil", "37.1447", "42.5656", en="Ibrahim Khalil", ar="إبراهيم الخليل", ckb="ئیبراهیم خەلیل")
BASHMAKH = place("bashmakh", "35.597", "46.033", "unverified")
NOWHERE = place("al-sheeb", None, None, "not_stated")
GENEVA = place("geneva", "46.2", "6.15", "town")


class TestOnSheet:
    def test_puts_north_up_and_west_left(self) -> None:
        north, south = on_sheet(44, 37), on_sheet(44, 30)
        west, east = on_sheet(40, 33), on_sheet(47, 33)

        assert north[1] < south[1]  # type: ignore[index]
        assert west[0] < east[0]  # type: ignore[index]

    def test_keeps_lengths_alike_all_over_iraq(self) -> None:
        """As a conformal map does: a degree of latitude in the north is as long as one in the south, within 1%."""
        lengths = []
        for latitude in (30, 33, 36):
            one, other = on_sheet(44, latitude), on_sheet(44, latitude + 1)
            lengths.append(math.dist(one, other))  # type: ignore[arg-type]
        assert max(lengths) / min(lengths) < 1.01

    @pytest.mark.parametrize(
        ("longitude", "latitude"), [(6.15, 46.2), (0, 90), (0, -90), (44, math.nan), (math.inf, 33)]
    )
    def test_has_no_place_for_what_lies_beyond(self, longitude: float, latitude: float) -> None:
        assert on_sheet(longitude, latitude) is None


class TestDrawMap:
    def test_tells_by_the_shape_how_far_a_point_can_be_trusted(self) -> None:
        drawn = draw_map([TREBIL, KHALIL, BASHMAKH], language="en")

        assert [mark.shape for mark in drawn.marks] == [MarkShape.HOLLOW, MarkShape.FULL, MarkShape.DIAMOND]

    def test_numbers_the_marks_as_the_table_does_and_leaves_out_what_has_no_point(self) -> None:
        drawn = draw_map([NOWHERE, TREBIL, GENEVA, KHALIL], language="en")

        assert [(row.place.id, row.mark.number if row.mark else None) for row in drawn.rows] == [
            ("al-sheeb", None), ("trebil", 1), ("geneva", None), ("ibrahim-khalil", 2),
        ]  # fmt: skip
        assert drawn.without_coordinates == (NOWHERE,)
        assert drawn.outside == (GENEVA,)

    def test_is_never_mirrored(self) -> None:
        points = [[(mark.x, mark.y) for mark in draw_map([TREBIL, KHALIL], language=one).marks] for one in LANGUAGES]

        assert points[0] == points[1] == points[2]

    def test_takes_coordinates_that_are_no_numbers_for_unknown(self) -> None:
        assert draw_map([place("odd", "north", "east")], language="en").marks == ()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_sets_the_names_of_all_shipped_places_without_covering_one(self, language: Language) -> None:
        marks = draw_map(shipped_places(), language=language).marks

        assert len(marks) > 20
        assert all(mark.name_label and mark.number_label for mark in marks)

    def test_leaves_words_out_where_hundreds_stand_side_by_side(self) -> None:
        crowd = [place(f"place-{number}", "33", str(40 + number / 100)) for number in range(300)]

        assert len(draw_map(crowd, language="en").marks) == 300


class TestPlaceLabels:
    def test_gives_up_a_word_that_has_no_room_unless_it_must(self) -> None:
        small = Lettering(size=10, radius=3, direction="ltr", width=60, height=20)
        words = [("Baghdad", 10.0, 10.0), ("Baghdad", 12.0, 10.0)]

        assert [bool(one) for one in place_labels(words, small)] == [True, False]
        assert all(place_labels(words, small, must=True))

    def test_anchors_arabic_words_by_the_edge_that_reading_ends_at(self) -> None:
        def anchor(direction: str) -> str:
            [label] = place_labels([("word", 50, 50)], Lettering(8, 3, direction, 100, 100))  # type: ignore[arg-type]
            assert label
            return label.anchor

        assert (anchor("ltr"), anchor("rtl")) == ("start", "end")


class TestComponent:
    @pytest.mark.parametrize(
        ("language", "number", "country"), [("en", "1", "Jordan"), ("ar", "١", "الأردن"), ("ckb", "١", "ئوردن")]
    )
    def test_speaks_the_language_and_leads_to_the_rows(self, language: Language, number: str, country: str) -> None:
        drawn = draw_map([TREBIL, NOWHERE], language=language, address_of=lambda one: f"#place-{one}")
        component = rendered("_map.html", language, map=drawn, id="map", title="Places & points")

        [link] = component.iter("a")
        assert link.get("href") == "#place-trebil"
        assert link.get("aria-label") == f"{number}. {TREBIL.name.get(language)}"
        assert country in words_of(component)
        assert component.find(".//svg").get("role") == "group"  # type: ignore[union-attr]

    def test_is_one_image_where_nothing_in_it_is_a_link(self) -> None:
        component = rendered("_map.html", "en", map=draw_map([TREBIL], language="en"), id="map", title="Places")

        assert component.find(".//svg").get("role") == "img"  # type: ignore[union-attr]
        assert not list(component.iter("a"))

    def test_says_what_its_marks_and_boundaries_mean(self) -> None:
        said = words_of(rendered("_map.html", "en", map=draw_map([TREBIL], language="en"), id="m", title="Places"))

        assert "Hollow marks are approximate" in said
        assert "Diamonds" not in said
        assert "do not imply any opinion" in said

    def test_shows_nothing_where_nothing_can_be_drawn(self) -> None:
        assert markup("_map.html", "en", map=draw_map([NOWHERE], language="en"), id="m", title="P").strip() == ""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_with_all_shipped_places_weighs_12_kilobytes_at_most(self, language: Language) -> None:
        drawn = draw_map(shipped_places(), language=language, address_of=lambda one: f"/{language}/places/{one}/")
        text = markup("_map.html", language, map=drawn, id="map", title="Places")

        assert weight_of(text) <= 12_000
        assert " style=" not in text
        assert sheet().iraq in text
