"""Takes the edition out of a sealed summary, in a process of its own: anybody may have made the PDF.

Run as a program it reads a PDF from standard input and prints the JSON that it carries. Whether the seal holds is not
asked: it is another portal's, whose certificates are not known here.
"""

import sys
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.summaries.attachments import attached_json
from moc_portal.apart import MEBIBYTE, bound_this_process, run_apart

_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MEBIBYTE, max_ratio=3),
)


def attached_edition(pdf: bytes) -> bytes:
    """The JSON inside a PDF, empty where it carries none.

    Raises:
        Unreadable: the PDF is broken or encrypted, or took more than an honest one needs.
    """
    return run_apart(__name__, pdf)


def main() -> None:
    """Print what the PDF on standard input carries; what the parsers raise goes up."""
    bound_this_process()
    reader = PdfFileReader(BytesIO(sys.stdin.buffer.read()), strict=False, decode_limits=_LIMITS)
    sys.stdout.buffer.write(attached_json(reader) or b"")


if __name__ == "__main__":
    main()
