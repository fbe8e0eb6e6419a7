"""The time zone that the register's days are counted in."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BAGHDAD: Final = ZoneInfo("Asia/Baghdad")


def day_in_baghdad(moment: datetime) -> date:
    """The day that an aware moment falls on in Baghdad; legal status is stated for such a day."""
    return moment.astimezone(BAGHDAD).date()
