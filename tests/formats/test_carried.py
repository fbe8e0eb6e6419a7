"""The table of what each form can carry, held to what the forms really do."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from agreements.editions.content import AgreementContent
from agreements.editions.models import Edition, LogEntry
from agreements.formats.all_tables import TABLES
from agreements.formats.carried import CARRIED, FORMS, Carried, carried_fields
from agreements.formats.feed import publication
from agreements.formats.iati.file import iati_xml
from agreements.formats.iati.subject import Reporter, Subject
from agreements.formats.json_ld import linked_data
from agreements.formats.tables import Published
from agreements.opendata.files.calendars import entries_of
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind
from tests.conftest import NOON
from tests.editions.contents import full, mutations

TODAY: Final = date(2026, 11, 23)
ORIGIN: Final = "https://register.example"


_JOINED: Final = ("terms", "announcement", "sources")
"""Fields that some forms carry only together with others."""


def joined() -> AgreementContent:
    """Something in every field, a term to reckon renewals from, and an announcement from a source on the web."""
    [one], [source], announcement = full().dates, full().sources, full().announcement
    assert announcement is not None
    planned = one.model_copy(update={"kind": DateKind.PLANNED_END, "date": PartialDate.parse("2031-02-03")})
    web = source.model_copy(update={"url": "https://source.example/"})
    said = announcement.model_copy(update={"source": web.id})
    return full().model_copy(update={"dates": (planned,), "sources": (web,), "announcement": said})


def written(content: AgreementContent) -> tuple[Any, ...]:
    """The content in each form, in their order."""
    edition = Edition(register_number=content.register_number, number=1, published_at=NOON, content_hash="0" * 64)
    edition.content, edition.entry = content, LogEntry(sequence=1)
    published = Published(edition, content, TODAY, ORIGIN, None)
    tables = [list(table.rows(published)) for table in TABLES]
    node = linked_data(edition, origin=ORIGIN, as_of=TODAY, licence=None)
    entries = entries_of(edition, on=TODAY)
    iati = iati_xml(Subject(edition, as_of=TODAY, reporter=Reporter("XM-DAC-1", "R", "40"), origin=ORIGIN))
    return tables, tables[0], node, publication(edition, "en", origin=ORIGIN), entries, iati


def is_needed(path: str) -> bool:
    """English stands for all languages here, and a change for a loss: that keeps the test short."""
    return not path.endswith((" ar", " ckb", " ar gone", " ckb gone", " en gone"))


class TestCarried:
    def test_is_what_changes_a_form_when_a_field_changes(self) -> None:
        seen: dict[str, list[list[bool]]] = defaultdict(lambda: [[] for _form in FORMS])
        for content, is_joined in ((full(), False), (joined(), True)):
            before = written(content)
            for path, changed in mutations(content):
                if is_needed(path) and path.startswith(_JOINED) is is_joined:
                    for form, (was, now) in enumerate(zip(before, written(changed), strict=True)):
                        seen[path.split()[0]][form].append(was != now)

        found = {field: tuple(map(_carried, forms)) for field, forms in seen.items()}
        # Of one language is in part, which changes in English alone don't show.
        one_language = {"title": (3, 4), "summary": (3,)}
        for field, forms in one_language.items():
            found[field] = tuple(Carried.PART if form in forms else one for form, one in enumerate(found[field]))
        assert found == {field: forms for field, forms in CARRIED.items() if field != "schema_version"}

    def test_has_every_field_of_the_contract(self) -> None:
        assert list(CARRIED) == list(AgreementContent.model_fields)

    def test_is_the_table_of_the_documentation(self) -> None:
        text = Path(settings.BASE_DIR, "docs/formats.md").read_text()

        for line in carried_fields():
            cells = " | ".join(str(one.label) for one in line.carried)
            assert f"| `{line.field}` | all of it | {cells} |" in text
        for table in TABLES:
            assert f"| `{table.name}.csv` | {len(table.columns)} |" in text
        told = " ".join(re.sub(r"\s+", " ", text).split())
        assert all(f"**{form.name}.** {form.losses}" in told for form in FORMS)


def _carried(changes: list[bool]) -> Carried:
    if all(changes):
        return Carried.WHOLE
    return Carried.PART if any(changes) else Carried.NOTHING
