"""Files inside files: which are data that nothing runs."""

import re
from pathlib import PurePosixPath
from typing import Final

_TEXTS: Final = frozenset({".txt", ".csv", ".json", ".xml"})
_PICTURES: Final = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
_RUNS_IN_BROWSERS: Final = re.compile(r"<\s*(?:\w+:)?(?:html|svg|script|xsl)|<\?xml-stylesheet", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def is_plain_data(content: bytes, name: str) -> bool:
    """Whether a file is text, a table, JSON, XML or a picture, by its name and by its content."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in _PICTURES:
        return content.startswith(_PICTURES[suffix])
    if suffix not in _TEXTS:
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return _CONTROLS.search(text) is None and _RUNS_IN_BROWSERS.search(text) is None
