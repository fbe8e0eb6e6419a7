"""Wrong combinations of settings that concern seals."""

from datetime import UTC, datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # Django's names

from agreements.summaries.errors import NoSealKey, SealNotConfigured, ServiceFailed
from agreements.summaries.key_settings import key_kind

_HINT = "See docs/seals.md."


def check_key_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Whether no more than one key is named, with what belongs to it. Opens nothing."""
    try:
        key_kind()
    except NoSealKey:
        return []
    except SealNotConfigured as error:
        return [Error(str(error), hint=_HINT, id="agreements.E011")]
    return []


def check_seal(**_kwargs: Any) -> list[CheckMessage]:
    """For ``check --deploy``: whether the key can be used, its level be reached, and how long its certificate lasts."""
    # What seals takes a second to load, and few commands check for deployment.
    from agreements.summaries.endings import NOTICE, seal_ends  # noqa: PLC0415
    from agreements.summaries.keys import current_sealer  # noqa: PLC0415
    from agreements.summaries.levels import level_of  # noqa: PLC0415
    from agreements.summaries.seal import check_validity  # noqa: PLC0415
    from agreements.summaries.trust import roots_of_timestamps, seal_roots  # noqa: PLC0415

    now = datetime.now(UTC)
    if check_key_settings():
        return []  # said already
    try:
        key_kind()
    except NoSealKey as error:
        return [Warning("Summaries can't be sealed.", hint=str(error), id="agreements.W012")]
    try:
        sealer = current_sealer()
        check_validity(sealer, at=now)
        level_of(sealer)
        seal_roots()
        roots_of_timestamps()
    except (SealNotConfigured, ServiceFailed) as error:
        return [Error(str(error), hint=_HINT, id="agreements.E012")]
    first = seal_ends(sealer)
    if first - now <= NOTICE and not sealer.is_development:
        return [
            Warning(
                f"The sealing certificate “{sealer.name}”, or one above it, ends on {first:%Y-%m-%d}.",
                hint="Get a new one now: see “Changing the key” in docs/seals.md.",
                id="agreements.W011",
            )
        ]
    return []
