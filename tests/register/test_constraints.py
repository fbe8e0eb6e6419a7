"""What the database refuses, whoever writes it: here in SQL, behind Django's back."""

import pytest
from django.db import DatabaseError, connection, transaction

from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.register.models.directories import Organization
from agreements.register.numbers import next_register_number
from tests.published import first_agreement

pytestmark = pytest.mark.django_db

REFUSED = {
    "a day that the calendar does not have": (
        "UPDATE agreements_agreementdate SET date = '2021-02-30', time = NULL", "2021-02-30"),
    "a date in words": ("UPDATE agreements_agreementdate SET date = 'spring', time = NULL", "partial_date"),
    "a time without a day": ("UPDATE agreements_agreementdate SET date = '2021-02'", "agreement_time_needs_day"),
    "a second date of one kind": (
        """INSERT INTO agreements_agreementdate (agreement_id, kind, date, note_en, note_ar, note_ckb, unconfirmed)
           SELECT agreement_id, kind, '2022', '', '', '', false FROM agreements_agreementdate""",
        "agreement_date_kind_once",
    ),
    "another register number": ("UPDATE agreements_agreement SET register_number = 'MOC-9999'", "Cannot update"),
    "an agreement without a title": (
        "UPDATE agreements_agreement SET title_en = '', title_ar = '', title_ckb = ''", "agreement_has_title"),
    "an unknown kind": ("UPDATE agreements_agreement SET kind = 'treaty'", "agreement_kind"),
    "approval by nobody": (
        "UPDATE agreements_agreement SET working_state = 'approved', approved_by_id = NULL",
        "agreement_approval_names_who"),
    "an amount that is not stated": (
        "UPDATE agreements_funding SET amount = 5, currency = 'USD'", "funding_amount_only_where_stated"),
    "a stated amount without currency": (
        "UPDATE agreements_funding SET disclosure = 'stated', amount = 5", "funding_amount_only_where_stated"),
    "an amount below nothing": (
        "UPDATE agreements_funding SET disclosure = 'stated', amount = -5, currency = 'USD'",
        "funding_amount_only_where_stated"),
    "funding that ends before it starts": (
        """UPDATE agreements_funding SET start = '2022', "end" = '2021-12'""", "funding_period_in_order"),
    "an activity that ends before it starts": (
        """UPDATE agreements_activity SET start = '2022-05', "end" = '2022-04-30'""", "activity_period_in_order"),
    "a party that acts through itself": (
        "UPDATE agreements_participation SET acting_through_id = organization_id", "participation_not_through_itself"),
    "a verbatim quotation without a source": (
        "UPDATE agreements_statement SET form = 'verbatim', source_id = NULL", "statement_verbatim_names_source"),
    "coordinates without their precision": (
        "UPDATE agreements_place SET latitude = 33, longitude = 44, precision = 'not_stated'", "place_coordinates"),
    "half a coordinate": (
        "UPDATE agreements_place SET latitude = 33, longitude = NULL, precision = 'exact'", "place_coordinates"),
    "a precision of nothing": (
        "UPDATE agreements_place SET latitude = NULL, longitude = NULL, precision = 'exact'", "place_coordinates"),
    "a latitude beyond the pole": (
        "UPDATE agreements_place SET latitude = 91, longitude = 44, precision = 'exact'", "place_coordinates"),
    "an organisation that is part of itself": (
        "UPDATE agreements_organization SET parent_id = id", "organization_not_own_parent"),
    "another key for an organisation": ("UPDATE agreements_organization SET key = key || '-2'", "Cannot update"),
    "an organisation that is still named": ("DELETE FROM agreements_organization", "foreign key"),
    "a history rewritten": ("UPDATE agreements_agreementevent SET title_en = 'As if'", "Cannot update"),
    "a history forgotten": ("DELETE FROM agreements_agreementevent", "Cannot update or delete"),
}  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize("what", REFUSED)
    def test_in_sql(self, what: str) -> None:
        first_agreement()
        statement, by = REFUSED[what]

        with pytest.raises(DatabaseError, match=by):
            _execute(statement)


def _execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()


class TestRelations:
    @pytest.mark.parametrize("kind", ["amends", "supersedes"])
    def test_are_recorded_once_between_two_whichever_side_says_it(self, kind: str) -> None:
        first, second = (Agreement.objects.create(title_en=title, kind="protocol") for title in ("One", "Two"))
        AgreementRelation.objects.create(agreement=first, other=second, kind=kind)

        with pytest.raises(DatabaseError), transaction.atomic():
            AgreementRelation.objects.create(agreement=second, other=first, kind=kind)

    def test_lead_to_another_agreement(self) -> None:
        agreement = Agreement.objects.create(title_en="One", kind="protocol")

        with pytest.raises(DatabaseError), transaction.atomic():
            AgreementRelation.objects.create(agreement=agreement, other=agreement, kind="amends")


class TestRegisterNumbers:
    def test_have_one_shape(self) -> None:
        with pytest.raises(DatabaseError, match="agreement_register_number"), transaction.atomic():
            Agreement.objects.create(title_en="One", kind="protocol", register_number="MOC-1")

    def test_are_never_given_again(self) -> None:
        given = next_register_number()
        agreement = Agreement.objects.create(title_en="One", kind="protocol")
        number = agreement.register_number
        agreement.delete()

        later = Agreement.objects.create(title_en="Two", kind="protocol").register_number
        assert given < number < later

    def test_survive_what_is_rolled_back(self) -> None:
        with transaction.atomic():
            lost = next_register_number()
            transaction.set_rollback(True)

        assert next_register_number() > lost


class TestHistory:
    def test_keeps_what_was_changed_in_sql(self) -> None:
        first_agreement()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_organization SET website = 'https://example.org/' WHERE country = 'CA'")

        newest = Organization.objects.get(country="CA").events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
        assert newest.website == "https://example.org/"
