"""Acts that lead to the public have files that were never looked at looked at first."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from agreements.register.examined import examine_waiting
from agreements.register.scans import scan_waiting

Result = TypeVar("Result")


def scanned_first(act: Callable[..., Result]) -> Callable[..., Result]:
    """Scan and examine the record's waiting documents before the act begins, outside its transaction.

    What was found stays when the act is refused because of it, and no lock is held while the scanner works.
    """

    @wraps(act)
    def scan_and_act(agreement_id: int, **arguments: Any) -> Result:
        scan_waiting(agreement_id, at=arguments["at"])
        examine_waiting(agreement_id, at=arguments["at"])
        return act(agreement_id, **arguments)

    return scan_and_act
