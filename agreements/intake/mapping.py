"""Which column of a file means what: chosen once, remembered by name, and kept as a file of its own."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Self

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreements.intake.columns import BY_CODE, ROLE, label_of
from agreements.intake.errors import MappingInvalid
from agreements.vocabulary.kinds import AgreementKind, OrganizationKind

FORMAT: Final = "moc-portal-mapping-1"
MAX_MAPPING_BYTES: Final = 200_000


class ColumnMapping(BaseModel):
    """A mapping as it is kept.

    Attributes:
        name: whose files these are; references are unique below this name, in every file that comes with it.
        columns: field by heading.
        heading_row: the row of the headings as a spreadsheet numbers it; 0 is the first row that is not empty.
        month_first: whether 02/05/2021 is the fifth of February.
        agreement_kind: the kind of agreements that the file says none of; empty where it has to.
        organization_kind: the kind of organisations that the register does not know yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=100)
    columns: dict[str, str] = Field(max_length=300)
    heading_row: int = Field(default=0, ge=0, le=1000)
    month_first: bool = False
    agreement_kind: str = ""
    organization_kind: str = OrganizationKind.OTHER.value

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what ``to_json`` wrote.

        Raises:
            MappingInvalid: it is something else.
        """
        try:
            found = json.loads(text)
            if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
                raise MappingInvalid("no mapping")
            mapping = cls.model_validate(found)
        except (ValueError, ValidationError, RecursionError) as error:
            raise MappingInvalid(str(error)[:200]) from error
        unknown = set(mapping.columns.values()) - BY_CODE.keys()
        if unknown or mapping.agreement_kind not in ("", *AgreementKind.values):
            raise MappingInvalid(f"unknown: {sorted(unknown)} {mapping.agreement_kind}")
        if mapping.organization_kind not in OrganizationKind.values:
            raise MappingInvalid(f"unknown: {mapping.organization_kind}")
        return mapping

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **self.model_dump()}, ensure_ascii=False, indent=2) + "\n"


def problems_of(columns: Mapping[str, str], *, agreement_kind: str) -> list[str]:
    """What keeps a choice of columns from being used, in the active language."""
    codes = Counter(code for code in columns.values() if code)
    twice = [label_of(code) for code, count in codes.items() if count > 1 and not BY_CODE[code].is_list]
    found = []
    if twice:
        found.append(_("More than one column is to be %(fields)s: choose one.") % {"fields": ", ".join(twice)})
    is_known = "register_number" in codes
    if not is_known and not any(f"title_{language}" in codes for language in ("en", "ar", "ckb")):
        found.append(_("Choose the column of the title, in any language."))
    if not is_known and "kind" not in codes and not agreement_kind:
        found.append(_("Choose the column that says what kind of agreement it is, or one kind for them all."))
    if ("amount" in codes or "currency" in codes) and f"{ROLE}funder" not in codes:
        found.append(_("An amount needs to know who gives it: choose the column of the funders."))
    return found


def positions(mapping: ColumnMapping, headings: Sequence[str]) -> dict[str, list[int]]:
    """Where each field's columns stand in a file with these headings; the headings that it lacks are left out."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        code = mapping.columns.get(heading, "")
        if code:
            found.setdefault(code, []).append(index)
    return found
