"""Reads a JSON file of a stranger as an edition's content: in a process of its own, by the strict rules of RFC 8259.

Run as a program it takes the file on standard input and prints what it is as JSON; see ``moc_portal.apart``.
"""

import hashlib
import json
import re
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

import rfc8785

from moc_portal.apart import MEBIBYTE, Bounds, bound_this_process, run_apart

BOUNDS: Final = Bounds(memory=256 * MEBIBYTE, cpu_s=2, wall_s=3, wait_s=1)
_BOM: Final = b"\xef\xbb\xbf"
_REGISTER_NUMBER: Final = re.compile(r"[A-Z]{2,8}-\d{4,9}")


@dataclass(frozen=True)
class EditionFile:
    """The hash of the content in canonical form (RFC 8785), and the register number that it claims; or a problem.

    ``problem`` is "encoding", "syntax", "duplicate", "number" or "nesting", empty where there is none.
    """

    sha256: str = ""
    named: str = ""
    problem: str = ""


class _Duplicate(ValueError):
    """A name stands twice in an object: readers of JSON differ in which of the two they take."""


_PROBLEMS: Final[dict[type[Exception], str]] = {
    UnicodeDecodeError: "encoding",
    UnicodeEncodeError: "encoding",  # half a surrogate pair
    RecursionError: "nesting",
    json.JSONDecodeError: "syntax",
    _Duplicate: "duplicate",
}
"""Any other error is of a number that JSON does not have, or no reader of it reads alike."""


def looks_like_json(data: bytes) -> bool:
    """Whether a file begins as a JSON object or array does."""
    return data.removeprefix(_BOM)[:100].lstrip()[:1] in (b"{", b"[")


def read_apart(data: bytes) -> EditionFile:
    """Read anybody's JSON in a process of its own.

    Raises:
        Unreadable: it took more than the bounds allow.
        Busy: too many others are being read.
    """
    return EditionFile(**json.loads(run_apart(__name__, data, bounds=BOUNDS)))


def read_json(data: bytes) -> EditionFile:
    """The same in this process; only for bounded ones.

    Raises:
        MemoryError: it is too large for this process.
    """
    try:
        text = data.removeprefix(_BOM).decode()
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        canonical = rfc8785.dumps(content)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        return EditionFile(problem=_PROBLEMS.get(type(error), "number"))
    return EditionFile(hashlib.sha256(canonical).hexdigest(), _named(content))


def main() -> None:
    """Read standard input within bounds and print what it is."""
    bound_this_process(BOUNDS)
    print(json.dumps(asdict(read_json(sys.stdin.buffer.read()))))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise _Duplicate
    return read


def _no_number(_name: str) -> Any:
    raise ValueError("NaN and the infinities are no JSON")


def _named(content: Any) -> str:
    number = content.get("register_number") if isinstance(content, dict) else None
    return number if isinstance(number, str) and _REGISTER_NUMBER.fullmatch(number) else ""


if __name__ == "__main__":
    main()
