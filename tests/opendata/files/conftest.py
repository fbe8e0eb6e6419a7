"""The small register, written once a module."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.opendata.files.a_register import LICENCE, publish_register


@pytest.fixture(scope="module", autouse=True)
def register(one_for_all_tests: None) -> Iterator[None]:
    with override_settings(DATA_LICENCE_NAME="CC BY 4.0", DATA_LICENCE_URL=LICENCE):
        publish_register()
        yield
