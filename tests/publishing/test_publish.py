"""Publishing: what becomes an edition, and what is refused."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import current_edition, withdrawal_of
from agreements.publishing.errors import (
    ContentIncomplete,
    FourEyes,
    NothingToPublish,
    NothingToWithdraw,
    ReasonMissing,
    WrongState,
)
from agreements.publishing.publish import publish_edition
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.publishing.snapshot import build_content
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db


class TestPublishEdition:
    def test_freezes_the_first_agreement_as_edition_one(self, noon: datetime) -> None:
        edition = publish(first_agreement(), at=noon)

        assert (edition.number, edition.entry.sequence) == (1, 1)
        assert len(edition.content.parties) == 2
        assert len(edition.content.funders) == 4

    def test_refuses_a_draft_and_writes_nothing(self, reviewer: User, noon: datetime) -> None:
        with pytest.raises(WrongState):
            publish_edition(first_agreement().pk, by=reviewer, at=noon)

        assert not LogEntry.objects.exists()

    def test_refuses_what_the_public_has_already(self, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)

        with pytest.raises(NothingToPublish):
            publish(agreement, at=noon)

        assert Edition.objects.count() == 1

    def test_keeps_the_older_edition_as_it_was(self, noon: datetime) -> None:
        agreement = first_agreement()
        first = publish(agreement, at=noon)
        Agreement.objects.filter(pk=agreement.pk).update(title_en="A", title_ar="أ", title_ckb="ئ")

        second = publish(agreement, at=noon)

        assert second.number == 2
        assert Edition.objects.get(number=1).content == first.content
        assert current_edition(agreement.register_number) == second

    def test_leaves_internal_contacts_out(self) -> None:
        agreement = first_agreement()
        agreement.contacts.update(is_public=False)

        assert build_content(Agreement.objects.get(pk=agreement.pk)).contacts == ()


class TestReview:
    def test_who_submitted_cannot_approve(self, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        submit_agreement(agreement.pk, by=reviewer, at=noon)

        with pytest.raises(FourEyes):
            approve_agreement(agreement.pk, by=reviewer, at=noon)

    def test_an_incomplete_record_is_refused_with_all_that_is_missing(self, editor: User, noon: datetime) -> None:
        agreement = first_agreement()
        Agreement.objects.filter(pk=agreement.pk).update(title_ar="", summary_ckb="")

        with pytest.raises(ContentIncomplete) as refusal:
            submit_agreement(agreement.pk, by=editor, at=noon)

        assert [str(problem) for problem in refusal.value.problems] == [
            "The title is missing in Arabic: write it.",
            "The summary is missing in Central Kurdish: write it.",
        ]

    def test_dates_that_contradict_each_other_are_refused(self, editor: User, noon: datetime) -> None:
        agreement = first_agreement()
        source = agreement.sources.get()
        agreement.dates.create(kind="in_force", date="2021-03", source=source)
        agreement.dates.create(kind="planned_end", date="2020", source=source)

        with pytest.raises(ContentIncomplete) as refusal:
            submit_agreement(agreement.pk, by=editor, at=noon)

        assert [problem.code for problem in refusal.value.problems] == ["dates_out_of_order"]


class TestWithdrawAgreement:
    def test_takes_it_from_the_public_and_deletes_nothing(self, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)

        withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        assert current_edition(agreement.register_number) is None
        assert Edition.objects.count() == 1

    def test_ends_when_it_is_published_again(self, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)
        withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        again = publish(agreement, at=noon)

        assert again.number == 2
        assert withdrawal_of(agreement.register_number) is None

    def test_wants_a_reason(self, reviewer: User, noon: datetime) -> None:
        with pytest.raises(ReasonMissing):
            withdraw_agreement(first_agreement().pk, by=reviewer, at=noon, reason=LocalisedText())

    def test_refuses_what_was_never_public(self, reviewer: User, noon: datetime) -> None:
        with pytest.raises(NothingToWithdraw):
            withdraw_agreement(first_agreement().pk, by=reviewer, at=noon, reason=LocalisedText(en="Why not."))
