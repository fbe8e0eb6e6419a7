"""Whether the settings name a reporting organisation that IATI files can carry."""

import re
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

_IDENTIFIER: Final = re.compile(r"[^\s/&|?]+")
"""Rules 1.14.1 and 1.14.13 of IATI's rule set."""


def check_reporting_org(**_kwargs: Any) -> list[CheckMessage]:
    """An identifier with a blank or with ``/ & | ?`` would make every activity's identifier unfit."""
    ref = settings.IATI_REPORTING_ORG["ref"]
    if _IDENTIFIER.fullmatch(ref):
        return []
    hint = "Write an organisation identifier (org-id.guide), such as XM-DAC-47066, without blanks and without / & | ?."
    return [Error(f"MOC_IATI_REPORTING_ORG_REF is {ref!r}, which is no identifier.", hint=hint, id="agreements.E002")]
