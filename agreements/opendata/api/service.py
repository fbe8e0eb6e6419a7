"""The API: its operations gathered, and the document that describes them."""

from typing import Final

from ninja import NinjaAPI

from agreements.opendata.api import agreements, checkpoints, editions, frameworks, index, organizations, places
from agreements.opendata.api.operations import router
from agreements.opendata.api.refusals import add_handlers

VERSION: Final = "1"
TAGS: Final = (index.TAG, agreements.TAG, editions.TAG, organizations.TAG, frameworks.TAG, places.TAG, checkpoints.TAG)

api: Final = NinjaAPI(version=VERSION, urls_namespace="api", docs_url=None, openapi_url=None)
api.add_router("", router)
add_handlers(api)
