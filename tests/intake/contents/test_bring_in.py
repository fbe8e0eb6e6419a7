"""Editions of another portal, or of this one, become drafts that say the same."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.content import AgreementContent
from agreements.editions.differences import differences
from agreements.intake.contents.bring_in import Wishes, bring_in
from agreements.intake.contents.incoming import FileFacts
from agreements.intake.contents.models import Origin
from agreements.intake.contents.read import From, read_editions
from agreements.intake.contents.remarks import RemarkCode
from agreements.intake.contents.results import ContentOutcome, ContentResult, Report
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Framework, Objective, Organization, Place, Principle, Source
from agreements.register.shipped import load_first_agreement
from agreements.vocabulary.languages import LocalisedText
from tests.border_protocol import border_protocol
from tests.conftest import NOON
from tests.editions.contents import full
from tests.people import make_user
from tests.rich import enrich

FILE = FileFacts("editions.jsonl", "f" * 64)
_AS_USUAL = Wishes()
ELSEWHERE = From("https://elsewhere.example/id/MOC-0001/3")


@pytest.fixture(scope="module")
def contents(one_for_all_tests: None) -> list[AgreementContent]:
    """A rich record, one that implements it, and a short one; then the register is emptied, directories and all."""
    editor = make_user("editor")
    with transaction.atomic():
        first = enrich(load_first_agreement(by=editor))
        _add_what_it_lacks(first)
        second = border_protocol(by=editor, below=first)
        found = [build_content(Agreement.objects.get(pk=one.pk)) for one in (first, second)]
        transaction.set_rollback(True)
    for model in (Source, Principle, Framework, Place):
        model.objects.all().delete()
    Organization.objects.update(parent=None)
    Organization.objects.all().delete()
    return found


def _add_what_it_lacks(agreement: Agreement) -> None:
    iom, source = Organization.objects.get(key="iom"), agreement.sources.get()
    agreement.obligations.create(bearer=iom, text_en="Report", due="2025-06", status="open", source=source)
    agreement.participations.create(
        role="witness", organization=Organization.objects.get(key="un"), acting_through=iom, position=9
    )
    agreement.activities.all()[0].objectives.set(
        Objective.objects.filter(framework__key="gcm", code__in=("2", "23", "11"))
    )
    terms = {"renewal_kind": "tacit", "renewal_months": 12, "notice_length": 6, "notice_unit": "months"}
    Agreement.objects.filter(pk=agreement.pk).update(**terms, review_months=24)


def _file(*contents: AgreementContent) -> BytesIO:
    return BytesIO(b"\n".join(canonical_bytes(one) for one in contents))


def _import(file: BytesIO, source: From = ELSEWHERE, *, wishes: Wishes = _AS_USUAL, is_dry: bool = False) -> Report:
    editor = User.objects.filter(groups__name="editor").first()
    assert editor is not None
    return bring_in(read_editions(file, source), FILE, by=editor, at=NOON, wishes=wishes, is_dry=is_dry)


def _is_empty() -> bool:
    return not Agreement.objects.exists() and not Organization.objects.exists()


def _drafted(result: ContentResult) -> AgreementContent:
    return build_content(Agreement.objects.get(pk=result.agreement_id))


@pytest.mark.django_db
class TestBringIn:
    def test_in_an_empty_register_all_is_as_it_was_but_for_what_is_listed(
        self, contents: list[AgreementContent]
    ) -> None:
        report = _import(_file(*contents))

        for content, result in zip(contents, report.results, strict=True):
            assert result.outcome == ContentOutcome.ADDED
            expected = content.model_copy(update={"documents": (), "reviewed_by_another": True})
            assert not differences(expected, _drafted(result)).sections, [str(one) for one in result.remarks]

    def test_brought_in_again_nothing_changes_and_a_dry_run_keeps_nothing(
        self, contents: list[AgreementContent]
    ) -> None:
        dry = _import(_file(*contents), is_dry=True)
        assert not dry.is_written
        assert _is_empty()
        numbers = [one.register_number for one in contents]
        assert [one.register_number for one in dry.results] == numbers

        _import(_file(*contents))
        first = Agreement.objects.filter(register_number=numbers[0])
        first.update(title_en="Staff have edited it since")
        again = _import(_file(*contents))

        assert (again.is_written, again.counts[ContentOutcome.UNCHANGED]) == (False, len(contents))
        assert first.get().title_en == "Staff have edited it since"
        assert Agreement.objects.create(kind="other", title_en="Next").register_number > numbers[1]

    def test_another_content_becomes_a_change_of_the_draft_and_internal_parts_stay(
        self, contents: list[AgreementContent]
    ) -> None:
        [added] = _import(_file(contents[0])).results
        agreement = Agreement.objects.get(pk=added.agreement_id)
        agreement.contacts.create(name_en="Internal")
        kept = set(agreement.participations.values_list("pk", flat=True))
        longer = contents[0].model_copy(
            update={
                "title": LocalisedText(en="Another title", ar=contents[0].title.ar),
                "participations": contents[0].participations[:-1],
                "dates": contents[0].dates[1:],
                "statements": contents[0].statements[::-1],
                "announcement": None,
            }
        )

        [changed] = _import(_file(longer)).results

        assert changed.outcome == ContentOutcome.CHANGED
        assert changed.differences is not None
        assert changed.differences.count > 3
        drafted = _drafted(changed)
        assert drafted == longer.model_copy(update={"documents": ()})
        assert agreement.contacts.filter(name_en="Internal").exists()
        assert set(agreement.participations.values_list("pk", flat=True)) < kept
        agreement.refresh_from_db()
        assert agreement.revision == 1

    def test_lists_what_it_cannot_carry(self, contents: list[AgreementContent]) -> None:
        said_there = {"confirmations": full().confirmations, "corrections": full().corrections}
        rich = contents[0].model_copy(update={**said_there, "reviewed_by_another": False})

        [alone] = _import(_file(contents[1])).results
        [first] = _import(_file(rich)).results

        assert {one.code for one in first.remarks} >= {
            RemarkCode.DOCUMENT_LEFT, RemarkCode.REVIEWED_BY_ONE, RemarkCode.CONFIRMATION_LEFT,
            RemarkCode.CORRECTION_LEFT,
        }  # fmt: skip
        assert {one.code for one in alone.remarks} >= {RemarkCode.RELATION_LEFT, RemarkCode.KIND_UNKNOWN}
        assert all("%(" not in str(remark) for one in (first, alone) for remark in one.remarks)

        [related] = _import(_file(contents[1])).results
        [same] = _import(_file(contents[1])).results
        assert (related.outcome, related.sections) == (ContentOutcome.CHANGED, ("relations",))
        assert same.outcome == ContentOutcome.UNCHANGED

    def test_an_entry_that_cannot_be_the_same_is_not_merged_and_one_that_is_stays_as_it_is(
        self, contents: list[AgreementContent]
    ) -> None:
        Organization.objects.create(key="iom-iraq", kind="ngo", name_en="Something else altogether", country="FR")
        Place.objects.create(key="erbil-airport", kind="airport", name_en="Erbil International Airport")

        [_first, second] = _import(_file(*contents)).results

        parties = {one.organization.id for one in _drafted(second).parties}
        assert "iom-iraq-2" in parties
        assert Organization.objects.get(key="iom-iraq").name_en == "Something else altogether"
        assert Place.objects.get(key="erbil-airport").country == ""
        assert RemarkCode.ENTRY_KEPT in {remark.code for remark in second.remarks}

    def test_what_the_register_would_not_take_is_refused_in_words_and_all_is_left_out(
        self, contents: list[AgreementContent]
    ) -> None:
        first, second = contents
        broken = [
            first.model_copy(update={"title": LocalisedText(en="x" * 1001)}),
            first.model_copy(update={"title": LocalisedText(en="A\u202etitle")}),
            first.model_copy(update={"title": LocalisedText()}),
            first.model_copy(update={"dates": (first.dates[0], first.dates[0])}),
            first.model_copy(update={"participations": (first.participations[0],) * 2}),
        ]

        for content in broken:
            report = _import(_file(content, second))
            assert not report.is_written
            assert [one.outcome for one in report.results] == [ContentOutcome.REFUSED, ContentOutcome.ADDED]
            assert all(refusal.sentence for refusal in report.results[0].refusals)
            assert _is_empty()

        kept = _import(_file(broken[0], second), wishes=Wishes(good_ones_only=True))
        assert kept.is_written
        assert Agreement.objects.count() == 1

    def test_a_draft_that_only_its_relation_changes_is_noted_as_one_of_the_file(
        self, contents: list[AgreementContent]
    ) -> None:
        [alone] = _import(_file(contents[1])).results

        [related, _other] = _import(_file(contents[1], contents[0])).results

        assert (related.outcome, related.sections) == (ContentOutcome.CHANGED, ("relations",))
        assert Origin.objects.filter(agreement=alone.agreement_id).count() == 2

    def test_relations_in_a_circle_are_refused_in_the_words_of_the_desk(self, contents: list[AgreementContent]) -> None:
        _import(_file(*contents))
        back = {"register_number": contents[1].register_number, "title": contents[1].title}
        relation = next(one for one in contents[1].relations if one.relation == "implements").model_copy(update=back)

        [refused] = _import(_file(contents[0].model_copy(update={"relations": (relation,)}))).results

        assert "go in a circle: choose another" in str(refused.refusals[0])

    def test_a_number_that_is_taken_names_another_agreement_unless_somebody_says_so(
        self, contents: list[AgreementContent]
    ) -> None:
        here = Agreement.objects.create(kind="other", title_en="Here", register_number=contents[0].register_number)

        [other] = _import(_file(contents[0])).results
        [same] = _import(_file(contents[0]), From("https://third.example"), wishes=Wishes(same_numbers=True)).results

        assert other.register_number not in ("", here.register_number)
        assert RemarkCode.NUMBER_NEW in {remark.code for remark in other.remarks}
        assert (same.outcome, same.agreement_id) == (ContentOutcome.CHANGED, here.pk)

    def test_what_is_no_register_number_gets_a_new_one_however_long_it_is(
        self, contents: list[AgreementContent]
    ) -> None:
        for number in ("other/7", "MOC-12345678", f"MOC-{'9' * 5_000}"):
            [found] = _import(_file(contents[1].model_copy(update={"register_number": number})), is_dry=True).results
            assert (found.outcome, found.register_number) == (ContentOutcome.ADDED, "")
            assert RemarkCode.NUMBER_UNFIT in {remark.code for remark in found.remarks}

    def test_says_whether_the_hash_is_what_the_file_claims(self, contents: list[AgreementContent]) -> None:
        canonical = canonical_bytes(contents[1])
        lines = [
            b'{"content": %s, "content_sha256": "%s", "edition": 2}' % (canonical, claimed.encode())
            for claimed in (content_hash(canonical), "0" * 64)
        ]

        first, second = (next(read_editions(BytesIO(line))) for line in lines)

        assert first.provenance.is_as_claimed
        assert (first.provenance.edition_number, second.provenance.is_as_claimed) == (2, False)
        report = _import(BytesIO(lines[1]))
        assert RemarkCode.HASH_DIFFERS in {remark.code for remark in report.results[0].remarks}
