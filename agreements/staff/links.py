"""Problems beside the address of the input that mends each, as an address that works without JavaScript too."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from agreements.publishing.problems import Problem
from agreements.vocabulary.sections import place_on_form


@dataclass(frozen=True)
class LinkedProblem:
    """A problem, and the address where it is mended."""

    problem: Problem
    address: str


def linked(problems: Iterable[Problem], *, page: str = "", shown: Container[str] = ()) -> list[LinkedProblem]:
    """Each problem with its address: on the form, or where the problem itself says, on the page that shows it.

    Args:
        page: the form's address; empty on the form itself.
        shown: rows that stand there with their inputs already, as ``dates-0``: nothing has to be loaded for them.
    """
    return [
        LinkedProblem(one, f"#{one.place}" if one.place else f"{page}{place_on_form(one.anchor, shown=shown)}")
        for one in problems
    ]
