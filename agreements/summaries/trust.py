"""Which certificates the portal's own seals lead to."""

from agreements.summaries.seal import current_sealer


def trusted_roots() -> list[bytes]:
    """The roots that a seal of this portal leads to, DER.

    Raises:
        SealNotConfigured: there is no certificate to check seals against.
    """
    return [root.dump() for root in current_sealer().roots]
