"""The desk's input for dates that are known to the year, the month or the day."""

from typing import Any, Final

from agreements.formats.inputs import LineField
from agreements.register.fields import validate_partial_date

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class PartialDateInput(LineField):
    """A date as far as it is known, in the digits of any of the three languages."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(validators=[validate_partial_date], **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.translate(_DIGITS) if text else text
