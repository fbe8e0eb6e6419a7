"""Every address of the desk against every role and state: what is not named here is allowed to nobody."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from agreements.editions.models import Edition
from agreements.publishing.workflow import TRANSITIONS
from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.register.models.editorial import ReviewComment
from agreements.register.models.other_side import PartyLink, SealLink
from agreements.staff.desk import PAGES_OF_ONES_OWN
from agreements.staff.pages import PAGES
from agreements.summaries.others.models import OtherSeal
from agreements.vocabulary.kinds import WorkingState
from tests.conftest import NOON
from tests.databases import undone
from tests.other_seals import Office, download, send
from tests.other_seals import ask as ask_for_seal
from tests.other_side import ask
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.reports import reported
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

STAFF = ("editor", "reviewer", "auditor", "administrator")
ALL, EDITORS, ADMINISTRATORS = frozenset(STAFF), frozenset({"editor"}), frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()

RECORD = {"agreement", "activity", "document", "organization", "place", "framework", "objective", "principle", "source"}
PUBLISHED = {"edition", "logentry", "summary"}
PEOPLE = {"user", "group"}

READ = {"changelist": ALL, "history": ALL, "change": ALL}
WRITE = ("add", "delete", "save")
READERS_OF_PEOPLE = frozenset({"auditor", "administrator"})
READERS_OF_REPORTS = frozenset({"editor", "reviewer", "auditor"})

MODEL_PAGES: dict[str, dict[str, frozenset[str]]] = {
    **{name: {**READ, **dict.fromkeys(WRITE, EDITORS)} for name in RECORD},
    **{name: {**READ, **dict.fromkeys(WRITE, NOBODY)} for name in PUBLISHED},
    "report": {**dict.fromkeys(READ, READERS_OF_REPORTS), **dict.fromkeys(WRITE, NOBODY)},
    **{name: {**dict.fromkeys(READ, READERS_OF_PEOPLE), **dict.fromkeys(WRITE, ADMINISTRATORS)} for name in PEOPLE},
}
"""Who may open a model's page, and who may send its form ("save")."""

OWN_PAGES = {
    "review": ALL,
    "difference": ALL,
    "preview": ALL,
    "preview_summary": ALL,
    "ask": {"editor", "reviewer"},
    "revoke": {"editor", "reviewer"},
    "accept_corrections": EDITORS,
    "decline_corrections": EDITORS,
    "comment": {"editor", "reviewer"},
    "settle": {"editor", "reviewer"},
    "accept": {"reviewer"},
    "ask_seal": {"editor", "reviewer"},
    "revoke_seal": {"editor", "reviewer"},
    "seal": ALL,
    "seal_file": ALL,
    "accept_seal": {"reviewer"},
    "decline_seal": {"reviewer"},
    "submit": EDITORS,
    "claim": {"reviewer"},
    "release": {"reviewer"},
    "approve": {"reviewer"},
    "return": {"reviewer"},
    "publish": {"reviewer"},
    "schedule": {"reviewer"},
    "unschedule": {"reviewer"},
    "withdraw": {"reviewer"},
}

DESK_PAGES = {
    "key_dates": ALL,
    "my_settings": ALL,
    "make_calendar": ALL,
    "revoke_calendar": ALL,
    "deliveries": ALL,
    "bring_in_edition": {"editor"},
    "bring_in_iati": {"editor"},
}
"""Pages about no row in particular: most are for whoever may read agreements, some for who may write them."""

STARTS_FROM = {
    "submit": {"draft", "changes_requested", "published", "withdrawn"},
    "claim": {"in_review"},
    "release": {"in_review"},
    "approve": {"in_review"},
    "return": {"in_review", "approved", "scheduled"},
    "publish": {"approved", "scheduled"},
    "schedule": {"approved", "scheduled"},
    "unschedule": {"scheduled"},
    "withdraw": set(WorkingState.values),
}
"""The table of transitions once more, by hand: a change there has to be meant."""


@pytest.fixture(scope="module")
def published(one_for_all_tests: None) -> int:
    """Published, with a reader's report, a comment and a link for a party, so that every page has something to show."""
    agreement = first_agreement()
    reported(publish(agreement, at=NOON), at=NOON)
    ReviewComment.objects.create(
        agreement=agreement, section="titles", text="A remark", by=make_user("reviewer"), at=NOON
    )
    ask(agreement, by=make_user("editor"), at=NOON)
    seal_by_link(agreement)
    return agreement.pk


def seal_by_link(agreement: Agreement) -> None:
    """A party was asked to seal, and did."""
    made = ask_for_seal(agreement, by=make_user("editor"), at=timezone.now())
    assert send(made, Office().sign_pdf(download(made))).status_code == 302


@pytest.fixture
def agreement(published: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=published)


def own_address(agreement: Agreement, name: str) -> str:
    one = {"settle": ReviewComment, "revoke": PartyLink, "revoke_seal": SealLink}.get(name)
    one = OtherSeal if name in ("seal", "seal_file", "accept_seal", "decline_seal") else one
    row = [one._default_manager.get().pk] if one is not None else []
    return reverse(f"admin:agreement_{name}", args=[agreement.pk, *row])


def model_pages(model: type[Model]) -> Iterator[tuple[str, str]]:
    """The kinds of page that the desk has for a model, with their addresses for one of its rows."""
    meta = model._meta
    row = model._default_manager.first()
    for name in ("changelist", "add"):
        yield name, reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}")
    if row is not None:
        for name in ("change", "history", "delete"):
            yield name, reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[row.pk])


class TestModelPages:
    @pytest.mark.parametrize("role", STAFF)
    def test_open_for_those_who_may_and_for_nobody_else(self, agreement: Agreement, role: str) -> None:
        client = client_of(make_user(role))
        wrong = []
        for model in admin.site._registry:
            allowed = MODEL_PAGES.get(str(model._meta.model_name), dict.fromkeys((*READ, *WRITE), NOBODY))
            for kind, address in model_pages(model):
                status = client.get(address).status_code
                is_open = status in (200, 302)
                # what was public is never deleted, not even by who may delete others
                may = role in allowed[kind] and not (kind == "delete" and model is Agreement)
                if is_open != may:
                    wrong.append((address, status))

        assert wrong == []

    @pytest.mark.parametrize("role", STAFF)
    def test_are_saved_by_those_who_may_and_by_nobody_else(self, agreement: Agreement, role: str) -> None:
        client = client_of(make_user(role))
        wrong = []
        for model in admin.site._registry:
            allowed = MODEL_PAGES.get(str(model._meta.model_name), {}).get("save", NOBODY)
            for kind, address in model_pages(model):
                if kind in ("change", "add") and (client.post(address, {}).status_code != 403) != (role in allowed):
                    wrong.append(address)

        assert wrong == []

    def test_are_closed_to_strangers(self, agreement: Agreement, client: Client) -> None:
        without_role = client_of(make_user())
        for model in admin.site._registry:
            for _kind, address in model_pages(model):
                assert "/login/" in client.get(address)["Location"]
                assert without_role.get(address).status_code == 403, address


class TestOwnPages:
    def test_are_all_named_here(self) -> None:
        assert PAGES.keys() == OWN_PAGES.keys()
        assert TRANSITIONS.keys() == STARTS_FROM.keys()

    def test_are_all_the_addresses_that_the_agreement_has_besides_djangos(self) -> None:
        patterns = admin.site._registry[Agreement].get_urls()
        names = {one.name for one in patterns if isinstance(one, URLPattern) and one.name}
        django_s = {f"agreements_agreement_{kind}" for kind in ("changelist", "add", "history", "delete", "change")}

        assert names - django_s == {f"agreement_{name}" for name in OWN_PAGES}

    @pytest.mark.parametrize("role", [*STAFF, None])
    def test_answer_those_who_may_and_nobody_else(self, agreement: Agreement, role: str | None) -> None:
        client = client_of(make_user(role))
        wrong = []
        for name, allowed in OWN_PAGES.items():
            address = own_address(agreement, name)
            statuses = {client.get(address).status_code, client.post(address, {}).status_code}
            if (statuses - {403, 405} != set()) != (role in allowed):
                wrong.append((name, statuses))

        assert wrong == []

    @pytest.mark.parametrize("name", OWN_PAGES)
    def test_are_closed_to_strangers(self, agreement: Agreement, client: Client, name: str) -> None:
        for answer in (client.get(own_address(agreement, name)), client.post(own_address(agreement, name), {})):
            assert answer.status_code == 302
            assert "/login/" in answer["Location"]


class TestDeskPages:
    def test_are_all_named_here(self) -> None:
        assert PAGES_OF_ONES_OWN.keys() == DESK_PAGES.keys()

    @pytest.mark.parametrize("role", [*STAFF, None])
    def test_answer_those_who_may_and_nobody_else(self, agreement: Agreement, role: str | None) -> None:
        client = client_of(make_user(role))
        wrong = []
        for name, allowed in DESK_PAGES.items():
            address = reverse(f"admin:{name}")
            statuses = {client.get(address).status_code, client.post(address, {}).status_code}
            if (statuses - {403, 405} != set()) != (role in allowed):
                wrong.append((name, statuses))

        assert wrong == []

    @pytest.mark.parametrize("name", DESK_PAGES)
    def test_are_closed_to_strangers(self, agreement: Agreement, client: Client, name: str) -> None:
        for answer in (client.get(reverse(f"admin:{name}")), client.post(reverse(f"admin:{name}"), {})):
            assert answer.status_code == 302
            assert "/login/" in answer["Location"]

    @pytest.mark.parametrize("state", WorkingState.values)
    def test_show_a_record_s_key_dates_in_every_state_but_withdrawn(
        self, agreement: Agreement, reviewer: User, auditor: User, noon: datetime, state: str
    ) -> None:
        Agreement.objects.filter(pk=agreement.pk).update(working_state=state, approved_by=reviewer, publish_at=noon)
        AgreementDate.objects.create(agreement=agreement, kind="planned_end", date="2020-01-01")

        page = client_of(auditor).get(reverse("admin:key_dates")).content.decode()

        assert (f"{agreement.register_number}</bdi>" in page) == (state != "withdrawn")


class TestStates:
    @pytest.mark.parametrize("act", STARTS_FROM)
    def test_refuse_acts_that_do_not_start_from_them(
        self, agreement: Agreement, editor: User, reviewer: User, noon: datetime, act: str
    ) -> None:
        typed = {
            "revision": agreement.revision, "note": "So it is.", "reason_en": "A mistake.",
            "day": "2040-01-01", "time": "09:00", "zone": "Asia/Baghdad",
        }  # fmt: skip
        client = client_of(editor if act == "submit" else reviewer)
        started = {state for state in WorkingState.values if starts(agreement, state, act, client, typed, noon)}

        assert started == STARTS_FROM[act]


def starts(agreement: Agreement, state: str, act: str, client: Client, typed: dict[str, object], at: datetime) -> bool:
    """Whether an act goes on from a state; where it is refused, it says so and changes nothing. All is undone."""
    with undone():
        approver = make_user("reviewer")
        Agreement.objects.filter(pk=agreement.pk).update(working_state=state, approved_by=approver, publish_at=at)
        before = (state, Edition.objects.count(), agreement.timeline.count())
        page = client.post(own_address(agreement, act), typed)
        agreement.refresh_from_db()
        after = (agreement.working_state, Edition.objects.count(), agreement.timeline.count())
        is_refused = "This is not possible while" in page.content.decode()
        assert not is_refused or after == before, state
        return not is_refused
