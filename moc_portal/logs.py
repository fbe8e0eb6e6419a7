"""What the portal logs: never an address that is itself a secret."""

import logging
import re
from typing import Final

_SECRET: Final = re.compile(r"(/(?:confirm|reports|seal)/)[^/\s?\"']+")


class WithoutSecrets(logging.Formatter):
    """Leaves the secret out of the addresses of the other side and of reports, wherever in a line or a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))
