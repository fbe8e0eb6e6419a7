"""What the portal logs: never an address that is itself a secret."""

import logging
import re
from typing import Final

_SECRET: Final = re.compile(r"(/confirm/)[^/\s?\"']+")


class WithoutSecrets(logging.Formatter):
    """Leaves the secret out of the other side's addresses, wherever in a line or a traceback they stand."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))
