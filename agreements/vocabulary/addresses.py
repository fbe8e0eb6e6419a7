"""What stands in public addresses for a record, an edition, a language; importing it makes them known to Django."""

from django.urls import register_converter

from agreements.vocabulary.languages import LANGUAGES


class RegisterNumber:
    """A register number in an address, such as MOC-0001."""

    regex = r"MOC-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """An edition number: no sign, no leading zero, within the database's range."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class LanguageCode:
    """One of the portal's languages."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegisterNumber, "register_number")
register_converter(Number, "number")
register_converter(LanguageCode, "language_code")
