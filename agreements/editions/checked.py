"""What a part of the audit says of each thing that it has checked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Checked:
    """One thing that holds. ``key`` orders those of its part, so that an audit can go on behind it.

    ``remark`` is said of things of which not everything could be checked, and counted by its words.
    """

    key: int | str
    remark: str = ""
