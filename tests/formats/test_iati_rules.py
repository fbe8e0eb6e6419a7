"""The engine that judges IATI files by the standard's rules."""

from typing import Any

import pytest
from lxml import etree

from agreements.vocabulary.money import Money
from tests.editions.contents import full
from tests.formats.iati_rules import end_of, failures, found
from tests.formats.iati_written import TODAY, Element, changed, when, written


class TestRules:
    """The engine: a file that keeps the rules, and one way to break each of them."""

    @pytest.mark.parametrize(
        ("broken", "rule"),
        [
            ("iati-identifier = XM-DAC-47066", "1.1.3"),
            ("iati-identifier = SOMEBODY-ELSE", "1.1.21"),
            ("iati-identifier =  XM-DAC-47066-1", "1.3.1"),
            ("iati-identifier = XM-DAC-47066-a/b", "1.3.13"),
            ("reporting-org/@ref = ZZ-9", "1.14.8"),
            ("activity-date/@type = 3", "6.11.1"),
            ("activity-date/@iso-date = 2030-01-01", "11.1.4"),
            ("@last-updated-datetime = 2030-01-01T00:00:00Z", "11.1.1"),
            ("- @xml:lang, narrative/@xml:lang", "4.1.1"),
            ("- sector", "6.2.2"),
            ("- recipient-country", "3.7.1"),
            ("recipient-country/@percentage = 90", "3.1.4"),
            ("recipient-country/@percentage = 101", "12.1.1"),
            ("+ recipient-country", "3.1.2"),
            ("sector/@vocabulary = 99", "2.2.1"),
            ("+ sector", "2.1.2"),
            ("sector/@percentage = -1", "12.3.1"),
            ("- participating-org/narrative, participating-org/@ref", "6.10.1"),
            ("- title/narrative/text()", "4.3.1"),
            ("- @default-currency, transaction/value/@currency", "7.8.1"),
            ("transaction/transaction-date/@iso-date = 2030-01-01", "11.2.1"),
            ("budget/period-end/@iso-date = 2026-01-01", "7.5.3"),
            ("budget/period-end/@iso-date = 2019-01-01", "8.6.3"),
            ("- other-identifier/owner-org/narrative", "6.8.1"),
            ("- transaction/provider-org/narrative, transaction/provider-org/@ref", "6.9.1"),
        ],
    )
    def test_finds_what_is_broken(self, broken: str, rule: str) -> None:
        one = full().funding[0].model_copy(
            update={
                "money": Money(disclosure="stated", amount="5.00", currency="USD"),
                "start": when("2020-01-01"), "end": when("2020-12-31"),
            }
        )  # fmt: skip
        root = written(changed(funding=(one,), dates=()))
        assert failures(root, now=end_of(TODAY)) == []

        for activity in root.iterfind("iati-activity"):
            _break(activity, broken)

        assert rule in {one.id for one in failures(root, now=end_of(TODAY))}


def _break(activity: Element, how: str) -> None:
    """Set (``path = value``), leave out (``- path``) or double (``+ path``) something of an activity."""
    if how.startswith("- "):
        for path in how.removeprefix("- ").split(", "):
            for one in found(path if path.startswith("@") else f".//{path}", activity):
                _leave_out(one)
    elif how.startswith("+ "):
        one = found(how.removeprefix("+ "), activity)[0]
        one.addnext(etree.fromstring(etree.tostring(one)))
    else:
        path, value = how.split(" = ")
        for one in found(path, activity):
            if isinstance(one, etree._Element):
                one.text = value
            else:
                one.getparent().set(one.attrname, value)


def _leave_out(node: Any) -> None:
    parent = node.getparent()
    if isinstance(node, etree._Element):
        parent.remove(node)
    elif node.is_attribute:
        del parent.attrib[node.attrname]
    else:
        parent.text = None
