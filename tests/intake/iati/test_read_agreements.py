"""Activities of any publisher become contents of agreements; what has no place is listed."""

from io import BytesIO
from pathlib import Path

import pytest

from agreements.intake.iati.agreements import read_agreements
from agreements.intake.iati.choices import AS_USUAL


@pytest.mark.django_db
class TestReadAgreements:
    def test_x(self) -> None:
        file = BytesIO(Path("/work/shared/iati/example-moc-2.03.xml").read_bytes())
        for one in read_agreements(file, AS_USUAL):
            print(one.content.model_dump_json(indent=1, exclude_defaults=True))
            for r in one.remarks: print(r.code, r.place, r)
        assert 0
