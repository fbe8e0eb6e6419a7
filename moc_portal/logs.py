"""What the portal logs: never an address that is itself a secret."""

import logging
import re
from typing import Final

_SECRET: Final = re.compile(r"(/(?:calendar|confirm|reports|seal)/)[^/\s?\"']+")


class WithoutSecrets(logging.Formatter):
    """Leaves out the secrets in addresses of the other side, of reports and of calendars, wherever they stand."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))
