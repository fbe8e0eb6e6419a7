"""What files of JSON-LD have in common."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from agreements.vocabulary.languages import LANGUAGES

Node = dict[str, Any]


def in_all_languages(text: str | Promise) -> list[Node]:
    """A text of the portal's own in each language, tagged."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append({"@language": language, "@value": str(text)})
    return found


def cleaned(node: Node) -> Node:
    """Without what is empty, at any depth."""
    found: Node = _without_nothing(node)
    return found


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _without_nothing(one)) not in (None, "", [], {})}
    return [_without_nothing(one) for one in value] if isinstance(value, list) else value
