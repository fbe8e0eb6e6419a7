"""Writes planned rows into the register: many at a time, drafts all of them, with the file as their source."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from agreements.intake.compare import Wanted, date_to_replace, funding_to_replace
from agreements.intake.existing import Existing
from agreements.intake.models import Import, ImportedAgreement, Outcome
from agreements.intake.organizations import NewOrganizations
from agreements.intake.plan import Planned
from agreements.register.edits import record_edits
from agreements.register.models.agreements import Agreement, AgreementDate, FrameworkLink
from agreements.register.models.directories import Source
from agreements.register.models.participants import Funding, Participation
from agreements.register.numbers import next_register_numbers


class Writer:
    """What an import writes with: who, when, and the source that every fact gets."""

    def __init__(self, one: Import, *, source: Source, by: User, at: datetime) -> None:
        self.of_import, self.source, self.by, self.at = one, source, by, at
        self.organizations = NewOrganizations(one)

    def write(self, rows: Sequence[Planned]) -> dict[int, str]:
        """Write rows that are added or changed, whose agreements are locked; register numbers by row number."""
        added = [row for row in rows if row.outcome == Outcome.ADDED]
        changed = [row for row in rows if row.outcome == Outcome.CHANGED]
        self.organizations.make_for([*added, *changed])
        numbers = self._add(added) if added else {}
        if changed:
            self._change(changed)
        return numbers

    def _add(self, rows: Sequence[Planned]) -> dict[int, str]:
        numbers = next_register_numbers(len(rows))
        made = Agreement.objects.bulk_create(
            Agreement(register_number=number, last_edited_by=self.by, **row.wanted.columns)
            for row, number in zip(rows, numbers, strict=True)
        )
        parts = _Parts()
        for row, agreement in zip(rows, made, strict=True):
            self._gather(parts, agreement.pk, None, row.wanted)
        parts.create()
        ImportedAgreement.objects.bulk_create(
            ImportedAgreement(
                agreement=agreement,
                collection=self.of_import.collection,
                reference=row.incoming.reference,
                last_import=self.of_import,
            )
            for row, agreement in zip(rows, made, strict=True)
        )
        return {row.incoming.number: number for row, number in zip(rows, numbers, strict=True)}

    def _change(self, rows: Sequence[Planned]) -> None:
        parts = _Parts()
        columns: set[str] = set()
        agreements = []
        for row in rows:
            existing = row.existing
            assert existing is not None  # noqa: S101  # what changes is there
            for name, value in row.wanted.columns.items():
                setattr(existing.agreement, name, value)
            columns |= set(row.wanted.columns)
            agreements.append(existing.agreement)
            self._gather(parts, existing.agreement.pk, existing, row.wanted)
        if columns:
            Agreement.objects.bulk_update(agreements, sorted(columns), batch_size=100)
        parts.create()
        record_edits([agreement.pk for agreement in agreements], by=self.by, at=self.at)
        self._note_origins(rows)

    def _note_origins(self, rows: Sequence[Planned]) -> None:
        revisions = dict(
            Agreement.objects.filter(pk__in=[row.existing.agreement.pk for row in rows if row.existing]).values_list(
                "pk", "revision"
            )
        )
        new, known = [], []
        for row in rows:
            assert row.existing is not None  # noqa: S101  # as above
            pk = row.existing.agreement.pk
            origin = row.existing.origin
            if origin is not None:
                origin.last_import, origin.revision = self.of_import, revisions[pk]
                known.append(origin)
            elif row.incoming.reference:
                new.append(
                    ImportedAgreement(
                        agreement_id=pk,
                        collection=self.of_import.collection,
                        reference=row.incoming.reference,
                        last_import=self.of_import,
                        revision=revisions[pk],
                    )
                )
        ImportedAgreement.objects.bulk_create(new)
        ImportedAgreement.objects.bulk_update(known, ["last_import", "revision"], batch_size=200)

    def _gather(self, parts: "_Parts", agreement_id: int, existing: Existing | None, wanted: Wanted) -> None:
        """Put the parts that the row adds or overwrites where they wait to be written together."""
        of = existing or Existing(Agreement())
        source = {"source": self.source}
        there = {(date.kind, date.date) for date in of.dates}
        for kind, iso in wanted.dates:
            if (kind, iso) in there:
                continue
            place = date_to_replace(of, kind)
            if place is None:
                parts.new.append(AgreementDate(agreement_id=agreement_id, kind=kind, date=iso, **source))
            else:
                date = of.dates[place]
                date.date, date.source = iso, self.source
                date.time = date.time if len(iso) == len("2021-02-05") else None
                parts.dates.append(date)
        position = of.last_position
        for role, reference, _name in wanted.participations:
            organization_id = self.organizations.id_of(reference)
            if (role, organization_id) not in of.roles:
                position += 1
                parts.new.append(
                    Participation(
                        agreement_id=agreement_id,
                        role=role,
                        organization_id=organization_id,
                        position=position,
                        **source,
                    )
                )
        self._gather_funding(parts, agreement_id, of, wanted)
        through = Agreement.places.through
        parts.new += [through(agreement_id=agreement_id, place_id=pk) for pk in wanted.places if pk not in of.places]
        parts.new += [
            FrameworkLink(agreement_id=agreement_id, framework_id=pk, **source)
            for pk in wanted.frameworks
            if pk not in of.frameworks
        ]
        parts.sources.append(Agreement.sources.through(agreement_id=agreement_id, source_id=self.source.pk))

    def _gather_funding(self, parts: "_Parts", agreement_id: int, existing: Existing, wanted: Wanted) -> None:
        for one in wanted.funding:
            columns: dict[str, Any] = {
                "disclosure": one.disclosure, "amount": one.amount, "currency": one.currency, "source": self.source,
            }  # fmt: skip
            place = funding_to_replace(existing, one)
            if place is None:
                columns |= {"agreement_id": agreement_id, "funder_id": self.organizations.id_of(one.funder)}
                parts.new.append(Funding(start=one.start, end=one.end, **columns))  # type: ignore[misc]  # may be NULL
            else:
                funding = existing.funding[place]
                if (funding.disclosure, funding.amount, funding.currency) != (one.disclosure, one.amount, one.currency):
                    for name, value in columns.items():
                        setattr(funding, name, value)
                    parts.funding.append(funding)


class _Parts:
    """Parts of many agreements, written together: a few queries a kind."""

    def __init__(self) -> None:
        self.new: list[Any] = []
        self.dates: list[AgreementDate] = []
        self.funding: list[Funding] = []
        self.sources: list[Any] = []

    def create(self) -> None:
        for model in dict.fromkeys(type(part) for part in self.new):
            model._default_manager.bulk_create([part for part in self.new if type(part) is model], batch_size=2000)
        AgreementDate.objects.bulk_update(self.dates, ["date", "time", "source"], batch_size=200)
        Funding.objects.bulk_update(self.funding, ["disclosure", "amount", "currency", "source"], batch_size=200)
        Agreement.sources.through.objects.bulk_create(self.sources, ignore_conflicts=True)
