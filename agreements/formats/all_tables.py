"""Every table that the register is given as."""

from typing import Final

from agreements.formats.paper_tables import DOCUMENTS, OBLIGATIONS, RELATIONS, SIGNATORIES, SIGNATURES, SOURCES
from agreements.formats.part_tables import ACTIVITIES, DATES, FRAMEWORKS, FUNDING, PARTICIPATIONS, PLACES
from agreements.formats.register_table import AGREEMENTS
from agreements.formats.tables import Table

TABLES: Final[tuple[Table, ...]] = (
    AGREEMENTS, PARTICIPATIONS, DATES, SIGNATORIES, FUNDING, ACTIVITIES, OBLIGATIONS, FRAMEWORKS, PLACES, RELATIONS,
    DOCUMENTS, SIGNATURES, SOURCES,
)  # fmt: skip
