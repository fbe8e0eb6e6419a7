"""What the answers about organisations, frameworks and places share: by whom they are named, and in what roles."""

from typing import Final

from agreements.opendata.api.agreements import AgreementLine, line
from agreements.opendata.api.answers import Answer, InLanguages, Listing, address, licence, page_links
from agreements.opendata.api.parameters import MentionParameters
from agreements.search.download import rows_of
from agreements.search.thing_models import Thing
from agreements.search.things import ListedThing, mentions_of
from agreements.vocabulary.mentions import MentionRole, ThingKind

PATHS: Final = {
    ThingKind.ORGANIZATION: "organisations",
    ThingKind.FRAMEWORK: "frameworks",
    ThingKind.PLACE: "places",
}
"""Where each kind stands below the root, and below a language."""


class RoleCount(Answer):
    """How many current agreements name it in a role; one may name it in several."""

    role: MentionRole
    agreements: int


class ThingAddresses(Answer):
    """Where it is found, and the agreements that name it."""

    api: str
    agreements: str
    pages: InLanguages


class NamingAgreement(Answer):
    """An agreement, and the roles in which it names the thing."""

    roles: tuple[MentionRole, ...]
    agreement: AgreementLine


class NamingList(Listing):
    """Current agreements that name something, those published last first."""

    items: tuple[NamingAgreement, ...]


def addresses_of(kind: ThingKind, key: str) -> ThingAddresses:
    path = f"{PATHS[kind]}/{key}"
    return ThingAddresses(api=address(path), agreements=address(f"{path}/agreements"), pages=InLanguages.of(f"{path}/"))


def roles_of(listed: ListedThing) -> tuple[RoleCount, ...]:
    return tuple(RoleCount(role=one.role, agreements=one.agreements) for one in listed.roles)


def naming_list(kind: ThingKind, key: str, thing: Thing | None, asked: MentionParameters) -> NamingList:
    """A page of the agreements that name a thing; an empty one where it is ``None``, which none names."""
    page = mentions_of(thing, role=asked.role, before=asked.after or None, size=asked.limit) if thing else None
    roles = {one.register_number: one.roles for one in page.mentions} if page else {}
    return NamingList(
        items=tuple(
            NamingAgreement(roles=roles[one.register_number], agreement=line(one)) for one in rows_of(list(roles))
        ),
        links=page_links(
            f"{PATHS[kind]}/{key}/agreements",
            {"role": asked.role, "limit": asked.limit},
            after=page.next_before if page else None,
        ),
        licence=licence(),
    )
