"""Editions of another portal, or of this one, become drafts that say the same."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.canonical import canonical_bytes
from agreements.editions.content import AgreementContent
from agreements.intake.contents.bring_in import Wishes, bring_in
from agreements.intake.contents.incoming import FileFacts
from agreements.intake.contents.read import From, read_editions
from agreements.intake.contents.results import ContentOutcome, ContentResult, Report
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Framework, Organization, Place, Principle, Source
from agreements.register.shipped import load_first_agreement
from tests.border_protocol import border_protocol
from tests.conftest import NOON
from tests.people import make_user
from tests.rich import enrich

FILE = FileFacts("editions.jsonl", "f" * 64)
_AS_USUAL = Wishes()
ELSEWHERE = From("https://register.example/id/MOC-0001/3")


@pytest.fixture(scope="module")
def contents(one_for_all_tests: None) -> list[AgreementContent]:
    """A rich record, one that implements it, and a short one; then the register is emptied, directories and all."""
    editor = make_user("editor")
    with transaction.atomic():
        first = enrich(load_first_agreement(by=editor))
        second = border_protocol(by=editor, below=first)
        found = [build_content(Agreement.objects.get(pk=one.pk)) for one in (first, second)]
        transaction.set_rollback(True)
    for model in (Source, Principle, Framework, Place):
        model.objects.all().delete()
    Organization.objects.update(parent=None)
    Organization.objects.all().delete()
    return found


def _file(*contents: AgreementContent) -> BytesIO:
    return BytesIO(b"\n".join(canonical_bytes(one) for one in contents))


def _import(file: BytesIO, source: From = ELSEWHERE, *, wishes: Wishes = _AS_USUAL, is_dry: bool = False) -> Report:
    editor = User.objects.filter(groups__name="editor").first()
    assert editor is not None
    return bring_in(read_editions(file, source), FILE, by=editor, at=NOON, wishes=wishes, is_dry=is_dry)


def _drafted(result: ContentResult) -> AgreementContent:
    return build_content(Agreement.objects.get(pk=result.agreement_id))


@pytest.mark.django_db
class TestBringIn:
    def test_in_an_empty_register_all_is_as_it_was_but_for_what_is_listed(
        self, contents: list[AgreementContent]
    ) -> None:
        report = _import(_file(*contents))

        for content, result in zip(contents, report.results, strict=True):
            print([str(r) for r in result.refusals], [str(r) for r in result.remarks])
            assert result.outcome == ContentOutcome.ADDED
            expected = content.model_copy(update={"documents": (), "reviewed_by_another": True})
            assert _drafted(result) == expected
