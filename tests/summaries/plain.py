"""A small PDF to seal, where what it says does not matter."""

from io import BytesIO

import pypdfium2


def _plain() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    written = BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


PLAIN = _plain()
