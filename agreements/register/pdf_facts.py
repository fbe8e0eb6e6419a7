"""What a PDF of a stranger is: how many pages it has, and which electronic signatures it carries.

Run as a program it takes a PDF on standard input and prints the facts as JSON; see ``moc_portal.apart``.
"""

import json
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from logging import getLogger
from typing import Any, Final

from agreements.register.pdf_signatures import Signature, read_signatures
from moc_portal.apart import MEBIBYTE, Unreadable, bound_this_process, run_apart

logger = getLogger(__name__)

_MOST_NODES: Final = 50_000


@dataclass(frozen=True)
class PdfFacts:
    """``None`` where the file does not tell: it is encrypted, or no page can be found in it.

    A signature is one that the file carries in itself: ink on a scanned page is a picture like any other.
    """

    pages: int | None = None
    is_signed: bool | None = None
    signatures: tuple[Signature, ...] | None = None

    @property
    def stored_signatures(self) -> list[dict[str, Any]] | None:
        """As the database keeps them."""
        return None if self.signatures is None else [asdict(one) for one in self.signatures]


def pdf_facts(data: bytes) -> PdfFacts:
    """The facts of a PDF, read apart; none of one that can't be read, which the log says."""
    try:
        read = json.loads(run_apart("agreements.register.pdf_facts", data))
    except Unreadable as error:
        logger.warning("act=examine size=%s failed=%s", len(data), error)
        return PdfFacts()
    if read["signatures"] is not None:
        read["signatures"] = tuple(Signature(**one) for one in read["signatures"])
    return PdfFacts(**read)


def read_facts(data: bytes) -> PdfFacts:
    """The same in this process; only for files that are known to be harmless.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    # Here, because they take a third of a second to load, and servers never read these files themselves.
    from pyhanko.pdf_utils.decode_limits import (  # noqa: PLC0415
        DecodeLimits,
        DocumentDecodeBudget,
        StreamDecodeLimits,
    )
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    limits = DecodeLimits(
        per_stream=StreamDecodeLimits(max_output_size=32 * MEBIBYTE),
        document_budget=DocumentDecodeBudget(base_allowance=64 * MEBIBYTE, max_ratio=3),
    )
    reader = PdfFileReader(BytesIO(data), strict=False, decode_limits=limits)
    if reader.encrypted:
        return PdfFacts()
    pages = _count_pages(reader.root["/Pages"]) or None
    signatures = read_signatures(reader)
    return PdfFacts(pages=pages, is_signed=bool(signatures), signatures=signatures)


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
