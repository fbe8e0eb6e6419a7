"""The sections of an agreement, as its page at the desk has them, and the address of an input there."""

import re
from collections.abc import Container
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    """A section; the value is its anchor."""

    TITLES = "titles", _("Titles")
    SUMMARY = "summary", _("Summary")
    TERMS = "terms", _("Terms")
    DATES = "dates", _("Dates")
    PARTICIPATIONS = "participations", _("Participants")
    SIGNATORIES = "signatories", _("Signatories")
    FUNDING = "funding", _("Funding")
    ACTIVITIES = "activities", _("Activities")
    OBLIGATIONS = "obligations", _("Obligations")
    FRAMEWORKS = "frameworks", _("Frameworks")
    RELATIONS = "relations", _("Relations")
    SOURCES = "sources", _("Sources")
    STATEMENTS = "statements", _("Statements")
    ANNOUNCEMENT = "announcement", _("Announcement")
    DOCUMENTS = "documents", _("Documents")
    CONTACTS = "contacts", _("Contacts")
    CORRECTIONS = "correction_notes", _("Correction notes")


OPEN: Final = "open"
"""The parameter of the form's address that names rows to show with their inputs."""

_INPUT_IN_ROW: Final = re.compile(r"id_(?P<row>[a-z_]+-\d+)-\w+", re.ASCII)


def place_on_form(anchor: str, *, shown: Container[str] = ()) -> str:
    """What follows the form's address to reach an input or a section, also without JavaScript.

    Args:
        anchor: a section, or an input as ``id_dates-0-date``, whose row may have to be opened.
        shown: rows that stand there with their inputs already, as ``dates-0``.
    """
    found = _INPUT_IN_ROW.fullmatch(anchor)
    opening = f"?{OPEN}={found['row']}" if found is not None and found["row"] not in shown else ""
    return f"{opening}#{anchor}"
