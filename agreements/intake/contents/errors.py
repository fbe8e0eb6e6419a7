"""Why a whole file can't be read, in words with the remedy."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.intake.contents.remarks import isolated


class FileFault(TextChoices):
    EMPTY = "empty", _("The file is empty: choose another one.")
    GONE = "gone", _("The file is erased already: send it again.")
    TOO_LARGE = "too_large", _("The file is larger than %(limit)s MB: split it, or have it imported on the server.")
    TOO_MANY = (
        "too_many",
        _("The file holds more than %(limit)s agreements: split it, or have it imported on the server."),
    )
    NOT_UTF8 = "not_utf8", _("The file is not UTF-8, so its letters can’t be told: save it anew in that encoding.")
    NOT_JSON = (
        "not_json",
        _("Line %(line)s is not JSON (%(why)s). Perhaps the file was cut off: get it again from its origin."),
    )
    NOT_AN_EDITION = (
        "not_an_edition",
        _("Line %(line)s is JSON, but no edition: it lacks “schema_version” and “register_number”."),
    )
    NEWER = (
        "newer",
        _("Line %(line)s was written by a newer portal (schema version %(version)s): update this portal first."),
    )
    UNFIT = (
        "unfit",
        _("Line %(line)s does not keep to its schema version: “%(where)s” – %(why)s."),
    )  # fmt: skip
    PDF_UNREADABLE = "pdf_unreadable", _("The PDF can’t be read. Perhaps it was cut off: get it again.")
    PDF_EMPTY = "pdf_empty", _("The PDF carries no edition: choose a summary that a portal sealed.")
    NOT_XML = (
        "not_xml",
        _("Line %(line)s is not well-formed XML (%(why)s). Perhaps the file was cut off on its way: get it again."),
    )
    ENTITIES = (
        "entities",
        _("The file declares a document type or entities of its own, which IATI never needs and which can do harm."),
    )
    WRONG_ROOT = (
        "wrong_root",
        _("The file is no IATI activity file: it begins with “%(found)s”, not “iati-activities”."),
    )
    WRONG_VERSION = (
        "wrong_version",
        _("The file is IATI version “%(found)s”: 2.01, 2.02 and 2.03 can be read. Ask the publisher for a newer one."),
    )
    NO_ACTIVITY = "no_activity", _("The file holds no activity.")
    TOO_DEEP = "too_deep", _("The activity at line %(line)s is larger than any honest one, so the file is not read on.")


class FileRefused(Exception):
    """Nothing of a file can be brought in."""

    def __init__(self, fault: FileFault, **details: object) -> None:
        super().__init__(fault.value, details)
        self.fault = fault
        self.details = details

    def __str__(self) -> str:
        return str(self.fault.label) % {name: isolated(value) for name, value in self.details.items()}
