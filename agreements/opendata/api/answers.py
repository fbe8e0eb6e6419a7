"""The shapes that several answers share, and how an answer is sent."""

from collections.abc import Iterable, Mapping
from typing import Final, Self
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from agreements.opendata.api.parameters import PAGE
from agreements.vocabulary.languages import LANGUAGES, LocalisedText
from moc_portal.pages.public import cacheable

ROOT: Final = "/api/v1/"
ALL_LANGUAGES: Final = ", ".join(LANGUAGES)
"""What an answer that holds all languages says of itself: it is the same for every reader."""


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(Answer):
    """The terms that the operator gives the register’s data on."""

    name: str
    url: str | None


class Named(Answer):
    """Something that an agreement names."""

    id: str
    name: LocalisedText


class InLanguages(Answer):
    """One address in each language."""

    en: str
    ar: str
    ckb: str

    @classmethod
    def of(cls, path: str) -> Self:
        """Addresses of a path below each language, such as ``agreements/MOC-0001/``."""
        en, ar, ckb = (f"{settings.PUBLIC_ORIGIN}/{language}/{path}" for language in LANGUAGES)
        return cls(en=en, ar=ar, ckb=ckb)


class PageLinks(Answer):
    """The pages of a list."""

    first: str
    next: str | None = Field(description=_("The next page; null on the last one."))


class Listing(Answer):
    """What every list has."""

    links: PageLinks
    licence: Licence | None = Field(
        description=_("The licence of the register’s data; null where the operator has declared none.")
    )


Asked = Mapping[str, str | int | None]


def address(path: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """The absolute address of a path below the root, with these parameters."""
    query = urlencode(list(parameters))
    return f"{settings.PUBLIC_ORIGIN}{ROOT}{path}" + (f"?{query}" if query else "")


def page_links(path: str, asked: Asked, *, after: str | int | None) -> PageLinks:
    """The links of a list; of what was asked nothing that is usual. ``after`` is where its next page begins.

    ``None`` on the last one.
    """
    usual = {"limit": PAGE, "order": LANGUAGES[0]}
    kept = [(name, str(value)) for name, value in asked.items() if value and usual.get(name) != value]
    following = address(path, [*kept, ("after", str(after))]) if after is not None else None
    return PageLinks(first=address(path, kept), next=following)


def licence() -> Licence | None:
    """What the operator has declared."""
    if not settings.DATA_LICENCE_NAME:
        return None
    return Licence(name=settings.DATA_LICENCE_NAME, url=settings.DATA_LICENCE_URL or None)


def send(answer: Answer) -> HttpResponse:
    """An answer as JSON that all readers may share; its links stand in the header as well (RFC 8288)."""
    response = HttpResponse(answer.model_dump_json(), content_type="application/json")
    response["Content-Language"] = ALL_LANGUAGES
    links = [f'<{ROOT}openapi.json>; rel="service-desc"']
    if settings.DATA_LICENCE_URL:
        links.append(f'<{settings.DATA_LICENCE_URL}>; rel="license"')
    if isinstance(answer, Listing):
        links.append(f'<{answer.links.first}>; rel="first"')
        links += [f'<{answer.links.next}>; rel="next"'] if answer.links.next else []
    response["Link"] = ", ".join(links)
    return cacheable(response)
