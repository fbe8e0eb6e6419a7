"""Why an editorial act can be refused."""

from collections.abc import Sequence

from agreements.publishing.problems import Problem


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


class NotApproved(PublishRefused, WrongState):
    """Only an approved record can be published."""


class FourEyes(Refused):
    """Who last edited or submitted a record can't approve it."""

    def __init__(self, register_number: str) -> None:
        super().__init__(register_number)
        self.register_number = register_number


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
