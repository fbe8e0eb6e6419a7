"""The register's tables described for programs, as a Data Package with Table Schemas (datapackage.org, version 2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import override

from agreements.formats.licence import Licence
from agreements.formats.tables import Column, Table

Descriptor = dict[str, Any]


def data_package(
    tables: Iterable[Table], *, origin: str, created: datetime, version: str, licence: Licence | None
) -> Descriptor:
    """The descriptor; its paths are relative to its own address.

    Args:
        created: when the register last changed.
        version: the place in the log that the tables are of.
        licence: left out where none is declared, because the format has no word for that.
    """
    descriptor: Descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "moc-portal-register",
        "id": f"{origin}/catalog.jsonld",
        "title": "MOC Portal: public register of memoranda of cooperation",
        "homepage": f"{origin}/en/data/",
        "version": version,
        "created": created.isoformat(timespec="seconds"),
        "sources": [{"title": "MOC Portal", "path": f"{origin}/"}],
        "resources": [_resource(table) for table in tables],
    }
    return descriptor | ({"licenses": [_licence(licence)]} if licence else {})


def _licence(licence: Licence) -> Descriptor:
    return {"title": licence.name} | ({"path": licence.url} if licence.url else {"name": licence.name})


def _resource(table: Table) -> Descriptor:
    with override("en"):
        title = str(table.title)
    return {
        "name": table.name,
        "type": "table",
        "title": title,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": _schema(table),
    }


def _schema(table: Table) -> Descriptor:
    schema: Descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.name != "agreements":
        reference = {"resource": "agreements", "fields": ["register_number"]}
        schema["foreignKeys"] = [{"fields": ["register_number"], "reference": reference}]
    return schema


def _field(column: Column) -> Descriptor:
    field: Descriptor = {"name": column.name, "type": column.type, "description": column.description}
    if column.values:
        field["constraints"] = {"enum": list(column.values)}
    return field
