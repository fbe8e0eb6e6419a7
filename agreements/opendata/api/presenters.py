"""The document as its page shows it, in the active language."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent
from agreements.formats.difference_labels import label_of
from agreements.opendata.api.document import Node, operations
from agreements.opendata.api.parameters import FIELDS
from agreements.opendata.api.service import TAGS

_REF: Final = "#/components/schemas/"
_GROUPS: Final = {
    "standing": _("What the text in each language is worth"),
    "terms": _("Length, notice and renewal"),
}
"""Fields that comparisons know only by what is in them."""

_OF_CONTENT: Final = ("AgreementContent", "SelectedContent", "Place", "JsonValue")


@dataclass(frozen=True)
class Parameter:
    """``values`` are those that there are, where they are not free; ``type`` is written as in code."""

    name: str
    type: str
    is_in_path: bool
    description: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    anchor: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    shape: str
    statuses: tuple[str, ...]
    request: str
    answer: str


@dataclass(frozen=True)
class Chapter:
    """The operations of one kind of thing."""

    anchor: str
    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Field:
    """``shapes`` are those that its type names."""

    name: str
    type: str
    shapes: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Shape:
    """An object with its fields, or a word that has only certain values."""

    name: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


class Presenter:
    """Reads one document."""

    def __init__(self, document: Node) -> None:
        self._operations = operations(document)
        self._schemas: Node = document["components"]["schemas"]

    def chapters(self) -> list[Chapter]:
        """All operations, by what they are about."""
        found = [(one["tags"][0], self._operation(path, one)) for path, one in self._operations.items()]
        return [
            Chapter(f"about-{number}", gettext(tag), tuple(one for of, one in found if of == tag))
            for number, tag in enumerate(TAGS)
        ]

    def shapes(self) -> list[Shape]:
        """The shapes of answers, without those that only the content of an edition has."""
        wanted: dict[str, None] = {}
        waiting = [_answered(one)["$ref"].removeprefix(_REF) for one in self._operations.values()]
        while waiting:
            name = waiting.pop(0)
            if name not in wanted:
                wanted[name] = None
                waiting += [one for field in self._fields(name) for one in field.shapes]
        return [
            Shape(name, tuple(self._fields(name)), tuple(self._values(self._schemas[name])))
            for name in sorted(wanted, key=lambda one: "properties" not in self._schemas[one])
        ]

    def _fields(self, name: str) -> Iterator[Field]:
        for field, schema in self._schemas[name].get("properties", {}).items():
            shapes = tuple(one for one in _shapes(schema) if one not in _OF_CONTENT)
            yield Field(field, _type(schema), shapes, gettext(schema["description"]) if "description" in schema else "")

    def _operation(self, path: str, node: Node) -> Operation:
        content = node["responses"]["200"]["content"]["application/json"]
        answer = json.dumps(content["example"], ensure_ascii=False, indent=2) if "example" in content else ""
        return Operation(
            anchor=node["operationId"].replace("_", "-"),
            path=path,
            summary=gettext(node["summary"]),
            description=gettext(node["description"]),
            parameters=tuple(self._parameter(one) for one in node["parameters"]),
            shape=_answered(node)["$ref"].removeprefix(_REF),
            statuses=tuple(sorted(node["responses"])),
            request=node.get("x-example-request", ""),
            answer=answer,
        )

    def _parameter(self, node: Node) -> Parameter:
        schema = node["schema"]
        return Parameter(
            name=node["name"],
            type=_type(schema).removesuffix(" | null"),
            is_in_path=node["in"] == "path",
            description=gettext(node["description"]) if "description" in node else "",
            values=tuple(self._values(schema)),
        )

    def _values(self, schema: Node) -> list[str]:
        """The values that there are, of one or of each in a list; none where they are free."""
        if "$ref" in schema:
            return self._values(self._schemas[schema["$ref"].removeprefix(_REF)])
        inner = (one for part in _inner(schema) for one in self._values(part))
        return [*map(str, schema.get("enum", ())), *inner]


def content_fields() -> list[Field]:
    """The fields of an edition's content, under the names that comparisons give them."""
    schema = AgreementContent.model_json_schema(mode="serialization", ref_template=f"{_REF}{{model}}")
    return [
        Field(name, _type(one), (), str(_GROUPS[name]) if name in _GROUPS else label_of(AgreementContent, name))
        for name, one in schema["properties"].items()
        if name in FIELDS
    ]


def _answered(operation: Node) -> Node:
    schema: Node = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


def _shapes(schema: Node) -> Iterator[str]:
    """The names of the shapes that a field has, or that each of its items has."""
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(_REF)
    for inner in _inner(schema):
        yield from _shapes(inner)


def _inner(schema: Node) -> list[Node]:
    return [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]


def _type(schema: Node) -> str:
    """A type as code writes it: ``string``, ``Addresses``, ``Named[]``, ``string | null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("type", "any"))
