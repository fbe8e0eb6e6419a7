"""The order of names in lists, in each language's own alphabet."""

import unicodedata
from typing import Final

from agreements.vocabulary.languages import Language

_KURDISH: Final = {letter: chr(0xE000 + place) for place, letter in enumerate("ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ")}
"""Central Kurdish in its own order, which code points do not follow; private-use signs stand for the places."""

_ARABIC: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")


def sort_key(name: str, language: Language) -> str:
    """What names are compared by, character by character: marks, case and what is no letter do not count."""
    plain = unicodedata.normalize("NFKD", name.casefold()) if language == "en" else unicodedata.normalize("NFKC", name)
    kept = "".join(one for one in plain if one.isalnum() or one == " ")
    if language == "ar":
        return kept.translate(_ARABIC).removeprefix("ال")
    return "".join(_KURDISH.get(one, one) for one in kept) if language == "ckb" else kept
