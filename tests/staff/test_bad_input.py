"""Bad input: said at the field that mends it, with all that was typed still there and nothing saved."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.urls import reverse
from pytest_django import Settings

from agreements.publishing.errors import ContentIncomplete
from agreements.publishing.review import submit_agreement
from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.register.models.directories import Organization, Place
from agreements.register.models.words_and_files import Document
from agreements.register.rules import has_words
from agreements.staff.rules import field_of_rule
from agreements.staff.sent import forms_of
from tests.published import first_agreement
from tests.scanners import EICAR, FOUND, loopback_scanner
from tests.signed_pdfs import UNSIGNED as PDF
from tests.signed_pdfs import locked
from tests.staff.desk import agreement_with, change_page, client_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return agreement_with(editor, participations=2, activities=1)


class Desk:
    """An editor before one page; ``said`` is what stands at a field after the page was sent."""

    def __init__(self, user: User, page: str) -> None:
        self.client, self.page = client_of(user), page
        self.forms: list[BaseForm] = []
        self.response: Any = None

    def send(self, rows: dict[str, dict[str, object]] | None = None, **typed: object) -> None:
        self.response = self.client.post(self.page, form_of(self.client, self.page, **(rows or {})) | typed)
        self.forms = forms_of(self.response.context) if self.response.status_code == 200 else []

    def said(self, field: str) -> str:
        """What is said at an input, by its name on the page; exactly one form has it."""
        found = [
            " ".join(map(str, errors)) for form in self.forms for name, errors in form.errors.items()
            if form.add_prefix(name) == field
        ]  # fmt: skip
        return "".join(found).replace("\u2066", "").replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def desk(editor: User, agreement: Agreement) -> Desk:
    return Desk(editor, change_page(agreement))


def row_of(agreement: Agreement, part: str) -> str:
    """The input prefix of one more row of this part."""
    return f"{part}-{getattr(agreement, part).count()}"


class TestTexts:
    def test_are_refused_each_at_its_field(self, desk: Desk, agreement: Agreement) -> None:
        wrong = {
            "title_en": ("T" * 3000, "At most 1,000 characters fit here, and this text has 3,000: shorten it."),
            "title_ar": ("Safe\u202edetrever", "After “Safe” stands U+202E, which can’t be kept"),
            "title_ckb": ("یاد\u200bداشت", "After “یاد” stands U+200B"),
            "summary_en": ("One\ntwo\u2066", "stands U+2066"),
            "duration_en": ("D" * 501, "this text has 501"),
        }
        typed = {field: text for field, (text, _said) in wrong.items()} | {"purpose_en": "Half saved?"}
        desk.send(**typed)

        assert [field for field, (_text, said) in wrong.items() if said not in desk.said(field)] == []
        assert {field: desk.forms[0][field].value() for field in typed} == typed
        agreement.refresh_from_db()
        assert agreement.purpose_en != "Half saved?"

    def test_are_refused_in_the_readers_language_and_digits(self, desk: Desk) -> None:
        desk.page = desk.page.replace("/en/", "/ar/")
        desk.send(title_ar="ع" * 3000)

        assert "١٬٠٠٠" in desk.said("title_ar")
        assert "٣٬٠٠٠" in desk.said("title_ar")

    @pytest.mark.parametrize(("language", "blank"), [("en", ""), ("ar", "  \u00a0\n"), ("ckb", "\u200e")])
    def test_must_not_be_empty_in_every_language(self, desk: Desk, language: str, blank: str) -> None:
        desk.page = desk.page.replace("/en/", f"/{language}/")
        desk.send(title_en=blank, title_ar=blank, title_ckb=blank)

        assert desk.said(f"title_{language}")

    def test_are_tidied_where_nothing_is_lost(self, desk: Desk, agreement: Agreement) -> None:
        desk.send(title_en=" Cafe\u0301\u200e accord ", title_ckb="هه\u200cموو")

        agreement.refresh_from_db()
        assert (agreement.title_en, agreement.title_ckb) == ("Café accord", "هه\u200cموو")

    def test_are_never_cut_by_the_browser(self, desk: Desk) -> None:
        page = desk.client.get(desk.page).content.decode()

        assert "maxlength" not in page.split('id="agreement_form"')[1]

    def test_of_rows_are_refused_at_the_row(self, desk: Desk, agreement: Agreement) -> None:
        row = row_of(agreement, "signatories")
        party = str(agreement.participations.first().organization_id)  # type: ignore[union-attr]
        desk.send({"signatories": {"name_en": "Sara\u202e Ali", "party": party}})
        assert "U+202E" in desk.said(f"{row}-name_en")

        desk.send({"signatories": {"capacity_en": "Director", "party": party}})
        assert "at least one language" in desk.said(f"{row}-name_en")


class TestRows:
    @pytest.mark.parametrize(
        ("row", "field", "said"),
        [
            ({"kind": "planned_end", "date": "2020"}, "date", "“Planned end” is earlier than “Signed”"),
            ({"kind": "announced", "date": "٢٠٢١-١٣"}, "date", "Write the date as year-month-day"),
            ({"kind": "in_force", "date": "5 February 2021"}, "date", "Write the date as year-month-day"),
            ({"kind": "announced", "date": "2021", "time": "10:00"}, "time", "only be given with a whole date"),
        ],
    )
    def test_of_dates_say_what_contradicts(
        self, desk: Desk, agreement: Agreement, row: dict[str, object], field: str, said: str
    ) -> None:
        agreement.dates.all().delete()
        agreement.dates.create(kind="signed", date="2021-02")
        desk.send({"dates": row}, title_en="Half saved?")

        assert said in desk.said(f"dates-1-{field}")
        agreement.refresh_from_db()
        assert agreement.title_en != "Half saved?"

    def test_say_each_at_its_field_what_contradicts(self, desk: Desk, agreement: Agreement) -> None:
        party = str(agreement.participations.first().organization_id)  # type: ignore[union-attr]
        rows: dict[str, dict[str, object]] = {
            "activities": {"title_en": "Back", "start": "2023", "end": "2021"},
            "funding": {"disclosure": "stated", "amount": "5", "funder": party, "kind": "grant"},
            "statements": {"speaker_en": "S", "text_en": "So.", "form": "verbatim"},
        }
        places = {part: row_of(agreement, part) for part in rows}
        desk.send(rows, title_en="Half saved?")

        assert "ends before it starts" in desk.said(f"{places['activities']}-end")
        assert "needs a figure and a currency" in desk.said(f"{places['funding']}-amount")
        assert "must name its source" in desk.said(f"{places['statements']}-source")
        agreement.refresh_from_db()
        assert agreement.title_en != "Half saved?"

    def test_do_not_name_a_party_twice_in_a_role(self, desk: Desk, agreement: Agreement) -> None:
        first = agreement.participations.first()
        assert first is not None
        prefix = row_of(agreement, "participations")
        desk.send({"participations": {"role": first.role, "organization": str(first.organization_id)}})

        assert desk.said(f"{prefix}-organization") == "This organisation already has this role in the agreement."

    def test_may_be_taken_away_and_added_alike(self, desk: Desk, agreement: Agreement) -> None:
        """What is removed in the same breath stands in nobody's way."""
        first = agreement.participations.order_by("position", "pk").first()
        assert first is not None
        row = {"role": first.role, "organization": str(first.organization_id)}
        desk.send({"participations": row}, **{"participations-0-DELETE": "on"})

        assert desk.response.status_code == 302
        assert not agreement.participations.filter(pk=first.pk).exists()
        assert agreement.participations.filter(**row).count() == 1

    def test_of_one_end_only(self, desk: Desk, agreement: Agreement) -> None:
        agreement.dates.create(kind="ended", date="2030")
        prefix = row_of(agreement, "dates")
        desk.send({"dates": {"kind": "terminated", "date": "2031"}})

        assert "both ended and terminated" in desk.said(f"{prefix}-kind")

    def test_leave_force_before_signature_to_the_gate(self, desk: Desk, agreement: Agreement) -> None:
        agreement.dates.filter(kind__in=("signed", "in_force")).delete()
        agreement.dates.create(kind="signed", date="2021-02")
        desk.send({"dates": {"kind": "in_force", "date": "2021-01"}})

        assert desk.response.status_code == 302


class TestCircles:
    def test_of_relations_name_the_way(self, desk: Desk, agreement: Agreement) -> None:
        others = [Agreement.objects.create(title_en=f"Other {one}", kind="protocol") for one in range(3)]
        for first, second in [(others[0], others[1]), (others[1], others[2]), (others[2], agreement)]:
            AgreementRelation.objects.create(agreement=first, other=second, kind="part_of")
        desk.send({"relations": {"kind": "part_of", "other": str(others[0].pk)}}, title_en="Half saved?")

        said = desk.said("relations-0-other")
        numbers = [one.register_number for one in (agreement, *others, agreement)]
        assert ", ".join(numbers) in said
        agreement.refresh_from_db()
        assert agreement.title_en != "Half saved?"

    def test_of_organisations_name_the_way(self, editor: User) -> None:
        top = Organization.objects.create(key="top", name_en="Top", kind="other")
        middle = Organization.objects.create(key="middle", name_en="Middle", kind="other", parent=top)
        bottom = Organization.objects.create(key="bottom", name_en="Bottom", kind="other", parent=middle)
        desk = Desk(editor, reverse("admin:agreements_organization_change", args=[top.pk]))
        desk.send(parent=str(bottom.pk))

        assert "Top – Bottom – Middle – Top" in desk.said("parent")


class TestDirectories:
    @pytest.mark.parametrize("model", ["organization", "place", "framework", "principle", "source", "objective"])
    def test_refuse_what_is_unseen_and_what_is_empty(self, agreement: Agreement, editor: User, model: str) -> None:
        stem = "title" if model in ("source", "objective") else "name"
        desk = Desk(editor, reverse(f"admin:agreements_{model}_add"))
        desk.send(**{f"{stem}_en": "IOM\u200b"})
        assert "U+200B" in desk.said(f"{stem}_en")

        desk.send(**{f"{stem}_en": " "})
        assert "at least one language" in desk.said(f"{stem}_en")

    def test_refuse_a_name_twice_and_itself_as_parent(self, agreement: Agreement, editor: User) -> None:
        body = Organization.objects.first()
        assert body is not None
        body.aliases.create(name="Another", language="en")
        number = body.aliases.count()
        desk = Desk(editor, reverse("admin:agreements_organization_change", args=[body.pk]))
        desk.send({"aliases": {"name": "Another\u200e", "language": "en"}})
        assert "already listed" in desk.said(f"aliases-{number}-name")

        desk.send(parent=str(body.pk))
        assert "part of itself" in desk.said("parent")

    def test_refuse_half_a_coordinate(self, agreement: Agreement, editor: User) -> None:
        place = Place.objects.first()
        assert place is not None
        desk = Desk(editor, reverse("admin:agreements_place_change", args=[place.pk]))
        desk.send(latitude="33", longitude="", precision="exact")

        assert "Coordinates need" in desk.said("latitude")


class TestFiles:
    def upload(self, desk: Desk, content: bytes, name: str) -> str:
        row = {"title_en": "Annex", "kind": "annex", "language": "en", "version": "1", "is_public": "on"}
        desk.send({"documents": {**row, "file": SimpleUploadedFile(name, content)}})
        return desk.said("documents-0-file")

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"", "annex.pdf", "empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "annex.pdf", "The name says PDF, but this file is PNG"),
            (b"MZ\x90\0", "annex.pdf", "is not PDF"),
            (PDF, "annex.exe", "“.exe” are not kept here"),
        ],
    )
    def test_are_refused_at_their_field(self, desk: Desk, content: bytes, name: str, said: str) -> None:
        assert said in self.upload(desk, content, name)
        assert not Document.objects.exists()

    def test_are_described_by_their_content(self, desk: Desk) -> None:
        assert self.upload(desk, locked(PDF), "../../etc/an\u202enex.pdf") == ""

        document = Document.objects.get()
        assert (document.file_name, document.media_type) == ("annex.pdf", "application/pdf")
        assert document.is_encrypted
        assert document.scan_result == "not_scanned"

    def test_that_are_infected_are_refused_and_not_stored(self, desk: Desk, settings: Settings) -> None:
        with loopback_scanner() as scanner:
            settings.CLAMD = scanner.address
            said = self.upload(desk, EICAR, "annex.txt")

        assert FOUND in said
        assert not Document.objects.exists()

    def test_that_are_clean_are_noted_so(self, desk: Desk, settings: Settings) -> None:
        with loopback_scanner() as scanner:
            settings.CLAMD = scanner.address
            self.upload(desk, PDF, "annex.pdf")

        document = Document.objects.get()
        assert (document.scan_result, document.scanned_at is not None) == ("clean", True)

    def test_are_scanned_before_the_public_gets_them(
        self, desk: Desk, agreement: Agreement, editor: User, noon: Any, settings: Settings
    ) -> None:
        settings.CLAMD = "tcp:127.0.0.1:1"
        self.upload(desk, EICAR + b"!", "annex.txt")  # nobody looked
        with pytest.raises(ContentIncomplete) as refused:
            submit_agreement(agreement.pk, by=editor, at=noon)
        assert "document_not_scanned" in [one.code for one in refused.value.problems]

        with loopback_scanner() as scanner:
            settings.CLAMD = scanner.address
            with pytest.raises(ContentIncomplete) as refused:
                submit_agreement(agreement.pk, by=editor, at=noon)
        assert "document_infected" in [one.code for one in refused.value.problems]
        assert Document.objects.get().scan_found == FOUND

    def test_are_only_said_not_to_be_scanned_where_no_scanner_is(self, editor: User, noon: Any) -> None:
        agreement = first_agreement()
        desk = Desk(editor, change_page(agreement))
        self.upload(desk, PDF, "annex.pdf")

        assert "no scanner is set up" in desk.client.get(desk.page).content.decode()
        submit_agreement(agreement.pk, by=editor, at=noon)


class TestEveryRule:
    def test_that_has_words_has_a_field(self) -> None:
        said = [
            (model.__name__, one.name, field_of_rule(one.name), {field.name for field in model._meta.get_fields()})
            for model in apps.get_app_config("agreements").get_models()
            for one in model._meta.constraints
            if has_words(one) and not one.name.endswith("_tidy")
        ]
        assert [(name, rule) for name, rule, field, fields in said if field not in fields] == []
