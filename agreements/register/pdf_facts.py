"""What a PDF of a stranger is: how many pages it has, and whether it carries an electronic signature.

Run as a program it takes a PDF on standard input and prints the facts as JSON; see ``moc_portal.apart``.
"""

import json
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from logging import getLogger
from typing import Any, Final

from moc_portal.apart import Unreadable, bound_this_process, run_apart

logger = getLogger(__name__)

_MOST_NODES: Final = 50_000


@dataclass(frozen=True)
class PdfFacts:
    """``None`` where the file does not tell: it is encrypted, or no page can be found in it.

    A signature is one that the file carries in itself. Whether it holds is not looked at, and ink on a scanned page
    is a picture like any other.
    """

    pages: int | None = None
    is_signed: bool | None = None


def pdf_facts(data: bytes) -> PdfFacts:
    """The facts of a PDF, read apart; none of one that can't be read, which the log says."""
    try:
        return PdfFacts(**json.loads(run_apart("agreements.register.pdf_facts", data)))
    except Unreadable as error:
        logger.warning("act=examine size=%s failed=%s", len(data), error)
        return PdfFacts()


def read_facts(data: bytes) -> PdfFacts:
    """The same in this process; only for files that are known to be harmless.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    # Here, because they take a third of a second to load, and servers never read these files themselves.
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415

    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        return PdfFacts()
    signatures = [value for _name, value, _field in enumerate_sig_fields(reader, filled_status=True)]
    return PdfFacts(
        pages=_count_pages(reader.root["/Pages"]) or None,
        is_signed=any(one.get_object().get("/Type") != "/DocTimeStamp" for one in signatures),
    )


def _count_pages(tree: Any) -> int:
    """The leaves of the page tree (ISO 32000-2, 7.7.3): what it says of their number may be wrong.

    Raises:
        ValueError: the tree is larger than that of any honest file; one that bites its tail has no end.
    """
    pages, seen, waiting = 0, 0, [tree]
    while waiting:
        node = waiting.pop()
        kids = node.get("/Kids")
        if kids is None:
            pages += 1
        else:
            waiting.extend(kids[place] for place in range(len(kids)))  # an index follows references, a loop does not
        seen += 1
        if seen + len(waiting) > _MOST_NODES:
            raise ValueError("endless pages")
    return pages


def main() -> None:
    """Read standard input within bounds and print the facts; what the parsers raise goes up."""
    bound_this_process()
    print(json.dumps(asdict(read_facts(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    main()
