"""What an IATI file is made from: an edition, a day, and who reports."""

from dataclasses import dataclass
from datetime import date, datetime

from agreements.editions.content import AgreementContent
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition
from agreements.vocabulary.kinds import LegalStatus


@dataclass(frozen=True)
class Reporter:
    """Who reports: an organisation identifier (org-id.guide), a name and a code of OrganisationType.

    Without an identifier of its own a portal is named by its host, which is unique and true, and which
    validators warn of (rule 1.14.8).
    """

    ref: str
    name: str
    type: str


@dataclass(frozen=True)
class Subject:
    """An edition as it is reported.

    ``as_of`` is the day in Baghdad whose statuses are given, ``origin`` the portal's public address, ``licence``
    the name and address of the data's licence, empty where the operator declared none.
    """

    edition: Edition
    as_of: date
    reporter: Reporter
    origin: str
    licence: str = ""

    @property
    def content(self) -> AgreementContent:
        return self.edition.content

    @property
    def published_at(self) -> datetime:
        return self.edition.published_at

    @property
    def status(self) -> LegalStatus:
        return legal_status(self.content, on=self.as_of)

    @property
    def identifier(self) -> str:
        return self.identifier_of(self.content.register_number)

    def identifier_of(self, register_number: str, work: str = "") -> str:
        """The activity identifier of an agreement, or of a piece of work under it."""
        parts = (self.reporter.ref, register_number, work)
        return "-".join(part for part in parts if part)
