"""What can go wrong with the published record."""


class EditionsError(Exception):
    """Base of this room's errors."""


class UnknownSchemaVersion(EditionsError):
    """No reader for this version of the content contract."""

    def __init__(self, version: object) -> None:
        super().__init__(f"schema version {version!r}")
        self.version = version


class UnreadableContent(EditionsError):
    """The stored bytes are not an edition's canonical content."""


class NothingNew(EditionsError):
    """The content equals the edition that is already current."""

    def __init__(self, register_number: str, number: int) -> None:
        super().__init__(f"{register_number} edition {number}")
        self.register_number = register_number
        self.number = number


class NotPublic(EditionsError):
    """There is no current edition to withdraw."""

    def __init__(self, register_number: str) -> None:
        super().__init__(register_number)
        self.register_number = register_number
