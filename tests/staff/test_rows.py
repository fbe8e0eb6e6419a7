"""A part with many rows: lines of which some are opened, and nothing that was not opened is touched."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.staff.rows import SHOWN_WHOLE, Opened
from agreements.vocabulary.sections import Section
from tests.staff.desk import agreement_with, change_page, client_of, form_of
from tests.staff.test_conflicts import Editor

pytestmark = pytest.mark.django_db

MANY = SHOWN_WHOLE + 4


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return agreement_with(editor, participations=MANY, activities=MANY)


@pytest.fixture
def client(editor: User) -> Client:
    return client_of(editor)


def row_page(client: Client, agreement: Agreement, row: str, part: str = "") -> Any:
    return client.get(change_page(agreement), {"part": part or row.partition(":")[0], "open": row})


def opened(client: Client, agreement: Agreement, *rows: str) -> dict[str, object]:
    """What a browser would send after these rows were opened on the page, one by one."""
    sent = form_of(client, change_page(agreement))
    seen = [*sent["_seen"]]  # type: ignore[misc]
    for row in rows:
        part = row.partition(":")[0]
        one = form_of(client, f"{change_page(agreement)}?part={part}&open={row}")
        sent |= {name: value for name, value in one.items() if name.startswith(f"{part}-") and "_FORMS" not in name}
        seen += one["_seen"]  # type: ignore[misc]
    return sent | {"_seen": seen}


def rows_of(agreement: Agreement) -> list[Any]:
    return [*agreement.participations.order_by("pk").values(), *agreement.activities.order_by("pk").values()]


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


class TestOpened:
    def test_passes_over_what_names_no_row(self) -> None:
        said = Opened.of(["dates:17", "dates-0", "dates:x", "dates-", "9:9", "dates:" + "9" * 40, "", "a b:1"])

        assert said == Opened(frozenset({("dates", 17)}), frozenset({("dates", 0)}))


class TestThePage:
    def test_names_every_row_and_holds_the_inputs_of_none(self, client: Client, agreement: Agreement) -> None:
        page = client.get(change_page(agreement)).content.decode()

        assert page.count('data-row="participations:') == MANY
        assert "participations-0-role" not in page

    def test_shows_few_rows_whole(self, client: Client, editor: User) -> None:
        few = agreement_with(editor, participations=2, activities=1)

        page = client.get(change_page(few)).content.decode()

        assert "data-row" not in page
        assert 'name="participations-1-role"' in page

    def test_opens_the_row_that_its_address_names(self, client: Client, agreement: Agreement) -> None:
        row = agreement.participations.all()[12]

        page = client.get(change_page(agreement), {"open": f"participations:{row.pk}"}).content.decode()

        assert 'name="participations-12-role"' in page
        assert page.count('data-row="participations:') == MANY - 1

    @pytest.mark.parametrize("section", Section.values)
    def test_has_the_anchor_of_every_section_and_a_link_to_it(
        self, client: Client, agreement: Agreement, section: str
    ) -> None:
        page = client.get(change_page(agreement)).content.decode()

        assert page.count(f'id="{section}"') == 1
        assert f'href="#{section}"' in page


class TestOneRow:
    def test_comes_alone_with_what_was_seen_of_it(self, client: Client, agreement: Agreement) -> None:
        row = agreement.participations.all()[12]

        page = row_page(client, agreement, f"participations:{row.pk}").content.decode()

        assert page.count('class="inline-related') == 1
        assert f'name="participations-12-id" value="{row.pk}"' in page
        assert page.count('name="_seen"') == 1
        assert "<html" not in page

    def test_of_another_agreement_is_not_found(self, client: Client, editor: User, agreement: Agreement) -> None:
        other = agreement_with(editor, participations=MANY, activities=0)

        assert row_page(client, agreement, f"participations:{other.participations.all()[0].pk}").status_code == 404

    @pytest.mark.parametrize("asked", ["", "participations:0", "participations:x", "participations-99", "dates:1"])
    def test_that_is_not_there_is_not_found(self, client: Client, agreement: Agreement, asked: str) -> None:
        assert row_page(client, agreement, asked, "participations").status_code == 404

    def test_of_no_part_is_not_found(self, client: Client, agreement: Agreement) -> None:
        assert row_page(client, agreement, "secrets:1").status_code == 404


class TestSaving:
    def test_leaves_rows_alone_that_were_not_opened(self, client: Client, agreement: Agreement) -> None:
        before = rows_of(agreement)

        response = client.post(change_page(agreement), opened(client, agreement) | {"title_en": "Other"})

        assert response.status_code == 302, response.context["errors"]
        assert rows_of(agreement) == before
        assert Agreement.objects.get(pk=agreement.pk).title_en == "Other"

    def test_changes_the_row_that_was_opened_and_no_other(self, client: Client, agreement: Agreement) -> None:
        before, row = rows_of(agreement), agreement.participations.all()[12]
        sent = opened(client, agreement, f"participations:{row.pk}")

        response = client.post(change_page(agreement), sent | {"participations-12-note_en": "Changed"})

        assert response.status_code == 302, response.context["errors"]
        changed = [one for one in rows_of(agreement) if one not in before]
        assert [(one["id"], one["note_en"]) for one in changed] == [(row.pk, "Changed")]

    def test_removes_an_opened_row(self, client: Client, agreement: Agreement) -> None:
        row = agreement.participations.all()[12]
        sent = opened(client, agreement, f"participations:{row.pk}")

        client.post(change_page(agreement), sent | {"participations-12-DELETE": "on"})

        assert agreement.participations.count() == MANY - 1
        assert not agreement.participations.filter(pk=row.pk).exists()

    def test_adds_a_row_behind_those_that_were_not_opened(self, client: Client, agreement: Agreement) -> None:
        funder = Organization.objects.get(key="body-0")
        row = {"role": "funder", "organization": str(funder.pk)}
        sent = form_of(client, change_page(agreement), participations=row)

        response = client.post(change_page(agreement), sent)

        assert response.status_code == 302, response.context["errors"]
        assert agreement.participations.filter(role="funder", organization=funder).count() == 1
        assert agreement.participations.count() == MANY + 1

    def test_keeps_a_new_row_that_scripts_numbered_among_the_old_ones(
        self, client: Client, agreement: Agreement
    ) -> None:
        funder = Organization.objects.get(key="body-0")
        row = {"id": "", "role": "funder", "organization": str(funder.pk), "position": "0"}
        typed = {f"participations-3-{name}": value for name, value in row.items()}

        response = client.post(change_page(agreement), opened(client, agreement) | typed)

        assert response.status_code == 302, response.context["errors"]
        assert agreement.participations.filter(role="funder").count() == 1

    def test_refuses_a_row_of_another_agreement(self, client: Client, editor: User, agreement: Agreement) -> None:
        other = agreement_with(editor, participations=1, activities=0)
        row, theirs = agreement.participations.all()[12], other.participations.get()
        sent = opened(client, agreement, f"participations:{row.pk}") | {"participations-12-id": str(theirs.pk)}

        response = client.post(change_page(agreement), sent | {"participations-12-note_en": "Taken"})

        assert response.status_code == 200
        assert "This row is none of the agreement’s" in response.content.decode()
        theirs.refresh_from_db()
        assert theirs.note_en != "Taken"
        assert theirs.agreement_id == other.pk
        assert agreement.participations.count() == MANY

    def test_shows_an_opened_row_again_that_has_an_error(self, client: Client, agreement: Agreement) -> None:
        row = agreement.activities.all()[12]
        sent = opened(client, agreement, f"activities:{row.pk}")

        response = client.post(change_page(agreement), sent | {"activities-12-start": "2021-02-30"})

        page = response.content.decode()
        assert response.status_code == 200
        assert 'value="2021-02-30"' in page
        assert f'<details id="activities:{row.pk}" open>' in page
        assert page.count('data-row="activities:') == MANY - 1
        assert 'class="sections-wrong"' in page

    def test_refuses_at_its_field_what_an_unopened_row_has(self, client: Client, agreement: Agreement) -> None:
        there = agreement.participations.all()[12]
        row = {"role": there.role, "organization": str(there.organization_id)}

        response = client.post(change_page(agreement), form_of(client, change_page(agreement), participations=row))

        formset = next(
            one.formset for one in response.context["inline_admin_formsets"] if one.anchor == "participations"
        )
        assert [list(errors) for errors in formset.errors if errors] == [["organization"]]
        assert agreement.participations.count() == MANY

    @pytest.mark.parametrize("number", ["0", "999999", "-1", "x", "9" * 30, "1; DROP"])
    def test_refuses_a_choice_that_does_not_exist(self, client: Client, agreement: Agreement, number: str) -> None:
        row = agreement.participations.all()[12]
        sent = opened(client, agreement, f"participations:{row.pk}")

        response = client.post(change_page(agreement), sent | {"participations-12-organization": number})

        assert response.status_code == 200
        assert "Select a valid choice" in response.content.decode()
        row.refresh_from_db()
        assert row.organization_id is not None

    def test_refuses_one_of_several_choices_that_does_not_exist(self, client: Client, agreement: Agreement) -> None:
        row = agreement.activities.all()[12]
        sent = opened(client, agreement, f"activities:{row.pk}")
        body = str(Organization.objects.get(key="body-0").pk)

        response = client.post(change_page(agreement), sent | {"activities-12-responsible": [body, "999999"]})

        assert response.status_code == 200
        assert "Select a valid choice. 999999" in response.content.decode()

    def test_for_the_sake_of_a_row_opens_it(self, client: Client, agreement: Agreement) -> None:
        """The way without scripts: what was typed elsewhere is saved, not lost."""
        row = agreement.participations.all()[12]
        sent = opened(client, agreement) | {"title_en": "Typed", "_continue": f"participations:{row.pk}"}

        response = client.post(change_page(agreement), sent, follow=True)

        assert 'name="participations-12-role"' in response.content.decode()
        assert Agreement.objects.get(pk=agreement.pk).title_en == "Typed"


class TestTwoEditors:
    def test_are_asked_about_an_opened_row_alone(self, client: Client, agreement: Agreement) -> None:
        row = agreement.participations.all()[12]
        first, second = Editor(agreement), Editor(agreement)
        for one in (first, second):
            one.form = opened(one.client, agreement, f"participations:{row.pk}")
        first.save(**{"participations-12-note_en": "First", "title_ar": "الأول"})

        conflict = second.save(**{"participations-12-note_en": "Second"})
        names = [one.name for one in conflict.context["differences"]]
        assert names == ["title_ar", f"participations:{row.pk}:note_en"]
        answer = second.decide(conflict, otherwise="mine", title_ar="theirs")

        assert answer.status_code == 302, answer.context["errors"]
        row.refresh_from_db()
        agreement.refresh_from_db()
        assert (row.note_en, agreement.title_ar) == ("Second", "الأول")
        assert agreement.participations.count() == MANY

    def test_on_rows_that_only_one_of_them_opened_keep_both(self, client: Client, agreement: Agreement) -> None:
        mine, theirs = agreement.participations.all()[2], agreement.participations.all()[12]
        first, second = Editor(agreement), Editor(agreement)
        first.form = opened(first.client, agreement, f"participations:{theirs.pk}")
        second.form = opened(second.client, agreement, f"participations:{mine.pk}")
        first.save(**{"participations-12-note_en": "First"})

        answer = second.save(**{"participations-2-note_en": "Second"})

        assert answer.status_code == 302, answer.context.get("differences")
        assert [agreement.participations.get(pk=one.pk).note_en for one in (mine, theirs)] == ["Second", "First"]


class TestQueries:
    """As many for a large agreement as for a small one."""

    @pytest.fixture
    def small(self, editor: User) -> Agreement:
        return agreement_with(editor, participations=SHOWN_WHOLE + 1, activities=SHOWN_WHOLE + 1)

    @pytest.fixture
    def large(self, editor: User) -> Agreement:
        return agreement_with(editor, participations=45, activities=30)

    def test_opening(self, client: Client, small: Agreement, large: Agreement) -> None:
        client.get(change_page(small))

        assert queries(lambda: client.get(change_page(small))) == queries(lambda: client.get(change_page(large)))

    def test_opening_rows_shown_whole(self, client: Client, editor: User) -> None:
        one, ten = (agreement_with(editor, participations=count, activities=count) for count in (1, SHOWN_WHOLE))
        client.get(change_page(one))

        assert queries(lambda: client.get(change_page(one))) == queries(lambda: client.get(change_page(ten)))

    def test_opening_one_row(self, client: Client, small: Agreement, large: Agreement) -> None:
        first, second = small.activities.all()[0], large.activities.all()[0]
        row_page(client, small, f"activities:{first.pk}")

        assert queries(lambda: row_page(client, small, f"activities:{first.pk}")) == queries(
            lambda: row_page(client, large, f"activities:{second.pk}")
        )

    def test_saving(self, client: Client, small: Agreement, large: Agreement) -> None:
        def save(agreement: Agreement) -> int:
            row = agreement.participations.all()[0]
            sent = opened(client, agreement, f"participations:{row.pk}") | {"participations-0-note_en": "Changed"}
            return queries(lambda: client.post(change_page(agreement), sent))

        assert save(small) == save(large)
