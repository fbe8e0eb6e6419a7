"""Contents for tests that compare: one with something in every field, and every way to change one leaf of it."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel

from agreements.editions.content import SCHEMA_VERSION, AgreementContent
from agreements.editions.readers import read_content
from agreements.vocabulary import kinds
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Disclosure, Money

_FROZEN: Final = Path(__file__).parent / "frozen"

_OF_A_KIND: Final[dict[type, Any]] = {
    bool: True,
    kinds.RenewalKind: kinds.RenewalKind.TACIT,  # one that has a length
    int: 1000,
    dt.datetime: dt.datetime(2021, 2, 5, 17, 8, tzinfo=dt.UTC),
    dt.date: dt.date(2026, 1, 2),
    dt.time: dt.time(20, 8),
    PartialDate: PartialDate.parse("2021-02-05"),
    Money: Money(disclosure=Disclosure.STATED, amount="10.00", currency="USD"),
}


def shipped() -> AgreementContent:
    """The record that the portal comes with."""
    return read_content(Path(_FROZEN, f"version-{SCHEMA_VERSION}.json").read_bytes())


def text(words: str) -> LocalisedText:
    return LocalisedText(en=words, ar=f"{words} بالعربية", ckb=f"{words} بە کوردی")


@cache
def full() -> AgreementContent:
    """A content in which every field of the contract holds something, and every list one part."""
    content = _filled(AgreementContent, "content")
    assert isinstance(content, AgreementContent)
    return content


def _filled(kind: Any, name: str) -> Any:
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if kind is str:
        return "IQ" if name in ("country", "neighbour") else name
    if kind is LocalisedText:
        return text(name)
    if kind in _OF_A_KIND:
        return _OF_A_KIND[kind]
    if isinstance(kind, type) and issubclass(kind, kinds.TextChoices):
        return next(one for one in kind if one.value != "not_stated")
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind(**{name: _filled(field.annotation, name) for name, field in kind.model_fields.items()})
    [first, *_others] = [one for one in get_args(kind) if one is not NoneType]
    is_list = getattr(kind, "__origin__", None) is tuple
    filled = first if isinstance(first, str | int) else _filled(first, name)  # or a literal
    return (filled,) if is_list else filled


def mutations(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one leaf changed, for each leaf and each way; named by the leaf's path."""
    if isinstance(value, PartialDate):
        yield from ((way, PartialDate.parse(way)) for way in ("2021-02-06", "2021-02", "2021", ""))
    elif isinstance(value, Money):
        yield "amount", Money(disclosure=Disclosure.STATED, amount="11.00", currency="USD")
        yield "currency", Money(disclosure=Disclosure.STATED, amount="10.00", currency="EUR")
        yield from ((way, Money(disclosure=way)) for way in (Disclosure.UNDISCLOSED, Disclosure.NOT_STATED))
    elif isinstance(value, LocalisedText):
        for language in value.languages():
            yield language, value.model_copy(update={language: f"{value.get(language)} more"})
            yield f"{language} gone", value.model_copy(update={language: None})
    elif isinstance(value, BaseModel):
        yield from _of_model(value)
    elif isinstance(value, tuple):
        yield "gone", ()
        for path, one in mutations(value[0]):
            yield path, (one,)
    else:
        yield "", _other(value)


def _of_model(value: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    for name, field in type(value).model_fields.items():
        if name == "schema_version":  # the same by definition: old editions are read as the newest version
            continue
        for path, one in mutations(getattr(value, name)):
            yield f"{name} {path}".strip(), value.model_copy(update={name: one})
        if field.default is None:
            yield f"{name} gone", value.model_copy(update={name: None})


def _other(value: Any) -> Any:  # noqa: PLR0911  # one return a type
    if isinstance(value, bool):
        return not value
    if isinstance(value, kinds.TextChoices):
        return next(one for one in type(value) if one != value)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(seconds=1)
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    if isinstance(value, dt.time):
        return value.replace(second=1)
    if isinstance(value, str):
        return {"IQ": "TR", "KW": "IR", "CH": "FR"}.get(value, f"{value}0")
    raise AssertionError(f"no other {type(value)} is known: say how to change one")
