"""What the portal ships with that belongs to no agreement."""

import pytest

from agreements.publishing import snapshot_parts
from agreements.reference.boundaries import boundaries, governorates
from agreements.reference.frameworks import shipped_framework, shipped_frameworks
from agreements.reference.places import shipped_place, shipped_places
from agreements.register.models.directories import Objective, Place


@pytest.mark.django_db
class TestShippedPlaces:
    def test_say_what_an_edition_would_say_of_them(self) -> None:
        for row in Place.objects.all():
            content, shipped = snapshot_parts.place(row), shipped_place(row.key)
            assert shipped is not None
            assert all(getattr(shipped, name) == value for name, value in content), row.key

    def test_lie_in_governorates_that_are_known(self) -> None:
        assert {one.governorate for one in shipped_places()} <= set(governorates())

    def test_that_are_not_shipped_are_none(self) -> None:
        assert shipped_place("atlantis") is None


@pytest.mark.django_db
class TestShippedFrameworks:
    def test_call_their_objectives_as_editions_do(self) -> None:
        in_editions = {snapshot_parts.objective_name(one).id for one in Objective.objects.select_related("framework")}

        assert {goal.id for one in shipped_frameworks() for goal in one.objectives} == in_editions
        assert {"gcm/11", "sdg/8.7"} <= in_editions

    def test_find_an_objective_by_its_number(self) -> None:
        compact = shipped_framework("gcm")

        assert compact is not None
        assert len(compact.objectives) == 23
        assert compact.objective("23") is compact.objectives[-1]
        assert compact.objective("24") is None
        assert shipped_framework("none") is None


class TestBoundaries:
    def test_close_every_ring_within_the_frame(self) -> None:
        rings = [ring for country in boundaries().countries for ring in country.rings]

        assert {one.code for one in boundaries().countries} == {"IQ", "SY", "TR", "IR", "SA", "KW", "JO"}
        assert all(ring[0] == ring[-1] for ring in rings)
        assert all(36 <= x <= 51.01 and 27.5 <= y <= 39.51 for ring in rings for x, y in ring)

    def test_draw_each_line_between_governorates_once(self) -> None:
        lines = boundaries().inner_lines

        assert len(lines) == len(set(lines)) == 40
        assert len(governorates()) == 18
