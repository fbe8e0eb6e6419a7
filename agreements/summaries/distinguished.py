"""Distinguished names of certificates, as people read them."""

from typing import Any, Final

from asn1crypto import x509

_NAMED_FIRST: Final = (
    "common_name", "organizational_unit_name", "organization_name", "locality_name", "state_or_province_name",
    "country_name",
)  # fmt: skip


def readable(name: x509.Name) -> str:
    """A distinguished name by its values alone: what they are called would be English on every page."""
    values: dict[str, Any] = dict(name.native)
    ordered = [values.pop(one) for one in _NAMED_FIRST if one in values] + list(values.values())
    texts = [text for one in ordered for text in (one if isinstance(one, list) else [one])]
    return ", ".join(str(one) for one in texts)
