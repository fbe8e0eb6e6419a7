"""Submitting, approving and publishing many agreements: looked through first, each judged by the usual rules."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from agreements.editions.models import Edition
from agreements.register.models.agreements import Agreement
from tests.people import make_user
from tests.staff.desk import client_of
from tests.staff.test_imports import run_jobs

pytestmark = pytest.mark.django_db

LIST = "/en/admin/agreements/agreement/"


@pytest.fixture
def agreements(shipped_draft: int, db: None) -> list[Agreement]:
    """One that is ready but for warnings, and one that lacks nearly everything."""
    lacking = Agreement.objects.create(kind="protocol", title_en="Lacks a summary")
    return [Agreement.objects.get(pk=shipped_draft), lacking]


def choose(client: Client, act: str, agreements: list[Agreement]) -> str:
    """Tick the agreements in the list and choose the act; the page that is shown before anything happens."""
    sent = {"action": f"{act}_together", "_selected_action": [one.pk for one in agreements]}
    return client.post(LIST, sent).content.decode()


def act(user: User, name: str, agreements: list[Agreement], **typed: str) -> str:
    client = client_of(user)
    page = client.post(LIST, {"action": f"{name}_together", "_selected_action": [one.pk for one in agreements]})
    form = page.context["form"]
    sent = {"act": name, "agreements": form.initial["agreements"], "reason": "", **typed}
    done = client.post(reverse("admin:together"), sent)
    run_jobs()
    return client.get(done["Location"]).content.decode()


class TestTogether:
    def test_leads_many_to_the_public_with_four_eyes_and_says_why_not(
        self, agreements: list[Agreement], editor: User, reviewer: User
    ) -> None:
        ready, lacking = agreements
        shown = choose(client_of(editor), "submit", agreements)
        assert "The summary is missing in English: write it." in shown
        assert ready.working_state == "draft"

        submitted = act(editor, "submit", agreements)
        own = act(make_user("reviewer"), "approve", [ready])
        approved = act(reviewer, "approve", [ready], reason="No source states it.")
        published = act(reviewer, "publish", [ready])

        assert "Done: 1 agreement." in submitted
        assert "Refused: 1" in submitted
        assert "Warnings stand" in own
        assert "Done: 1 agreement." in approved
        assert "Done: 1 agreement." in published
        assert Edition.objects.get().register_number == ready.register_number
        lacking.refresh_from_db()
        assert lacking.working_state == "draft"

    def test_refuses_who_edited_last_and_what_was_edited_meanwhile(
        self, agreements: list[Agreement], editor: User, reviewer: User
    ) -> None:
        ready = agreements[0]
        act(editor, "submit", [ready])
        Agreement.objects.filter(pk=ready.pk).update(last_edited_by=reviewer)
        client = client_of(reviewer)
        page = client.post(LIST, {"action": "approve_together", "_selected_action": [ready.pk]})
        seen = page.context["form"].initial["agreements"]

        own = act(reviewer, "approve", [ready], reason="So it is.")
        Agreement.objects.filter(pk=ready.pk).update(revision=9)
        late = client.post(reverse("admin:together"), {"act": "approve", "agreements": seen, "reason": ""})
        run_jobs()

        assert "ask another reviewer" in own
        assert "edited after you opened this page" in client.get(late["Location"]).content.decode()
        assert not ready.accepted_warnings.exists()

    @pytest.mark.parametrize("name", ["submit", "approve", "publish"])
    def test_is_offered_to_those_only_who_may_do_it_to_one(self, agreements: list[Agreement], name: str) -> None:
        may = {"submit": "editor", "approve": "reviewer", "publish": "reviewer"}[name]
        pairs = f"{agreements[0].pk}:{agreements[0].revision}"
        for role in ("editor", "reviewer", "auditor", "administrator"):
            client = client_of(make_user(role))
            answer = client.post(reverse("admin:together"), {"act": name, "agreements": pairs, "reason": ""})
            assert (answer.status_code == 302) == (role == may), role
            assert (f"{name}_together" in client.get(LIST).content.decode()) == (role == may), role

    @pytest.mark.parametrize("pairs", ["", "x", "1", "1:1;2:2", "1:1," * 5000, "\0"])
    def test_takes_no_odd_list(self, editor: User, pairs: str) -> None:
        answer = client_of(editor).post(reverse("admin:together"), {"act": "submit", "agreements": pairs, "reason": ""})

        assert answer.status_code == 404
