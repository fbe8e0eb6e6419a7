"""The catalogue of what the register gives."""

import pytest
from django.conf import settings
from django.test import Client

from agreements.formats.all_tables import TABLES
from agreements.vocabulary.languages import LANGUAGES
from tests.opendata.files.a_register import LICENCE, fetch, received
from tests.opendata.files.test_one import expanded

pytestmark = pytest.mark.django_db

DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


class TestCatalogue:
    def test_names_files_that_are_there(self, client: Client) -> None:
        node = expanded(fetch(client, "/catalog.jsonld"))

        assert node["@type"] == [f"{DCAT}Catalog"]
        datasets = node[f"{DCAT}dataset"]
        assert len(datasets) == len(TABLES)
        for dataset in datasets:
            assert {one["@language"] for one in dataset[f"{DCT}title"]} == set(LANGUAGES)
            assert dataset[f"{DCT}license"] == [{"@id": LICENCE}]
            for form in dataset[f"{DCAT}distribution"]:
                address = form[f"{DCAT}downloadURL"][0]["@id"].removeprefix(settings.PUBLIC_ORIGIN)
                response = client.get(address)
                assert received(response)
                media_type = response["Content-Type"].partition(";")[0].replace("jsonl", "json")
                assert form[f"{DCAT}mediaType"][0]["@id"].endswith(media_type)

    def test_leads_to_the_api(self, client: Client) -> None:
        [service] = expanded(fetch(client, "/catalog.jsonld"))[f"{DCAT}service"]

        for name in ("endpointURL", "endpointDescription"):
            address = service[f"{DCAT}{name}"][0]["@id"].removeprefix(settings.PUBLIC_ORIGIN)
            assert client.get(address, headers={"Accept": "application/json"}).status_code == 200
        assert service[f"{DCAT}servesDataset"] == [{"@id": f"{settings.PUBLIC_ORIGIN}/catalog.jsonld#agreements"}]

    def test_leaves_out_what_nobody_declared(self, client: Client) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "DATA_LICENCE_NAME", "")
            node = expanded(fetch(client, "/catalog.jsonld"))
            package = fetch(client, "/data/datapackage.json").decode()

        assert f"{DCT}license" not in node
        assert "licenses" not in package
