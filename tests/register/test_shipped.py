"""The record that the portal opens on, as its sources state it."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from agreements.editions.models import Edition
from agreements.editions.queries import current_editions
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Framework, Organization, OrganizationAlias, Place
from agreements.register.shipped import load_directories
from tests.published import first_agreement

pytestmark = pytest.mark.django_db


class TestLoadDirectories:
    """The test database was given them when it was made."""

    def test_has_the_23_objectives_of_the_global_compact(self) -> None:
        compact = Framework.objects.get(identifier__contains="73/195")
        assert [int(one.code) for one in compact.objectives.order_by("position")] == list(range(1, 24))

    def test_leaves_places_without_coordinates_as_they_are(self) -> None:
        assert Place.objects.filter(latitude__isnull=True).exists()
        assert not Place.objects.filter(latitude__isnull=True).exclude(precision="not_stated").exists()
        assert not Place.objects.filter(latitude__isnull=False, coordinate_source="").exists()

    def test_knows_the_commission_by_its_other_names(self) -> None:
        names = OrganizationAlias.objects.filter(organization__name_en="Commission of Border Crossing Points")
        assert names.count() >= 4

    def test_never_touches_what_staff_changed(self) -> None:
        Organization.objects.filter(country="CA").update(name_en="Canada, as staff write it")

        assert load_directories() == 0
        assert Organization.objects.filter(name_en="Canada, as staff write it").exists()


class TestLoadFirstAgreement:
    def test_states_what_the_source_states(self) -> None:
        agreement = first_agreement()

        assert [(one.kind, one.date, f"{one.time:%H:%M}") for one in agreement.dates.all()] == [
            ("announced", "2021-02-05", "20:08")
        ]
        assert [one.organization.country for one in agreement.participations.filter(role="funder")][:3] == [
            "US", "CA", "AU",
        ]  # fmt: skip
        assert agreement.participations.filter(role="party").count() == 2
        assert agreement.statements.count() == 2
        assert {one.form for one in agreement.statements.all()} == {"reported"}
        assert agreement.contacts.get().telephone == "+964 751 402 2811"

    def test_leaves_unknown_what_the_source_does_not_say(self) -> None:
        agreement = first_agreement()

        assert agreement.signatories.count() == 0
        assert agreement.legal_character == "not_stated"
        assert {one.disclosure for one in agreement.funding.all()} == {"not_stated"}
        assert {one.status for one in agreement.activities.all()} == {"not_stated"}
        assert (agreement.duration_en, agreement.renewal_en, agreement.termination_en) == ("", "", "")

    def test_is_written_in_the_three_languages(self) -> None:
        agreement = first_agreement()
        written = [(agreement, ("title", "summary", "purpose")), (agreement.announcement, ("headline", "text"))]
        written += [(one, ("speaker", "capacity", "text")) for one in agreement.statements.all()]  # type: ignore[misc]
        written += [(one, ("title",)) for one in agreement.activities.all()]  # type: ignore[misc]

        for row, stems in written:
            for stem in stems:
                assert all(getattr(row, f"{stem}_{language}") for language in ("en", "ar", "ckb")), (row, stem)


class TestCommand:
    def test_publishes_it_once(self) -> None:
        call_command("load_first_agreement", stdout=StringIO())
        said = StringIO()
        call_command("load_first_agreement", stdout=said)

        assert Edition.objects.count() == current_editions().count() == 1
        assert "nothing to do" in said.getvalue()

    def test_leaves_nobody_who_can_log_in(self) -> None:
        call_command("load_first_agreement", stdout=StringIO())

        assert not [user for user in User.objects.all() if user.is_active or user.has_usable_password()]

    def test_leaves_a_register_alone_that_holds_something(self) -> None:
        Agreement.objects.create(title_en="Ours", kind="protocol")
        call_command("load_first_agreement", stdout=StringIO())

        assert Agreement.objects.count() == 1
        assert not Edition.objects.exists()
