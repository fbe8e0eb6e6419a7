"""JSON files that are not what they seem, or made to exhaust their reader."""

import json
from collections.abc import Callable
from typing import Any, Final

from agreements.summaries.verify import Finding
from tests.summaries.attacks.attack import Attack, Given

_LARGE: Final = 20 * 1024 * 1024 - 100
_RULES: Final = "RFC 8259"
_CANONICAL: Final = "RFC 8785"
_DEEP: Final = "nesting"
_LAID_OUT: Final = "the same, laid out otherwise"


def _with(change: Callable[[dict[str, Any]], object]) -> Callable[[Given], bytes]:
    def make(given: Given) -> bytes:
        content = json.loads(given.content)
        change(content)
        return json.dumps(content, ensure_ascii=False).encode()

    return make


def _turned(given: Given) -> bytes:
    return json.dumps(dict(reversed(json.loads(given.content).items())), indent=2).encode()


def _always(data: bytes, finding: Finding, source: str) -> Attack:
    return Attack(lambda _given: data, finding, source)


JSON_FILES: Final = {
    "JSON in other lines and order": Attack(_turned, Finding.REWRITTEN, _LAID_OUT),
    "JSON with a byte order mark": Attack(lambda given: b"\xef\xbb\xbf" + given.content, Finding.REWRITTEN, _LAID_OUT),
    "JSON with one word changed": Attack(
        _with(lambda content: content["title"].update(en="Another title")), Finding.OTHER_JSON, "plain alteration"
    ),
    "JSON with a name more": Attack(
        _with(lambda content: content.update(more=1)), Finding.OTHER_JSON, "plain alteration"
    ),
    "JSON that says nothing": _always(b"{}", Finding.OTHER_JSON, "plain alteration"),
    "JSON with a name twice": Attack(
        lambda given: b'{"register_number": "MOC-9999", ' + given.content[1:], Finding.BROKEN_JSON, _RULES
    ),
    "JSON cut off": Attack(lambda given: given.content[:-9], Finding.BROKEN_JSON, _RULES),
    "JSON with rubbish behind it": Attack(lambda given: given.content + b"}", Finding.BROKEN_JSON, _RULES),
    "JSON with NaN": _always(b'{"amount": NaN}', Finding.BROKEN_JSON, _RULES),
    "JSON with a number beyond all": _always(b'{"amount": 1e999}', Finding.BROKEN_JSON, _CANONICAL),
    "JSON with an integer too long": _always(b'{"amount": 9007199254740993}', Finding.BROKEN_JSON, _CANONICAL),
    "JSON with a million digits": _always(b'{"amount": ' + b"9" * 1_000_000 + b"}", Finding.BROKEN_JSON, _CANONICAL),
    "JSON that is not UTF-8": _always(b'{"title": "\xff\xfe"}', Finding.BROKEN_JSON, _RULES),
    "JSON with half a surrogate": _always(b'{"title": "\\ud800"}', Finding.BROKEN_JSON, _CANONICAL),
    "JSON arrays within arrays": _always(b"[" * 1_000_000, Finding.BROKEN_JSON, _DEEP),
    "JSON objects within objects": _always(b'{"a":' * 200_000, Finding.BROKEN_JSON, _DEEP),
    "20 MB of arrays within arrays": Attack(lambda _given: b"[" * _LARGE, Finding.BROKEN_JSON, _DEEP),
    "20 MB of arrays": Attack(
        lambda _given: b"[" + b"[]," * (_LARGE // 3) + b"0]", Finding.TOO_COSTLY, "exhausting memory"
    ),
    "20 MB of numbers": Attack(
        lambda _given: b"[" + b"0," * (_LARGE // 2) + b"0]", Finding.TOO_COSTLY, "exhausting memory"
    ),
    "JSON that is also a PDF": Attack(lambda given: b"{%PDF-1.7" + given.content, Finding.DAMAGED, "polyglot"),
}
