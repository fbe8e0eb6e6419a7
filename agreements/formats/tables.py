"""Cells of CSV files that people open in spreadsheets."""

from typing import Final

_BEGIN_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula (OWASP, CSV Injection): an apostrophe in front."""
    return f"'{text}" if text.startswith(_BEGIN_A_FORMULA) else text
