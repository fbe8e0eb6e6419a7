"""What can go wrong with summaries and seals."""


class SummariesError(Exception):
    """Base of this room's errors."""


class SealNotConfigured(SummariesError):
    """There is no key to seal with; the message names the setting."""


class FontsMissing(SummariesError):
    """The fonts of the PDFs have not been built; the message names the command."""


class TimestampFailed(SummariesError):
    """The timestamp authority does not answer, or not with a timestamp; trying again may help."""
