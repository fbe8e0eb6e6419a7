"""Two editors on one record: both versions and a choice, nothing overwritten in silence, nothing lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from agreements.register.models.agreements import Agreement
from agreements.staff.merge import Page, differences, merged
from tests.people import make_user
from tests.staff.desk import agreement_with, change_page, client_of, form_of


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return agreement_with(editor, participations=4, activities=2)


class Editor:
    """Somebody with the form open, as it was when they opened it."""

    def __init__(self, agreement: Agreement, **rows: dict[str, object]) -> None:
        self.client: Client = client_of(make_user("editor"))
        self.page = change_page(agreement)
        self.form = form_of(self.client, self.page, **rows)

    def save(self, **typed: object) -> Any:
        return self.client.post(self.page, {**self.form, **typed})

    def decide(self, conflict: Any, *, otherwise: str = "mine", **choices: str) -> Any:
        """Answer the page with both versions as a browser would."""
        context = conflict.context
        sent: dict[str, object] = {
            "_revision": context["agreement"].revision,
            "_seen": context["seen"],
            "_decided": "1",
        }
        for name, value in context["sent"]:
            sent[name] = [*sent.get(name, []), value]  # type: ignore[misc]
        for one in context["differences"]:
            sent[f"_choice-{one.name}"] = choices.get(one.name.replace(":", "_"), otherwise)
        return self.client.post(self.page, sent)


class TestTheSecondSave:
    def test_gets_both_versions_and_saves_nothing(self, agreement: Agreement) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(title_en="The first one's title")

        page = second.save(title_en="The second one's title")

        assert page.status_code == 200
        assert "The first one&#x27;s title" in page.content.decode()
        assert "The second one&#x27;s title" in page.content.decode()
        assert Agreement.objects.get().title_en == "The first one's title"

    @pytest.mark.parametrize(("choice", "kept"), [("mine", "Second"), ("theirs", "First")])
    def test_saves_what_was_chosen_and_all_that_nobody_else_touched(
        self, agreement: Agreement, choice: str, kept: str
    ) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(title_en="First", purpose_en="Only the first one wrote this")

        conflict = second.save(title_en="Second", summary_en="Only the second one wrote this")
        answer = second.decide(conflict, otherwise="theirs", title_en=choice)

        assert answer.status_code == 302, answer.context["errors"]
        agreement.refresh_from_db()
        assert agreement.title_en == kept
        assert agreement.purpose_en == "Only the first one wrote this"
        assert agreement.summary_en == "Only the second one wrote this"

    def test_is_not_asked_about_what_it_alone_changed(self, agreement: Agreement) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(title_en="First")

        conflict = second.save(title_en="Second", summary_en="Mine alone")

        assert [one.name for one in conflict.context["differences"]] == ["title_en"]

    def test_keeps_rows_that_others_added_and_those_it_adds(self, agreement: Agreement) -> None:
        body = str(agreement.participations.first().organization_id)  # type: ignore[union-attr]
        first = Editor(agreement, participations={"role": "funder", "organization": body})
        second = Editor(agreement, participations={"role": "witness", "organization": body})
        first.save(title_en="First")

        second.decide(second.save())

        assert {"funder", "witness"} <= set(agreement.participations.values_list("role", flat=True))

    def test_asks_about_a_row_that_others_removed_and_it_changed(self, agreement: Agreement) -> None:
        row = agreement.activities.first()
        assert row is not None
        first, second = Editor(agreement), Editor(agreement)
        first.save(**{"activities-0-DELETE": "on"})

        conflict = second.save(**{"activities-0-title_en": "Still needed"})

        assert [one.name for one in conflict.context["differences"]] == [f"activities:{row.pk}:DELETE"]
        second.decide(conflict, otherwise="mine")
        assert agreement.activities.filter(title_en="Still needed").exists()

    def test_lets_a_row_go_that_others_removed(self, agreement: Agreement) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(**{"activities-0-DELETE": "on"})
        count = agreement.activities.count()

        conflict = second.save(**{"activities-0-title_en": "Still needed"})
        second.decide(conflict, otherwise="theirs")

        assert agreement.activities.count() == count

    def test_names_organisations_instead_of_their_numbers(self, agreement: Agreement) -> None:
        first, second = Editor(agreement), Editor(agreement)
        ours, theirs = agreement.participations.all()[:2]
        number = list(agreement.participations.values_list("pk", flat=True)).index(ours.pk)
        first.save(**{f"participations-{number}-acting_through": str(theirs.organization_id)})

        page = second.save(**{f"participations-{number}-note_en": "Seen"})

        assert str(theirs.organization) in [one.theirs for one in page.context["differences"]]

    def test_of_a_third_in_between_asks_again(self, agreement: Agreement) -> None:
        first, second, third = Editor(agreement), Editor(agreement), Editor(agreement)
        first.save(title_en="First")
        conflict = second.save(title_en="Second")
        third.decide(third.save(title_en="Third"))

        again = second.decide(conflict)

        assert again.status_code == 200
        assert Agreement.objects.get().title_en == "Third"

    def test_that_says_nothing_of_what_it_saw_is_asked_about_everything_that_differs(
        self, agreement: Agreement
    ) -> None:
        editor = Editor(agreement)
        editor.form |= {"_revision": "", "_seen": "tampered with"}

        page = editor.save(title_en="Out of the blue")

        assert [one.name for one in page.context["differences"]] == ["title_en"]
        assert Agreement.objects.get().title_en != "Out of the blue"

    def test_with_an_error_keeps_what_was_merged(self, agreement: Agreement) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(title_en="First")

        conflict = second.save(title_en="Second", **{"dates-0-date": "2021-02-30"})
        page = second.decide(conflict, title_en="theirs")

        assert page.status_code == 200
        assert page.context["adminform"].form["title_en"].value() == "First"
        assert page.context["revision"] == str(Agreement.objects.get().revision)

    def test_of_the_same_person_is_no_conflict(self, agreement: Agreement) -> None:
        editor = Editor(agreement)
        assert editor.save(title_en="Once").status_code == 302

        editor.form = form_of(editor.client, editor.page)
        assert editor.save(title_en="Twice").status_code == 302

    def test_marks_the_languages_of_texts(self, agreement: Agreement, editor: User) -> None:
        first, second = Editor(agreement), Editor(agreement)
        first.save(title_ar="عنوان")

        page = second.save(title_ar="عنوان آخر").content.decode()

        assert 'lang="ar" dir="rtl">عنوان</span>' in page


words = some.lists(some.sampled_from(["a", "b", "c"]), max_size=1)
pages = some.dictionaries(some.sampled_from(["title_en", "kind", "dates-0-date", "dates-1-date"]), words).map(
    lambda values: (
        {name: one for name, one in values.items() if one}
        | {"dates-0-id": ["1"], "dates-1-id": ["2"], "dates-TOTAL_FORMS": ["2"], "dates-INITIAL_FORMS": ["2"]}
    )
)


class TestMerged:
    @given(seen=pages, mine=pages, now=pages)
    def test_has_every_value_that_only_one_side_changed(
        self, seen: dict[str, list[str]], mine: dict[str, list[str]], now: dict[str, list[str]]
    ) -> None:
        found = {one.where.name: one for one in differences(Page.of(seen), Page.of(mine), Page.of(now))}

        result = merged(Page.of(mine), Page.of(now), found, is_mine=lambda one: one.both)

        for name in ("title_en", "kind", "dates-0-date", "dates-1-date"):
            if now.get(name) == seen.get(name):
                assert result.get(name) == mine.get(name)
            elif mine.get(name) == seen.get(name):
                assert result.get(name) == now.get(name)
            elif mine.get(name) != now.get(name):
                assert any(one.both for one in found.values())

    @given(seen=pages, mine=pages)
    def test_is_mine_where_nobody_else_was(self, seen: dict[str, list[str]], mine: dict[str, list[str]]) -> None:
        assert differences(Page.of(seen), Page.of(mine), Page.of(seen)) == ()
        assert merged(Page.of(mine), Page.of(seen), {}, is_mine=lambda _one: True) == mine
