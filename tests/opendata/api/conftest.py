"""The record that the tests of the API read."""

import pytest

from agreements.editions.models import Edition
from tests.opendata.api.records import published_record


@pytest.fixture(scope="module")
def record(one_for_all_tests: None) -> Edition:
    return published_record()
