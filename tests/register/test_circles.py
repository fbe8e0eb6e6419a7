"""Chains that lead back to their beginning: refused by forms with the way, by the database whoever writes."""

import threading
from contextlib import suppress
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.register.chains import parent_circle, relation_circle
from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.register.models.directories import Organization


def agreements(number: int) -> list[Agreement]:
    return [Agreement.objects.create(title_en=f"Agreement {one}", kind="protocol") for one in range(number)]


def relate(first: Agreement, second: Agreement, kind: str = "part_of") -> AgreementRelation:
    return AgreementRelation.objects.create(agreement=first, other=second, kind=kind)


def body(name: str, parent: Organization | None = None) -> Organization:
    return Organization.objects.create(key=name.lower(), name_en=name, kind="other", parent=parent)


@pytest.mark.django_db
class TestRelations:
    @pytest.mark.parametrize("kind", ["part_of", "implements", "supersedes", "amends", "renews"])
    @pytest.mark.parametrize("length", [3, 6])
    def test_never_close_a_circle_of_one_kind(self, kind: str, length: int) -> None:
        chain = agreements(length)
        for first, second in pairwise(chain):
            relate(first, second, kind)

        assert relation_circle(chain[-1].pk, kind=kind, other_id=chain[0].pk) == [one.pk for one in chain]
        with pytest.raises(IntegrityError, match="lead back"), transaction.atomic():
            relate(chain[-1], chain[0], kind)

    def test_of_different_kinds_may_cross(self) -> None:
        first, second, third = agreements(3)
        relate(first, second, "implements")
        relate(second, third, "implements")

        assert relation_circle(third.pk, kind="amends", other_id=first.pk) == []
        relate(third, first, "amends")

    def test_are_held_in_sql_when_one_is_turned(self) -> None:
        first, second, third = agreements(3)
        relate(first, second)
        relate(second, third)
        other = relate(third, first, "amends")

        with pytest.raises(IntegrityError, match="lead back"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_agreementrelation SET kind = 'part_of' WHERE id = %s", [other.pk])


@pytest.mark.django_db
class TestParents:
    def test_never_close_a_circle(self) -> None:
        top = body("Top")
        middle = body("Middle", top)
        bottom = body("Bottom", middle)

        assert parent_circle(top.pk, parent_id=bottom.pk) == [bottom.pk, middle.pk, top.pk]
        top.parent = bottom
        with pytest.raises(IntegrityError, match="lead back"), transaction.atomic():
            top.save()

    def test_may_change_otherwise(self) -> None:
        top = body("Top")
        bottom = body("Bottom", body("Middle", top))
        bottom.parent = top
        bottom.save()

        assert Organization.objects.get(pk=bottom.pk).parent == top


class TestTwoAtOnce:
    def test_cannot_close_a_circle_from_both_ends(self, committed_db: str) -> None:
        first, second, third = agreements(3)
        relate(first, second)
        ready = threading.Barrier(2)

        def write(start: Agreement, end: Agreement) -> None:
            with suppress(IntegrityError), transaction.atomic():
                ready.wait(timeout=30)
                relate(start, end)
            connection.close()

        writers = [threading.Thread(target=write, args=pair) for pair in ((second, third), (third, first))]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert AgreementRelation.objects.count() == 2
