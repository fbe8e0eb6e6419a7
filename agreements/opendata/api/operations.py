"""How an operation is declared: once, for the address, the document and the check of what is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from agreements.opendata.api.answers import Answer, send
from agreements.opendata.api.problems import Problem
from agreements.opendata.api.refusals import refuse_unknown

P = ParamSpec("P")
Operation = Callable[Concatenate[HttpRequest, P], Answer | HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

router: Final = Router()


@dataclass(frozen=True)
class Words:
    """What the document says of an operation, in English as it is translated."""

    tag: str
    summary: str
    description: str


def reading(
    path: str, *, answer: type[Answer], words: Words, asks: type[BaseModel] | None = None, refuses: tuple[int, ...] = ()
) -> Callable[[Operation[P]], View[P]]:
    """Declare a function as what answers GET below the root.

    Args:
        asks: the parameters of its query; all others are refused.
        refuses: the statuses that it may refuse with, besides 400 and 429.
    """

    def declare(function: Operation[P]) -> View[P]:
        @wraps(function)
        def operation(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            refuse_unknown(request, asks)
            answered = function(request, *args, **kwargs)
            return answered if isinstance(answered, HttpResponse) else send(answered)

        answers: dict[int, Any] = {200: answer, **dict.fromkeys((400, *refuses, 429), Problem)}
        return router.get(
            path,
            response=answers,
            operation_id=function.__name__,
            summary=words.summary,
            description=words.description,
            tags=[words.tag],
        )(operation)

    return declare
