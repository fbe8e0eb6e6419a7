"""Every part of an agreement: added on its page at the desk, read by the public on its page."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Framework, Organization, Place, Source
from agreements.register.shipped import load_first_agreement
from tests.signed_pdfs import UNSIGNED
from tests.staff.desk import act, agreement_with, change_page, client_of, form_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return load_first_agreement(by=editor)


@pytest.fixture
def bare(agreement: Agreement, editor: User) -> Agreement:
    """A second agreement, opened by hand: title and kind, nothing else."""
    client = client_of(editor)
    page = reverse("admin:agreements_agreement_add")
    words = {f"{stem}_{language}": f"{stem} {language}" for stem in ("title", "summary") for language in LANGUAGES}
    sent = form_of(client, page) | words | {"kind": "protocol", "sources": [str(Source.objects.first().pk)]}  # type: ignore[union-attr]

    response = client.post(page, sent)

    assert response.status_code == 302, response.context["errors"]
    return Agreement.objects.get(title_en="title en")


LANGUAGES = ("en", "ar", "ckb")


def each(stem: str, words: str) -> dict[str, str]:
    """A text in the three languages; the English one is the words themselves."""
    return {f"{stem}_en": words, f"{stem}_ar": f"{words} ع", f"{stem}_ckb": f"{words} ک"}


def add(user: User, agreement: Agreement, **rows: dict[str, object]) -> None:
    """Add one row to each of these parts, and save the page once."""
    client, page = client_of(user), change_page(agreement)
    response = client.post(page, form_of(client, page, **rows))
    assert response.status_code == 302, response.context["errors"]


def read(agreement: Agreement, language: str = "en") -> str:
    """The public page as a reader sees it: the words of its main part."""
    page = Client().get(f"/{language}/agreements/{agreement.register_number}/")
    assert page.status_code == 200
    main = page.content.decode().split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


class TestEveryPart:
    def test_is_added_on_one_page_and_read_by_the_public(
        self, agreement: Agreement, bare: Agreement, editor: User, reviewer: User
    ) -> None:
        source = str(Source.objects.first().pk)  # type: ignore[union-attr]
        iom, ministry, usa = (str(one.pk) for one in Organization.objects.order_by("pk")[:3])
        place = str(Place.objects.filter(kind="land_crossing").first().pk)  # type: ignore[union-attr]
        framework = Framework.objects.first()
        assert framework is not None
        objective = str(framework.objectives.first().pk)  # type: ignore[union-attr]

        add(editor, bare, participations={"role": "party", "organization": iom, "source": source})
        add(
            editor,
            bare,
            dates={"kind": "signed", "date": "2022-03", "source": source, **each("note", "Day not given.")},
            participations={"role": "party", "organization": ministry, "acting_through": usa, "source": source},
            signatories={**each("name", "Sara Ali"), **each("capacity", "Director"), "party": iom,
                         "signed_on": "2022", "source": source},
            activities={**each("title", "Train officers"), **each("description", "Two courses."),
                        **each("area", "Training"), "status": "under_way", "start": "2022-04", "end": "2023",
                        "responsible": [iom], "places": [place], "objectives": [objective], "source": source},
            obligations={**each("text", "Share the figures"), "bearer": ministry, "due": "2023-06-30",
                         "status": "fulfilled", **each("evidence", "Letter of May"), "source": source},
            framework_links={"framework": str(framework.pk), "objectives": [objective], "source": source},
            relations={"kind": "implements", "other": str(agreement.pk), "effective": "2022", "source": source},
            statements={**each("speaker", "Omar Hama"), **each("capacity", "Governor"), "form": "verbatim",
                        "said_on": "2022-03-05", **each("text", "We agreed."), "source": source},
            announcement={**each("headline", "Protocol announced"), **each("dateline", "Erbil, 5 March"),
                          "published_on": "2022-03-05", **each("text", "Both sides met."), "source": source},
            documents={**each("title", "Text of the protocol"), "kind": "authentic_text", "language": "ar",
                       "version": "1", "is_public": "on",
                       "file": SimpleUploadedFile("protocol.pdf", UNSIGNED)},
            contacts={**each("name", "Registry desk"), **each("role", "Questions"), "email": "desk@example.org",
                      "is_public": "on", "source": source},
        )  # fmt: skip
        add(
            editor,
            bare,
            participations={"role": "funder", "organization": usa, "source": source},
            funding={"funder": usa, "kind": "grant", "disclosure": "stated", "amount": "1250000.50",
                     "currency": "USD", "start": "2022", "end": "2024", **each("purpose", "Equipment"),
                     "source": source},
        )  # fmt: skip
        publish(agreement, editor, reviewer)
        publish(bare, editor, reviewer)

        words = read(bare)
        for expected in (
            "March 2022", "Day not given.", "Sara Ali", "Director", "Train officers", "Two courses.", "Training",
            "Under way", "Share the figures", "30 June 2023", "Fulfilled", "Letter of May", "Implements",
            agreement.register_number, "Omar Hama", "Governor", "We agreed.", "Protocol announced", "Erbil, 5 March",
            "Both sides met.", "Text of the protocol", "Registry desk", "Questions", "1,250,000.50", "USD", "Grant",
            "Equipment", Place.objects.get(pk=place).name_en, framework.name_en,
            Organization.objects.get(pk=usa).name_en,
        ):  # fmt: skip
            assert expected in words
        for language, mark in (("ar", "ع"), ("ckb", "ک")):
            translated = read(bare, language)
            for text in ("Sara Ali", "Train officers", "Share the figures", "We agreed.", "Protocol announced"):
                assert f"{text} {mark}" in translated

    def test_progress_is_added_on_the_activitys_own_page(
        self, agreement: Agreement, editor: User, reviewer: User
    ) -> None:
        activity = agreement.activities.first()
        assert activity is not None
        client, page = client_of(editor), reverse("admin:agreements_activity_change", args=[activity.pk])

        note = {"noted_on": "2021-06", **each("text", "Half of the officers trained.")}
        assert client.post(page, form_of(client, page, progress_notes=note)).status_code == 302
        publish(agreement, editor, reviewer)

        assert "Half of the officers trained." in read(agreement)
        assert "June 2021" in read(agreement)

    def test_a_part_is_taken_away_again(self, agreement: Agreement, editor: User) -> None:
        client = client_of(editor)
        before = agreement.statements.count()
        sent = form_of(client, change_page(agreement)) | {"statements-0-DELETE": "on"}

        assert client.post(change_page(agreement), sent).status_code == 302
        assert agreement.statements.count() == before - 1


class TestRefusals:
    """What the database would refuse is said at the field, and nothing is saved."""

    @pytest.fixture
    def agreement(self, editor: User) -> Agreement:
        agreement = agreement_with(editor, participations=2, activities=0)
        agreement.dates.create(kind="announced", date="2021-02-05", source=Source.objects.first())
        return agreement

    @pytest.mark.parametrize(
        ("part", "row", "said"),
        [
            ("funding", {"kind": "grant", "disclosure": "stated", "amount": "5"}, "needs a figure and a currency"),
            ("funding", {"kind": "grant", "disclosure": "not_stated", "start": "2023", "end": "2021"},
             "The period ends before it starts."),
            ("activities", {"title_en": "Backwards", "status": "planned", "start": "2023", "end": "2021"},
             "The activity ends before it starts."),
            ("dates", {"kind": "announced", "date": "2021"}, "already has a date of this kind"),
            ("dates", {"kind": "signed", "date": "2021", "time": "10:00"}, "only be given with a whole date"),
            ("statements", {"speaker_en": "Sara", "text_en": "So.", "form": "verbatim"}, "must name its source"),
            ("signatories", {"capacity_en": "Director"}, "Write the name in at least one language."),
        ],
    )  # fmt: skip
    def test_in_words(self, agreement: Agreement, editor: User, part: str, row: dict[str, object], said: str) -> None:
        party = str(agreement.participations.first().organization_id)  # type: ignore[union-attr]
        row = row | ({"funder": party} if part == "funding" else {"party": party} if part == "signatories" else {})
        client, page = client_of(editor), change_page(agreement)

        response = client.post(page, form_of(client, page, **{part: row}) | {"title_en": "Half saved?"})

        assert response.status_code == 200
        assert said in unescape(response.content.decode())
        agreement.refresh_from_db()
        assert agreement.title_en != "Half saved?"

    def test_for_two_rows_typed_alike(self, agreement: Agreement, editor: User) -> None:
        client, page = client_of(editor), change_page(agreement)
        sent = form_of(client, page, dates={"kind": "signed", "date": "2021-02"})
        last = int(str(sent["dates-TOTAL_FORMS"]))
        sent |= {"dates-TOTAL_FORMS": last + 1, f"dates-{last}-kind": "signed", f"dates-{last}-date": "2021-03"}

        response = client.post(page, sent | {"title_en": "Half saved?"})

        assert response.status_code == 200
        assert "The agreement already has a date of this kind." in unescape(response.content.decode())
        assert 'value="2021-03"' in response.content.decode()
        agreement.refresh_from_db()
        assert agreement.title_en != "Half saved?"

    def test_for_a_file_that_is_there_already(self, agreement: Agreement, editor: User) -> None:
        client, page = client_of(editor), change_page(agreement)

        def upload() -> HttpResponse:
            file = SimpleUploadedFile("annex.pdf", UNSIGNED)
            row = {**each("title", "Annex"), "kind": "annex", "language": "en", "version": "1", "file": file}
            return client.post(page, form_of(client, page, documents=row))

        assert upload().status_code == 302
        again = upload()

        assert again.status_code == 200
        assert "This file is already among the agreement's documents." in unescape(again.content.decode())


class TestRelations:
    @pytest.fixture
    def related(self, agreement: Agreement, bare: Agreement, editor: User) -> Agreement:
        """The second agreement, complete, and implementing the first."""
        source = str(Source.objects.first().pk)  # type: ignore[union-attr]
        for organization in Organization.objects.order_by("pk")[:2]:
            add(editor, bare, participations={"role": "party", "organization": str(organization.pk), "source": source})
        add(editor, bare, relations={"kind": "implements", "other": str(agreement.pk), "source": source})
        return bare

    def test_are_read_from_the_other_side_in_its_next_edition(
        self, agreement: Agreement, related: Agreement, editor: User, reviewer: User
    ) -> None:
        publish(agreement, editor, reviewer)
        publish(related, editor, reviewer)
        publish(agreement, editor, reviewer)

        assert f"Implements {agreement.register_number}" in read(related)
        assert f"Implemented by {related.register_number}" in read(agreement)

    def test_of_a_draft_are_not_told_to_the_public(
        self, agreement: Agreement, related: Agreement, editor: User, reviewer: User
    ) -> None:
        publish(agreement, editor, reviewer)

        assert related.register_number not in read(agreement)

    def test_to_what_was_never_published_are_refused_in_words(
        self, agreement: Agreement, related: Agreement, editor: User
    ) -> None:
        said = act(editor, related, "submit")

        assert f"{agreement.register_number} is named as related but was never published" in said[0]
