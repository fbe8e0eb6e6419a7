"""Why a copy of the portal is not made."""

from pathlib import Path


class CopyRefused(Exception):
    """No copy, or no whole one."""


class FolderTaken(CopyRefused):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} holds files that are no copy of a portal: name an empty folder, or a new one.")


class NoAnswer(CopyRefused):
    def __init__(self, address: str, status: int) -> None:
        super().__init__(f"The portal answers {status} at {address}. What is written is kept: run it again.")


class MovedOn(CopyRefused):
    def __init__(self) -> None:
        super().__init__("Something was published or withdrawn meanwhile: run it again, and it is brought up to date.")
