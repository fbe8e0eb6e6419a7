"""All attacks, in the groups of docs/attacks.md."""

from typing import Final

from tests.summaries.attacks.altering import ALTERING
from tests.summaries.attacks.attack import Attack
from tests.summaries.attacks.exhausting import EXHAUSTING
from tests.summaries.attacks.json_files import JSON_FILES
from tests.summaries.attacks.signing import SIGNING

GROUPS: Final = {
    "Altered, added to, passed off": ALTERING,
    "The seal itself": SIGNING,
    "Made to break or exhaust a reader": EXHAUSTING,
    "JSON": JSON_FILES,
}
ATTACKS: Final[dict[str, Attack]] = {name: attack for group in GROUPS.values() for name, attack in group.items()}
