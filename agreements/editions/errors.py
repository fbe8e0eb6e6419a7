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


class LogHasGap(EditionsError):
    """The log's sequence is broken after ``sequence``: something was removed behind the portal's back."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"entry {sequence + 1} is missing")
        self.sequence = sequence


class NotInTree(EditionsError):
    """The log's tree, or the checkpoint asked of, does not reach to this entry."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"entry {sequence}")
        self.sequence = sequence


class CheckpointsNotConfigured(EditionsError):
    """There is no key to sign checkpoints with, or it can't be read; the message names the setting."""


class CheckpointRefused(EditionsError):
    """The tree does not continue the newest checkpoint, so that nothing more may be signed."""


class NoteNotGenuine(EditionsError):
    """A text is no checkpoint that one of the known keys signed."""


class Differs(EditionsError):
    """An audit found something that is not as it was published; the message says what, in a sentence."""
