"""From an agreement's page to those of what it names."""

from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent
from agreements.search.named import NamedThing, page_of, things_named
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import ThingKind

register = template.Library()

_SHOWN: Final = (
    (ThingKind.ORGANIZATION, _("Organisations")),
    (ThingKind.PLACE, _("Places")),
    (ThingKind.FRAMEWORK, _("Frameworks")),
    (ThingKind.OBJECTIVE, _("Objectives")),
)


@dataclass(frozen=True)
class DirectoryLink:
    """A thing that an agreement names, and where its page is."""

    name: LocalisedText
    address: str


@register.simple_tag
def directory_links(content: AgreementContent) -> list[tuple[str | Promise, list[DirectoryLink]]]:
    """What an edition names in a role, by kind, in the record's order; kinds without any are left out."""
    named = [one for one in things_named(content).values() if one.roles]
    groups = ((label, [_link(one) for one in named if one.kind == kind]) for kind, label in _SHOWN)
    return [(label, links) for label, links in groups if links]


def _link(thing: NamedThing) -> DirectoryLink:
    return DirectoryLink(thing.name, page_of(thing.kind, thing.key))
