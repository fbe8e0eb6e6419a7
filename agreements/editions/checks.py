"""Wrong combinations of settings that concern the log."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # Django's names

from agreements.editions.checkpoint_key import has_signing_key, verifier_keys
from agreements.editions.errors import CheckpointsNotConfigured


def check_checkpoint_key(**_kwargs: Any) -> list[CheckMessage]:
    """Whether the log is signed, and its keys can be read."""
    if not has_signing_key():
        hint = "Make a key with openssl genpkey -algorithm ed25519, and name its file in MOC_CHECKPOINT_KEY_FILE."
        return [Warning("The log of publications is not signed.", hint=hint, id="agreements.W010")]
    try:
        verifier_keys()
    except CheckpointsNotConfigured as error:
        return [Error(str(error), hint="See docs/settings.md.", id="agreements.E010")]
    return []
