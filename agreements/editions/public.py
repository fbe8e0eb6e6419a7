"""The edition that a public address means, and what is said where there is none."""

from django.http import Http404

from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import current_edition, numbered_edition, withdrawal_of


class Withdrawn(Exception):
    """The agreement was withdrawn from the public; ``entry`` says when and why."""

    def __init__(self, entry: LogEntry) -> None:
        super().__init__(entry.register_number)
        self.entry = entry

    @property
    def document(self) -> dict[str, object]:
        """The same for programs, as a JSON object."""
        return {
            "error": "withdrawn",
            "register_number": self.entry.register_number,
            "withdrawn_at": self.entry.at.isoformat(),
            "reason": self.entry.note.model_dump(),
        }


def public_edition(register_number: str, number: int | None = None) -> Edition:
    """The edition asked for, the current one without a number.

    Raises:
        Withdrawn: the agreement is withdrawn now, whichever edition was asked for.
        Http404: it was never published.
    """
    edition = current_edition(register_number) if number is None else numbered_edition(register_number, number)
    if edition is not None and number is None:
        return edition
    withdrawal = withdrawal_of(register_number)
    if withdrawal is not None and (edition is not None or number is None):
        raise Withdrawn(withdrawal)
    if edition is None:
        raise Http404
    return edition
