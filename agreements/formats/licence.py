"""The terms on which the operator gives the register's data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence as the operator declares it; ``url`` is empty where it has no address."""

    name: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.url}>" if self.url else self.name
