"""What can be asked, as the document describes it; what is not described here is refused by name."""

from typing import Annotated, Final, Literal

from django.utils.translation import gettext_noop as _
from ninja import Path
from pydantic import BaseModel, ConfigDict, Field

from agreements.editions.content import AgreementContent
from agreements.search.query import MAX_CHARACTERS, MAX_VALUES
from agreements.vocabulary.kinds import AgreementKind, LegalCharacter, LegalStatus
from agreements.vocabulary.languages import Language
from agreements.vocabulary.mentions import MentionRole

PAGE: Final = 20
LARGEST_PAGE: Final = 100

_TEXT: Final = r"^[^\u0000-\u001f\u007f-\u009f\ufffd]*$"
"""No control characters, and nothing that was not UTF-8."""

FIELDS: Final = [name for name in AgreementContent.model_fields if name != "schema_version"]

Words = Annotated[str, Field(max_length=MAX_CHARACTERS, pattern=_TEXT)]
Keys = Annotated[list[Annotated[str, Field(min_length=1, max_length=200, pattern=_TEXT)]], Field(max_length=MAX_VALUES)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE, description=_("How many a page has at most."), examples=[PAGE])]

RegisterNumber = Annotated[
    str,
    Path(pattern=r"^MOC-[0-9]{4,9}$", description=_("The register number."), examples=["MOC-0001"]),
]
EditionNumber = Annotated[
    int, Path(ge=1, le=999_999_999, description=_("The number of the edition, from 1."), examples=[1])
]
Key = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,120}$", description=_("The id, as other answers name it."))]
Sequence = Annotated[int, Path(ge=1, le=10**15, description=_("The entry’s place in the log, from 1."), examples=[1])]


class Parameters(BaseModel):
    model_config = ConfigDict(frozen=True)


class AgreementParameters(Parameters):
    """The site's search: values of one filter are alternatives, filters are joined."""

    q: Words = Field(
        "",
        description=_(
            "Words that must all be there, in any language. Words in “quotation marks” must stand in a row; those "
            "behind a minus must not be there."
        ),
        examples=["border management"],
    )
    kind: list[AgreementKind] = Field([], max_length=MAX_VALUES, description=_("The kind of agreement."))
    status: list[LegalStatus] = Field([], max_length=MAX_VALUES, description=_("The legal status of today."))
    party: Keys = Field([], description=_("The id of an organisation that is a party."))
    funder: Keys = Field([], description=_("The id of an organisation that funds it."))
    framework: Keys = Field([], description=_("The id of a framework that it serves."))
    objective: Keys = Field([], description=_("The id of an objective that it serves, such as gcm/11."))
    place: Keys = Field([], description=_("The id of a place that it names."))
    year: list[Annotated[str, Field(pattern=r"^[0-9]{4}$")]] = Field(
        [], max_length=MAX_VALUES, description=_("The year of its own date.")
    )
    language: list[Language] = Field([], max_length=MAX_VALUES, description=_("A language that it is written in."))
    character: list[LegalCharacter] = Field([], max_length=MAX_VALUES, description=_("What it binds to by law."))
    sort: Literal["relevance", "date"] | None = Field(
        None, description=_("The order: by relevance where words are looked for, else the newest first.")
    )
    limit: Limit = PAGE
    after: str = Field(
        "",
        pattern=r"^([0-9]\.?[0-9]{0,12}(e-[0-2]?[0-9])?~)?[0-9]{1,18}$|^$",
        description=_("Where the page begins: take it from the link to the next page."),
    )


class FieldParameters(Parameters):
    fields: list[Annotated[str, Field(pattern=f"^({'|'.join(FIELDS)})$", json_schema_extra={"enum": FIELDS})]] = Field(
        [],
        max_length=len(FIELDS),
        description=_("A field of the content that is wanted; all of them where none is named."),
        examples=[["title", "dates"]],
    )


class PageParameters(Parameters):
    limit: Limit = PAGE
    after: int = Field(
        0, ge=0, le=10**15, description=_("Where the page begins: take it from the link to the next page.")
    )


class MentionParameters(PageParameters):
    role: MentionRole | None = Field(None, description=_("The role that agreements name it in."))


class ThingParameters(Parameters):
    q: Words = Field("", description=_("Words that its name or id holds, in any language."))
    limit: Limit = PAGE
    after: str = Field(
        "",
        max_length=120,
        pattern=r"^[-a-zA-Z0-9_]*$",
        description=_("Where the page begins: take it from the link to the next page."),
    )


class OrganizationParameters(ThingParameters):
    order: Language = Field("en", description=_("The language whose alphabet names are ordered by."))
