"""Corrections that the other side proposes, as a person without an account types them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from agreements.publishing.links import MadeLink
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import Correction
from tests.other_side import address, ask, confirm, inputs, propose, send, state_of

pytestmark = pytest.mark.django_db


def target(draft: Agreement, name: str) -> str:
    return f"agreement:{draft.pk}:{name}"


class TestCorrections:
    def test_only_what_was_changed_becomes_a_correction(self, made: MadeLink, draft: Agreement) -> None:
        answer = propose(made, {target(draft, "title_en"): "A better title", "remark": "The annex is missing."})

        rows = {one.target: (one.before, one.proposed) for one in Correction.objects.all()}
        assert answer.status_code == 302
        assert rows == {
            target(draft, "title_en"): ("A title that nobody has seen", "A better title"),
            "": ("", "The annex is missing."),
        }
        entry = draft.timeline.latest("pk")
        assert (entry.kind, entry.note) == ("corrected", "The annex is missing.")
        assert "Hana Karim" in entry.by_name

    def test_a_form_sent_back_as_it_was_proposes_nothing(self, made: MadeLink) -> None:
        answer = propose(made, {})

        assert answer.status_code == 400
        assert "Nothing is changed yet" in answer.content.decode()
        assert state_of(made).answer == ""

    def test_what_a_date_can_not_be_is_said_at_the_field_with_all_that_was_typed(
        self, made: MadeLink, draft: Agreement
    ) -> None:
        date = f"dates:{draft.dates.get().pk}:date"

        answer = propose(made, {date: "last spring", "remark": "All that I had to say."})

        page = answer.content.decode()
        assert answer.status_code == 400
        assert "last spring" in page
        assert "All that I had to say." in page
        assert "Write the date as year-month-day" in page
        assert not Correction.objects.exists()

    def test_what_is_wrong_in_the_record_itself_is_no_hindrance(self, made: MadeLink, draft: Agreement) -> None:
        draft.contacts.update(email="not an address")

        assert propose(made, {"remark": "Fine otherwise."}).status_code == 302

    def test_leaves_out_what_the_record_changed_by_itself(
        self, made: MadeLink, draft: Agreement, client: Client
    ) -> None:
        sent = inputs(made)
        Agreement.objects.filter(pk=draft.pk).update(summary_en="A new summary")

        send(client, address(made, "corrections/"), {**sent, target(draft, "title_en"): "A better title"})

        assert [one.target for one in Correction.objects.all()] == [target(draft, "title_en")]

    def test_through_a_new_link_take_back_what_the_person_proposed_before_and_is_still_open(
        self, made: MadeLink, draft: Agreement, editor: User
    ) -> None:
        propose(made, {target(draft, "title_en"): "A better title", "remark": "A remark"})
        again = ask(draft, by=editor, at=timezone.now())
        assert inputs(again)[target(draft, "title_en")] == "A better title"

        propose(again, {"remark": "Another remark"})

        states = set(Correction.objects.values_list("target", "proposed", "state"))
        assert (target(draft, "title_en"), "A better title", "open") in states
        assert ("", "A remark", "taken_back") in states
        assert ("", "Another remark", "open") in states

    def test_are_taken_back_by_confirming_through_a_new_link(
        self, made: MadeLink, draft: Agreement, editor: User
    ) -> None:
        propose(made, {"remark": "A remark"})

        confirm(ask(draft, by=editor, at=timezone.now()))

        assert Correction.objects.get().state == "taken_back"

    def test_of_another_party_stay(self, made: MadeLink, draft: Agreement, editor: User) -> None:
        propose(made, {"remark": "A remark"})
        other = ask(draft, by=editor, at=timezone.now(), party=1)
        assert inputs(other)["remark"] == ""

        confirm(other)

        assert Correction.objects.get().state == "open"

    def test_never_ask_for_what_stays_at_the_desk(self, made: MadeLink, draft: Agreement) -> None:
        hidden = draft.contacts.create(name_en="A private person", is_public=False)
        shown = draft.contacts.exclude(pk=hidden.pk).get()
        shown.is_public = True
        shown.save()

        names = inputs(made).keys()

        assert f"contacts:{shown.pk}:email" in names
        assert not [name for name in names if f"contacts:{hidden.pk}" in name]
        assert not [name for name in names if name.endswith((":unconfirmed", ":is_public", ":change_note_en", ":file"))]

    def test_what_is_no_field_of_the_record_is_left_out(self, made: MadeLink, draft: Agreement) -> None:
        hidden = {target(draft, "working_state"): "approved", "agreement:999999:title_en": "Other"}

        propose(made, {**hidden, "remark": "Yes"})

        assert [one.target for one in Correction.objects.all()] == [""]

    @pytest.mark.parametrize("seen", ["", "forged"])
    def test_without_what_was_shown_are_refused_with_all_that_was_typed(self, made: MadeLink, seen: str) -> None:
        answer = propose(made, {"seen": seen, "remark": "All that I had to say."})

        assert answer.status_code == 400
        assert "All that I had to say." in answer.content.decode()

    def test_queries_do_not_grow_with_the_record(
        self, made: MadeLink, draft: Agreement, client: Client, django_assert_max_num_queries: object
    ) -> None:
        for number in range(15):
            draft.activities.create(title_en=f"Activity {number}")

        with django_assert_max_num_queries(60):  # type: ignore[operator]  # pytest-django's
            client.get(address(made, "corrections/"))
