"""What the form promises about names, and how long a report is kept, is done by a worker."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils.module_loading import import_string

from agreements.correspondence.erase import (
    NAME_DAYS,
    NAME_DAYS_AFTER_ANSWER,
    REPORT_DAYS,
    erase_old_reports,
)
from agreements.correspondence.limits import Limit
from agreements.correspondence.models import Report
from agreements.editions.models import Edition
from agreements.publishing.reported import decline_report
from moc_portal import settings as portal
from tests.people import make_user
from tests.reports import WRONG, reported

pytestmark = pytest.mark.django_db

EDITION = Edition(register_number="MOC-0001", number=1, content_hash="0" * 64)


def names() -> list[str]:
    return list(Report.objects.order_by("pk").values_list("name", flat=True))


class TestEraseOldReports:
    def test_is_asked_for_by_every_worker(self) -> None:
        assert erase_old_reports in [import_string(path) for path in portal.PERIODIC]

    def test_forgets_names_so_many_days_after_the_decision(self, noon: datetime) -> None:
        report = reported(EDITION, at=noon)
        decline_report(report.pk, by=make_user("editor"), at=noon, answer="It is right.")

        assert erase_old_reports(at=noon + timedelta(days=NAME_DAYS_AFTER_ANSWER)) == 0
        assert erase_old_reports(at=noon + timedelta(days=NAME_DAYS_AFTER_ANSWER, seconds=1)) == 1

        report.refresh_from_db()
        assert (report.name, report.email, report.wrong) == ("", "", WRONG)
        assert report.erased_at is not None

    def test_forgets_them_after_a_year_where_nobody_decided(self, noon: datetime) -> None:
        reported(EDITION, at=noon)
        reported(EDITION, at=noon + timedelta(days=1))

        erase_old_reports(at=noon + timedelta(days=NAME_DAYS, hours=1))

        assert names() == ["", "Rana"]

    def test_deletes_reports_after_two_years_and_says_how_many(self, noon: datetime) -> None:
        reported(EDITION, at=noon, name="", email="")

        assert erase_old_reports(at=noon + timedelta(days=REPORT_DAYS, seconds=1)) == 1
        assert not Report.objects.exists()

    def test_leaves_no_word_and_no_name_of_a_reader_in_the_trail(self, noon: datetime) -> None:
        reported(EDITION, at=noon)
        erase_old_reports(at=noon + timedelta(days=REPORT_DAYS, seconds=1))

        event = apps.get_model("agreements", "ReportEvent")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT string_agg(row::text, '') FROM {event._meta.db_table} row")  # our own
            (kept,) = cursor.fetchone()
        assert "MOC-0001" in kept
        assert not [said for said in ("Rana", "rana@", "funder is written") if said in kept]

    def test_forgets_who_tried_something_a_day_ago(self, noon: datetime) -> None:
        Limit("test", 1).spend("somebody", at=noon)

        erase_old_reports(at=noon + timedelta(days=2))

        Limit("test", 1).check("somebody", at=noon)
