"""A small engine for IATI rule sets, written from their specification (IATI-Rulesets, SPEC_JS.rst).

A test's own: the portal writes files, others judge them. ``iati/standard.json`` is the rule set of IATI 2.03.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

DATA: Final = Path(__file__).parent / "iati"

Element = etree._Element
Case = dict[str, Any]
_ORG_ID_PREFIX: Final = "ORG-ID-PREFIX"
_NAMESPACES: Final = {"xml": "http://www.w3.org/XML/1998/namespace"}
_ALL: Final = {
    "lang": "descendant::narrative[not(@xml:lang)]",
    "sector": "transaction[not(sector)]",
    "currency": "(descendant::value | descendant::forecast | descendant::loan-status)[not(@currency)]",
}
"""What keeps all from being there, where the one is missing (``one_or_all``)."""


@dataclass(frozen=True)
class Failure:
    """A rule that an element breaks."""

    id: str
    severity: str
    message: str


@cache
def schema() -> etree.XMLSchema:
    """The schema of IATI 2.03 activities."""
    return etree.XMLSchema(file=str(DATA / "xsd" / "iati-activities-schema.xsd"))


@cache
def code_lists() -> dict[str, frozenset[str]]:
    """The codes of each list, without withdrawn ones."""
    return {name: frozenset(codes) for name, codes in json.loads((DATA / "codes.json").read_text()).items()}


@cache
def standard() -> dict[str, Any]:
    rules: dict[str, Any] = json.loads((DATA / "standard.json").read_text())
    return rules


def failures(document: Element, *, now: datetime) -> list[Failure]:
    """The rules of the standard that a document breaks; ``now`` is the moment that dates are compared with."""
    return [
        failure
        for context, rules in standard().items()
        for element in found(context, document)
        for name, rule in rules.items()
        for case in rule["cases"]
        for failure in _failures(name, case, element, now)
    ]


def _failures(name: str, case: Case, element: Element, now: datetime) -> Iterator[Failure]:
    if name == "loop":
        for inner_name, inner in _unrolled(case, element):
            yield from _failures(inner_name, inner, element, now)
    elif _applies(case, element) and not _CHECKS[name](case, element, now):
        info = case["ruleInfo"]
        yield Failure(info["id"], info["severity"], info["message"])


def _applies(case: Case, element: Element) -> bool:
    """Whether its condition holds. No identifier is taken for a registered one, so conditions on that always do."""
    return "condition" not in case or _is_true(case["condition"], element)


def _unrolled(case: Case, element: Element) -> Iterator[tuple[str, Case]]:
    for value in dict.fromkeys(_text(one) for one in found(case["foreach"], element)):
        for name, rule in case["do"].items():
            for inner in rule["cases"]:
                yield name, {**inner, **{key: _put_in(inner[key], value) for key in case["subs"] if key in inner}}


def _put_in(expression: Any, value: str) -> Any:
    if isinstance(expression, list):
        return [_put_in(one, value) for one in expression]
    return expression.replace("$1", value)


@cache
def _compiled(expression: str) -> etree.XPath:
    return etree.XPath(expression, namespaces=_NAMESPACES)


def found(expression: str, element: Element) -> list[Any]:
    """The nodes that an XPath expression selects."""
    return cast(list[Any], _compiled(expression)(element))


def _is_true(expression: str, element: Element) -> bool:
    return bool(_compiled(f"boolean({expression})")(element))


def _text(node: Any) -> str:
    return "".join(str(part) for part in node.itertext()) if isinstance(node, etree._Element) else str(node)


def _nodes(case: Case, element: Element) -> list[Any]:
    return [one for path in case["paths"] for one in found(path, element)]


def _texts(case: Case, element: Element) -> list[str]:
    return [_text(one) for one in _nodes(case, element)]


def _moment(expression: str, element: Element, now: datetime) -> datetime | None:
    """The first date that is found, at its beginning in UTC; "NOW" is now."""
    if expression == "NOW":
        return now
    dates = found(expression, element)
    try:
        moment = datetime.fromisoformat(_text(dates[0])) if dates else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _is_ordered(case: Case, element: Element, now: datetime) -> bool:
    less, more = _moment(case["less"], element, now), _moment(case["more"], element, now)
    return less is None or more is None or less <= more


def _is_not_to_come(case: Case, element: Element, now: datetime) -> bool:
    moment = _moment(case["date"], element, now)
    return moment is None or moment <= now


def _is_within_a_year(case: Case, element: Element, now: datetime) -> bool:
    start, end = _moment(case["start"], element, now), _moment(case["end"], element, now)
    return start is None or end is None or (end - start).days <= 365


def _is_between(case: Case, element: Element, now: datetime) -> bool:
    day, start, end = (_moment(case[key], element, now) for key in ("date", "start", "end"))
    return day is None or start is None or end is None or start <= day <= end


def _sum(case: Case, element: Element) -> Decimal | None:
    try:
        return sum((Decimal(one) for one in _texts(case, element)), start=Decimal())
    except InvalidOperation:
        return None


def _starts(case: Case, element: Element) -> bool:
    if _ORG_ID_PREFIX in case["prefix"]:
        agencies = code_lists()["OrganisationRegistrationAgency"]
        return all("-".join(text.split("-")[:2]) in agencies for text in _texts(case, element))
    prefixes = [_text(one) + case.get("separator", "") for path in case["prefix"] for one in found(path, element)]
    return all(text.startswith(tuple(prefixes)) for text in _texts(case, element))


def _is_in_range(case: Case, element: Element) -> bool:
    return all(
        case.get("min", float(one)) <= float(one) <= case.get("max", float(one)) for one in _texts(case, element)
    )


def _is_one_of(case: Case, element: Element) -> bool:
    allowed = 0 if any(found(path, element) for path in case["excluded"]) else 1
    return len(_nodes(case, element)) == allowed


def _is_one_or_all(case: Case, element: Element) -> bool:
    return bool(found(case["one"], element)) or not found(_ALL[case["all"]], element)


def _matches(case: Case, element: Element) -> list[bool]:
    return [re.search(case["regex"], text) is not None for text in _texts(case, element) if text]


_CHECKS: Final[dict[str, Callable[[Case, Element, datetime], bool]]] = {
    "no_more_than_one": lambda case, element, _now: len(_nodes(case, element)) <= 1,
    "atleast_one": lambda case, element, _now: len(_nodes(case, element)) >= 1,
    "only_one_of": lambda case, element, _now: _is_one_of(case, element),
    "one_or_all": lambda case, element, _now: _is_one_or_all(case, element),
    "sum": lambda case, element, _now: not _nodes(case, element) or _sum(case, element) == case["sum"],
    "strict_sum": lambda case, element, _now: _sum(case, element) == case["sum"],
    "date_order": _is_ordered,
    "date_now": _is_not_to_come,
    "time_limit": _is_within_a_year,
    "between_dates": _is_between,
    "regex_matches": lambda case, element, _now: all(_matches(case, element)),
    "regex_no_matches": lambda case, element, _now: not any(_matches(case, element)),
    "startswith": lambda case, element, _now: _starts(case, element),
    "unique": lambda case, element, _now: len(set(_texts(case, element))) == len(_texts(case, element)),
    "if_then": lambda case, element, _now: not _is_true(case["if"], element) or _is_true(case["then"], element),
    "no_spaces": lambda case, element, _now: all(text == text.strip() for text in _texts(case, element)),
    "range": lambda case, element, _now: _is_in_range(case, element),
}
"""The rules by their names; true where an element keeps them."""


def end_of(day: date) -> datetime:
    """A moment by which a day has passed everywhere."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
