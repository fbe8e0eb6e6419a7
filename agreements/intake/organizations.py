"""Organisations that a file brings: new ones, and names that were decided to be other names of known ones."""

import hashlib
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from agreements.intake.compare import OrganizationRef
from agreements.intake.match import language_of
from agreements.intake.models import Decision, Import, ImportName
from agreements.intake.plan import Planned
from agreements.intake.rules import tidy_name
from agreements.register.models.directories import Organization, OrganizationAlias
from agreements.vocabulary.kinds import OrganizationKind

_LONGEST_KEY = 60


class NewOrganizations:
    """Makes the new organisations of an import, each when the first row needs it."""

    def __init__(self, one: Import) -> None:
        self.names: Mapping[str, ImportName] = {name.key: name for name in ImportName.objects.filter(of_import=one)}
        self.made: dict[str, int] = {}

    def make_for(self, rows: Iterable[Planned]) -> None:
        """Make those that these rows name and nothing has made yet; two queries at most."""
        keys = {key for row in rows for key in _named(row) if key not in self.made}
        if not keys:
            return
        names = {key: tidy_name(self.names[key].name) for key in keys}
        slugs = [_slug(name) for name in names.values()]
        taken = set(Organization.objects.filter(key__in=slugs).values_list("key", flat=True))
        made = []
        for key, name in names.items():
            slug = _slug(name)
            if slug in taken:
                slug = f"{slug}-{_digest(key)}"
            taken.add(slug)
            kind = self.names[key].kind or OrganizationKind.OTHER.value
            made.append(Organization(key=slug, kind=kind, **{f"name_{language_of(name)}": name}))
        for key, organization in zip(names, Organization.objects.bulk_create(made), strict=True):
            self.made[key] = organization.pk

    def id_of(self, reference: OrganizationRef) -> int:
        """The number of an organisation, also of one that was made just now."""
        return reference if isinstance(reference, int) else self.made[reference]

    def keep_aliases(self) -> int:
        """Write down what was decided to be another name, so that the next file is matched by it; how many are new."""
        wanted = []
        for name in self.names.values():
            organization_id = self._same_as(name)
            if organization_id is None:
                continue
            try:
                tidied = tidy_name(name.name)
            except ValidationError:
                continue  # the rows that have it are refused
            wanted.append(OrganizationAlias(organization_id=organization_id, name=tidied, language=language_of(tidied)))
        return len(OrganizationAlias.objects.bulk_create(wanted, ignore_conflicts=True))

    def _same_as(self, name: ImportName) -> int | None:
        seen: set[str] = set()
        one: ImportName | None = name
        while one is not None and one.decision == Decision.SAME and one.key not in seen:
            if one.same_as_id is not None:
                return one.same_as_id
            seen.add(one.key)
            one = self.names.get(one.same_name)
        return self.made.get(one.key) if one is not None and one is not name else None


def _named(row: Planned) -> set[str]:
    references = [reference for _role, reference, _name in row.wanted.participations]
    references += [one.funder for one in row.wanted.funding]
    return {reference for reference in references if isinstance(reference, str)}


def _slug(name: str) -> str:
    """An identifier from Latin letters; where there are none, one that the same name always gets."""
    return slugify(name)[:_LONGEST_KEY].strip("-") or f"organisation-{_digest(name)}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
