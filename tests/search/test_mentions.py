"""What current editions name, as publishing and withdrawing keep it."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.participants import Participation
from agreements.search.mentions import note_missing_mentions
from agreements.search.thing_models import ComingDate, Mention, MentionCount, NotedEdition, Thing
from agreements.search.things import agreements_naming, list_things, thing_named
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import MentionRole, ThingKind
from tests.conftest import NOON
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

REASON = LocalisedText(en="Published by mistake.")


@pytest.fixture(scope="module")
def published(one_for_all_tests: None) -> Agreement:
    agreement = first_agreement()
    publish(agreement, at=NOON)
    return agreement


def a_party() -> Thing:
    return Mention.objects.filter(role=MentionRole.PARTY).order_by("thing__key")[0].thing


class TestNoteMentions:
    def test_keeps_each_role_once_and_what_is_above(self, published: Agreement) -> None:
        parties = set(Mention.objects.filter(role=MentionRole.PARTY).values_list("thing__key", flat=True))

        assert parties == {one.organization.key for one in published.participations.filter(role="party")}
        assert Mention.objects.filter(role=MentionRole.FUNDER).count() == 4
        assert Thing.objects.filter(kind=ThingKind.ORGANIZATION, mentions=None).exists()  # parents of bodies

    def test_puts_the_next_edition_in_the_place_of_the_one_before(self, published: Agreement, noon: datetime) -> None:
        gone = published.participations.filter(role="funder")[0]
        name = gone.organization.key
        published.funding.filter(funder=gone.organization).delete()
        Participation.objects.filter(pk=gone.pk).delete()

        second = publish(Agreement.objects.get(), at=noon)

        assert set(Mention.objects.values_list("sequence", flat=True)) == {second.entry_id}
        assert thing_named(ThingKind.ORGANIZATION, name) is None
        assert set(MentionCount.objects.values_list("agreements", flat=True)) == {1}

    def test_nothing_is_left_of_what_is_withdrawn(self, published: Agreement, reviewer: User, noon: datetime) -> None:
        withdraw_agreement(published.pk, by=reviewer, at=noon, reason=REASON)

        for model in (Thing, Mention, MentionCount, ComingDate, NotedEdition):
            assert not model._default_manager.exists(), model


class TestNoteMissingMentions:
    def test_notes_what_is_missing_and_forgets_what_is_gone(self, published: Agreement) -> None:
        expected = set(Mention.objects.values_list("thing__key", "role"))
        Thing.objects.all().delete()
        NotedEdition.objects.update(register_number="MOC-9999")

        assert note_missing_mentions() == 1
        assert note_missing_mentions() == 0
        assert set(Mention.objects.values_list("thing__key", "role")) == expected
        assert NotedEdition.objects.get().register_number == published.register_number


class TestListThings:
    @pytest.mark.parametrize("query", ["iom", "INTERNATIONAL organization", "المنظمه الدوليه", "کۆچ"])
    def test_finds_a_name_in_any_language_and_spelling(self, published: Agreement, query: str) -> None:
        found = list_things(ThingKind.ORGANIZATION, language="en", query=query).things

        assert any("International Organization for Migration" in (one.thing.name.en or "") for one in found)

    def test_goes_on_behind_the_last_one(self, published: Agreement) -> None:
        everything = [one.thing.key for one in list_things(ThingKind.ORGANIZATION, language="ckb").things]

        rest = list_things(ThingKind.ORGANIZATION, language="ckb", after=everything[2]).things

        assert [one.thing.key for one in rest] == everything[3:]

    def test_counts_agreements_once_however_many_roles(self, published: Agreement) -> None:
        listed = {one.thing.key: one for one in list_things(ThingKind.ORGANIZATION, language="en").things}
        one = listed[a_party().key]

        assert (one.agreements, one.as_party) == (1, 1)


class TestAgreementsNaming:
    def test_groups_roles_and_narrows_to_one(self, published: Agreement) -> None:
        thing = Thing.objects.get(key="iom-iraq")

        [naming] = agreements_naming(thing).editions

        assert {MentionRole.PARTY, MentionRole.SPEAKER} <= set(naming.roles)
        assert agreements_naming(thing, role=MentionRole.WITNESS).editions == ()
        assert agreements_naming(thing, before=naming.edition.entry_id).editions == ()

    def test_asks_the_same_number_of_questions_however_many_there_are(
        self, published: Agreement, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        thing = a_party()
        Mention.objects.bulk_create(
            Mention(thing=thing, role=MentionRole.PARTY, register_number=f"MOC-{n}", sequence=n + 1000)
            for n in range(50)
        )

        with django_assert_num_queries(2):
            assert agreements_naming(thing).next_before is not None
