"""Opens a table from whatever file was sent."""

from typing import BinaryIO

from agreements.intake.delimited import open_delimited
from agreements.intake.errors import Flaw, Unreadable
from agreements.intake.sheets import MAX_FILE_BYTES, Sheet
from agreements.intake.workbooks import open_workbook


def open_sheet(file: BinaryIO, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Sheet:
    """Open a table from a file that can be sought in; what it is, is told by its content.

    Args:
        encoding, delimiter: of a CSV file; found out where empty.
        sheet: the name of a workbook's sheet; the first where empty.

    Raises:
        Unreadable: it is no table, is too large, or is damaged.
    """
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not size:
        raise Unreadable(Flaw.EMPTY)
    if size > MAX_FILE_BYTES:
        raise Unreadable(Flaw.TOO_LARGE, limit=MAX_FILE_BYTES // 1024**2)
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: .xls, or a workbook behind a password
        raise Unreadable(Flaw.OLD_OR_LOCKED)
    if start.startswith(b"PK"):
        return open_workbook(file, sheet=sheet)
    return open_delimited(file, encoding=encoding, delimiter=delimiter)
