"""What readers see before anything is published."""

import pytest
from django.test import Client

PATHS = (
    "",
    "organisations/",
    "frameworks/",
    "frameworks/gcm/",
    "places/",
    "places/trebil/",
    "dates/",
    "data/",
    "data/api/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_every_list_says_that_there_is_nothing_yet(client: Client, language: str) -> None:
    for path in PATHS:
        assert client.get(f"/{language}/{path}").status_code == 200
    assert client.get(f"/{language}/organisations/iom-iraq/").status_code == 404
