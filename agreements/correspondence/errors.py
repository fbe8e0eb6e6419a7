"""Why a reader's report is not taken, or not yet."""


class ReportRefused(Exception):
    """Base: what keeps a report from being received."""


class TooSoon(ReportRefused):
    """The form was sent sooner than a person writes; it may be sent again in ``wait_s`` seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"{wait_s} s")
        self.wait_s = wait_s


class TooLate(ReportRefused):
    """The form was opened too long ago."""


class AlreadyReceived(ReportRefused):
    """This form was sent before, with other words."""


class ReportUnknown(Exception):
    """No report has this code, or it has been deleted since."""
