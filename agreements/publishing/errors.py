"""Why an editorial act can be refused."""

from collections.abc import Sequence

from agreements.publishing.problems import Problem
from agreements.register.models.other_side import PartyLink


class Refused(Exception):
    """Base: an editorial act that the record's state or the rules do not allow."""


class WrongState(Refused):
    """The record is not in a state that this act starts from."""

    def __init__(self, register_number: str, *, found: str, needed: Sequence[str]) -> None:
        super().__init__(f"{register_number} is {found}, not {' or '.join(needed)}")
        self.register_number = register_number
        self.found = found
        self.needed = tuple(needed)


class PublishRefused(Refused):
    """Base of what stops a publication."""


class ChangedMeanwhile(Refused):
    """Somebody edited the record after the person who acts looked at it."""


class NoteMissing(Refused):
    """This act has to say why."""


class NoSuchWarning(Refused):
    """No warning that was to be accepted is open: they were mended or accepted meanwhile."""


class OtherReviewer(Refused):
    """Somebody else has claimed the review."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class WarningsOpen(Refused):
    """Warnings stand that nobody mended or accepted; see ``warnings``."""

    def __init__(self, warnings: Sequence[Problem]) -> None:
        super().__init__(f"{len(warnings)} warnings: " + "; ".join(str(warning) for warning in warnings))
        self.warnings = tuple(warnings)


class FourEyes(Refused):
    """Who last edited or submitted a record can't approve it."""

    def __init__(self, register_number: str) -> None:
        super().__init__(register_number)
        self.register_number = register_number


class MomentPassed(PublishRefused):
    """A publication can be scheduled for the future only."""


class ContentIncomplete(PublishRefused):
    """The record lacks what the public must find in it, or contradicts itself; see ``problems``."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems: " + "; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NothingToPublish(PublishRefused):
    """The current edition already says exactly this."""

    def __init__(self, register_number: str, number: int) -> None:
        super().__init__(f"{register_number} edition {number}")
        self.register_number = register_number
        self.number = number


class NothingToWithdraw(Refused):
    """The public has no edition of this agreement."""

    def __init__(self, register_number: str) -> None:
        super().__init__(register_number)
        self.register_number = register_number


class ReasonMissing(Refused):
    """A withdrawal tells the public why, in at least one language."""


class ReportSettled(Refused):
    """A reader's report is decided already."""


class OtherSideRefused(Refused):
    """Base of what stops an act of, or on, the other side."""


class LinkUnknown(OtherSideRefused):
    """No link has this secret."""


class LinkClosed(OtherSideRefused):
    """The link was revoked or has expired, or what it was for is over."""


class LinkAnswered(OtherSideRefused):
    """The link's one answer is given; ``link`` is it."""

    def __init__(self, link: PartyLink) -> None:
        super().__init__(link.pk)
        self.link = link


class NoLinkToRevoke(OtherSideRefused):
    """The agreement has no such link that is still open."""


class NotAParty(OtherSideRefused):
    """The organisation is no party to the agreement."""


class NothingProposed(OtherSideRefused):
    """The corrections change nothing."""


class AlreadyDecided(OtherSideRefused):
    """A correction is not open any more: it was decided or taken back meanwhile."""


class FieldGone(OtherSideRefused):
    """The part that a correction is about was removed from the record."""


class FieldsChanged(OtherSideRefused):
    """Something else stands there than what was to be corrected; ``corrections`` are their numbers."""

    def __init__(self, corrections: Sequence[int]) -> None:
        super().__init__(f"{len(corrections)} fields")
        self.corrections = tuple(corrections)


class ProposalInvalid(OtherSideRefused):
    """A form at the desk would not take what was proposed; ``problems`` are pairs of field and sentence."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in problems))
        self.problems = tuple(problems)


class SealDecided(OtherSideRefused):
    """Somebody has accepted or declined the seal already."""


class NothingPublic(OtherSideRefused):
    """The public has no edition of the agreement that a party could seal."""
