"""The directories' entries that a content names: found by their stable identifiers, or added.

An entry that is there is never changed, because other agreements name it too; what the content says otherwise of
it is remarked. Nor is anything merged because it looks alike: an entry with the same identifier that can't be the
same (another official identifier or country, or no name in common) leaves it to the other one and takes the next
free one, such as ``ministry-of-health-2``.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from agreements.editions.content import (
    AgreementContent,
    Framework,
    ObjectiveName,
    Organization,
    OrganizationName,
    Place,
    Principle,
    Source,
)
from agreements.intake.contents.columns import entry_columns, texts
from agreements.intake.contents.left_out import words
from agreements.intake.contents.named import named_in
from agreements.intake.contents.remarks import IntakeRefused, Refusal, Remark, RemarkCode
from agreements.intake.contents.rows import database_refusals
from agreements.intake.contents.tidy import hold_to_rules
from agreements.publishing.snapshot_parts import name_of, organization
from agreements.register.circles import PARENT_CIRCLE
from agreements.register.fields import localised
from agreements.register.models import directories as rows
from agreements.register.rules import words_of_rule
from agreements.vocabulary.kinds import OrganizationKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

RowT = TypeVar("RowT", bound=Model)

_SPARE: Final = 9
"""So many entries may want the same identifier before one is refused."""


class Entries:
    """The entries of one content; each is looked up or added once, and remarks are kept as they come."""

    def __init__(self, content: AgreementContent) -> None:
        self.remarks: list[Remark] = []
        self._named = named_in(content)
        self._made: dict[tuple[type[Model], str], Model] = {}
        self._underway: set[str] = set()
        self._there = {model: _there(model, self._named.ids(kind)) for kind, model in _MODELS.items()}
        codes = [code for one in self._named.organizations.values() if (code := _identifier(one))]
        self._by_code = {one.identifier: one for one in rows.Organization.objects.filter(identifier__in=codes)}
        found = (*self._there[rows.Organization].values(), *self._by_code.values())
        self._aliases = _aliases([one.pk for one in found])

    def organization(self, named: OrganizationName | Organization) -> rows.Organization:
        """The organisation; its fullest description in the content tells what is added.

        Raises:
            IntakeRefused: it can't be added, or belongs to itself.
        """
        said = self._named.organizations[named.id]
        return self._once(rows.Organization, said.id, lambda: self._organization(said))

    def place(self, said: Place) -> rows.Place:
        return self._once(rows.Place, said.id, lambda: self._entry(rows.Place, said))

    def source(self, key: str | None) -> rows.Source | None:
        """The source that a part names by its identifier; nothing where the part, or the content, has none."""
        said = self._named.sources.get(key or "")
        return self._once(rows.Source, said.id, lambda: self._entry(rows.Source, said)) if said else None

    def principle(self, said: Principle) -> rows.Principle:
        return self._once(rows.Principle, said.id, lambda: self._entry(rows.Principle, said))

    def framework(self, said: Framework) -> rows.Framework:
        return self._once(rows.Framework, said.id, lambda: self._entry(rows.Framework, said))

    def objective(self, said: ObjectiveName) -> rows.Objective | None:
        """The objective; nothing, and a remark, where its framework is described nowhere."""
        return self._objectives.get(said.id)

    @cached_property
    def _objectives(self) -> dict[str, rows.Objective]:
        return dict(self._find_objectives())

    def _once(self, model: type[RowT], key: str, make: Callable[[], RowT]) -> RowT:
        if (model, key) not in self._made:
            self._made[model, key] = make()
        row = self._made[model, key]
        assert isinstance(row, model)  # noqa: S101  # put there under its model
        return row

    def _organization(self, said: OrganizationName | Organization) -> rows.Organization:
        by_code = self._by_code.get(_identifier(said) or "")
        row, key = (by_code, said.id) if by_code is not None else self._free_or_same(rows.Organization, said)
        if row is None:
            return self._add_organization(said, key)
        assert isinstance(row, rows.Organization)  # noqa: S101  # looked up in that table
        there = organization(row) if isinstance(said, Organization) else name_of(row)
        self._compare(said, row, is_same=said.model_copy(update={"id": row.key}) == there)
        return row

    def _add_organization(self, said: OrganizationName | Organization, key: str) -> rows.Organization:
        if said.id in self._underway:
            raise IntakeRefused([Refusal(said.id, words_of_rule(rows.Organization, PARENT_CIRCLE))])
        self._underway.add(said.id)
        columns: dict[str, Any] = {"kind": OrganizationKind.OTHER}
        if isinstance(said, Organization):
            columns = {**entry_columns(said), "parent": self.organization(said.parent) if said.parent else None}
        else:
            self._remark(RemarkCode.KIND_UNKNOWN, what=words(said.name))
        return self._add(rows.Organization, said, key, columns)

    def _entry(self, model: type[RowT], said: Any) -> RowT:
        columns = entry_columns(said)
        row, key = self._free_or_same(model, said)
        if row is None:
            return self._add(model, said, key, columns)
        wanted = {**texts(_stem(model), _name(said)), **columns}
        self._compare(
            said, row, is_same=all((getattr(row, name) or None) == (one or None) for name, one in wanted.items())
        )
        assert isinstance(row, model)  # noqa: S101  # looked up in that table
        return row

    def _free_or_same(self, model: type[Model], said: Any) -> tuple[Any, str]:
        """The entry that this is, else the identifier that is free for it."""
        for key in _keys(said.id):
            row = self._there[model].get(key)
            if row is None:
                return None, key
            if not self._is_other(row, said):
                return row, key
        sentence = _("Too many entries want the identifier “%(key)s”: give this one another.") % {"key": said.id}
        raise IntakeRefused([Refusal(said.id, sentence)])

    def _is_other(self, row: Any, said: Any) -> bool:
        """Whether an entry of the same identifier can't be the one that is meant."""
        for name in ("identifier", "country", "url"):
            here, there = getattr(row, name, None), getattr(said, name, None)
            if here and there and here != there:
                return True
        names = {*_names(row), *self._aliases.get(row.pk, ())} if isinstance(row, rows.Organization) else {*_names(row)}
        return not names & {one.casefold() for one in _texts(_name(said))}

    def _add(self, model: type[RowT], said: Any, key: str, columns: dict[str, Any]) -> RowT:
        row = model(key=key, **texts(_stem(model), _name(said)), **columns)
        hold_to_rules(row, said.id)
        with database_refusals(model, said.id):
            row.save()
        self._there[model][key] = row
        if key != said.id:
            self._remark(RemarkCode.ENTRY_RENAMED, what=words(_name(said)), key=said.id, here=key)
        return row

    def _compare(self, said: Any, row: Any, *, is_same: bool) -> None:
        if row.key != said.id:
            self._remark(RemarkCode.ENTRY_RENAMED, what=words(_name(said)), key=said.id, here=row.key)
        if not is_same:
            self._remark(RemarkCode.ENTRY_KEPT, what=words(_name(said)), key=row.key)

    def _find_objectives(self) -> Iterator[tuple[str, rows.Objective]]:
        named = sorted(self._named.objectives.values(), key=lambda one: _natural(one.code))
        frameworks = self._frameworks_of(named)
        found = rows.Objective.objects.filter(framework__in=frameworks.values())
        there = {(one.framework_id, one.code): one for one in found}
        for said in named:
            framework = frameworks.get(said.framework)
            if framework is None:
                self._remark(RemarkCode.OBJECTIVE_LEFT, key=said.id, what=words(said.title))
                continue
            row = there.get((framework.pk, said.code))
            if row is None:
                last = max((one.position for (pk, _code), one in there.items() if pk == framework.pk), default=0)
                row = rows.Objective(
                    framework=framework, code=said.code, position=last + 1, **texts("title", said.title)
                )
                hold_to_rules(row, said.id)
                with database_refusals(rows.Objective, said.id):
                    row.save()
                there[framework.pk, said.code] = row
            elif localised(row, "title") != said.title:
                self._remark(RemarkCode.ENTRY_KEPT, what=words(said.title), key=said.id)
            yield said.id, row

    def _frameworks_of(self, named: list[ObjectiveName]) -> dict[str, rows.Framework]:
        """By identifier in the content: those that it describes, else those that are here."""
        described = self._named.frameworks
        found = {key: self.framework(described[key]) for key in {one.framework for one in named} & described.keys()}
        others = {one.framework for one in named} - found.keys()
        return found | {one.key: one for one in rows.Framework.objects.filter(key__in=others)}

    def _remark(self, code: RemarkCode, **details: str) -> None:
        self.remarks.append(Remark(code, tuple(details.items())))


_MODELS: Final[dict[str, type[Any]]] = {
    "organizations": rows.Organization,
    "places": rows.Place,
    "sources": rows.Source,
    "principles": rows.Principle,
    "frameworks": rows.Framework,
}


def _there(model: type[Any], ids: list[str]) -> dict[str, Any]:
    return {one.key: one for one in model.objects.filter(key__in=[key for one in ids for key in _keys(one)])}


def _keys(key: str) -> list[str]:
    return [key, *(f"{key}-{number}" for number in range(2, _SPARE + 1))]


def _aliases(pks: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for pk, name in rows.OrganizationAlias.objects.filter(organization__in=pks).values_list("organization_id", "name"):
        found.setdefault(pk, set()).add(name.casefold())
    return found


def _identifier(said: OrganizationName | Organization) -> str | None:
    return said.identifier if isinstance(said, Organization) else None


def _names(row: Any) -> set[str]:
    stems = ("title",) if isinstance(row, rows.Source) else ("name", "short_name")
    found = (getattr(row, f"{stem}_{language}", "") for stem in stems for language in LANGUAGES)
    return {one.casefold() for one in found if one}


def _texts(text: LocalisedText) -> list[str]:
    return [said for language in text.languages() if (said := text.get(language))]


def _stem(model: type[Model]) -> str:
    return "title" if model is rows.Source else "name"


def _name(said: Any) -> LocalisedText:
    name: LocalisedText = said.title if isinstance(said, Source) else said.name
    return name


def _natural(code: str) -> list[tuple[int, int, str]]:
    """So that 2 comes before 10, and 10 before 10.c."""
    return [(0, int(one), "") if one.isdecimal() and one.isascii() else (1, 0, one) for one in code.split(".")]
