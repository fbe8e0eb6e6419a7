"""The OpenAPI 3.1 document of the API, with answers of this register as examples."""

import json
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_noop as _

from agreements.opendata.api.answers import ROOT
from agreements.opendata.api.examples import examples
from agreements.opendata.api.problems import KINDS, MEDIA_TYPE
from agreements.opendata.api.service import TAGS, VERSION, api

Node = dict[str, Any]

DESCRIPTION: Final = _(
    "The whole public record of the register for programs: read-only, without registration. Everything here comes from "
    "published editions."
)
_NOT_MODIFIED: Final = _("Nothing has changed since the answer whose ETag was sent as If-None-Match.")
_HEADERS: Final = {
    "ETag": _("Names this answer. Send it as If-None-Match to get the body only if it has changed."),
    "RateLimit-Policy": _("How many requests one client may send in how many seconds."),
    "RateLimit": _("How many are left to this client, and in how many seconds all are there again."),
}


def openapi_document() -> Node:
    """The document for programs, in English."""
    document: Node = json.loads(_without_examples())
    document["servers"] = [{"url": settings.PUBLIC_ORIGIN}]
    if settings.DATA_LICENCE_NAME:
        licence = {"name": settings.DATA_LICENCE_NAME}
        document["info"]["license"] = licence | (
            {"url": settings.DATA_LICENCE_URL} if settings.DATA_LICENCE_URL else {}
        )
    found = examples()
    for operation in operations(document).values():
        example = found.get(operation["operationId"])
        if example is not None:
            operation["responses"]["200"]["content"]["application/json"]["example"] = example.answer
            operation["x-example-request"] = example.request
    return document


def operations(document: Node) -> dict[str, Node]:
    """The operations of a document by their paths; each path is only read."""
    return {path: methods["get"] for path, methods in document["paths"].items()}


@cache
def _without_examples() -> str:
    document: Node = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT.lstrip("/")), default=str))
    document["info"] = {"title": "MOC Portal", "version": VERSION, "description": DESCRIPTION}
    document["tags"] = [{"name": name} for name in TAGS]
    document["paths"] = dict(sorted(document["paths"].items(), key=_place))
    for operation in operations(document).values():
        operation["parameters"] = [_parameter(one) for one in operation["parameters"]]
        operation["responses"] = {
            status: _response(status, response) for status, response in operation["responses"].items()
        } | {"304": {"description": _NOT_MODIFIED}}
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {name: one for name, one in schemas.items() if not name.endswith("Parameters")}
    return json.dumps(document)


def _place(path: tuple[str, Node]) -> int:
    return TAGS.index(path[1]["get"]["tags"][0])


def _parameter(node: Node) -> Node:
    """A parameter's examples are a list in a schema, and a single one beside it."""
    examples = node.pop("examples", None)
    return node | ({"example": examples[0]} if examples else {})


def _response(status: str, response: Node) -> Node:
    """An answer with its headers; a problem under its own media type, with an example."""
    if int(status) == HTTPStatus.OK:
        headers = {name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()}
        return response | {"headers": headers}
    kind = next(one for one in KINDS if one.status == int(status))
    [content] = response["content"].values()
    example = {
        "type": f"{settings.PUBLIC_ORIGIN}{ROOT}problems/{kind.name}",
        "title": str(kind.title),
        "status": int(status),
        "detail": str(kind.remedy),
        "instance": ROOT,
    }
    return {"description": str(kind.title), "content": {MEDIA_TYPE: content | {"example": example}}}
