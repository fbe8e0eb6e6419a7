"""Activities become drafts that staff go on with; a newer file adds to them and takes nothing away."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User

from agreements.intake.contents.bring_in import bring_in
from agreements.intake.contents.incoming import FileFacts
from agreements.intake.contents.results import ContentOutcome, Report
from agreements.intake.iati.agreements import read_agreements
from agreements.intake.iati.choices import AS_USUAL
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from tests.conftest import NOON
from tests.intake.iati.activities import MEMORANDUM, WORK, iati_file


def brought(file: BytesIO, by: User) -> Report:
    return bring_in(read_agreements(file, AS_USUAL), FileFacts("activities.xml", "a" * 64), by=by, at=NOON)


@pytest.mark.django_db
class TestDrafts:
    def test_a_newer_file_adds_and_what_staff_wrote_stays(self, editor: User) -> None:
        first = brought(iati_file(WORK, MEMORANDUM), editor)
        agreement = Agreement.objects.get(pk=first.results[0].agreement_id)
        agreement.signatories.create(party=Organization.objects.get(key="iom"), name_en="Sara Karim")
        Agreement.objects.filter(pk=agreement.pk).update(renewal_en="Tacitly.")
        newer = MEMORANDUM.replace("2026-12-31", "2027-12-31").replace("Better border", "Far better border")

        same = brought(iati_file(WORK, MEMORANDUM), editor)
        [changed] = brought(iati_file(WORK, newer), editor).results

        assert [one.outcome for one in same.results] == [ContentOutcome.UNCHANGED]
        assert (changed.outcome, changed.difference_count) == (ContentOutcome.CHANGED, 2)
        agreement.refresh_from_db()
        assert (agreement.renewal_en, agreement.purpose_en) == ("Tacitly.", "Far better border management.")
        assert agreement.signatories.count() == 1
        assert agreement.dates.get(kind="planned_end").date == "2027-12-31"
        assert {one.source.key for one in agreement.participations.all() if one.source} == {"iati-xm-dac-47066"}
