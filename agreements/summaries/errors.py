"""What can go wrong with summaries and seals."""


class SummariesError(Exception):
    """Base of this room's errors."""


class SealNotConfigured(SummariesError):
    """There is no key to seal with, or not one that can be used; the message names the setting and how to mend it."""


class NoSealKey(SealNotConfigured):
    """The settings name no key at all."""


class CertificateRefused(SealNotConfigured):
    """The certificate has ended, has not begun, was revoked, or leads to no root; trying again does not help."""


class FontsMissing(SummariesError):
    """The fonts of the PDFs have not been built; the message names the command."""


class ServiceFailed(SummariesError):
    """A service that a seal needs does not answer as it should. Trying again may help."""


class TimestampFailed(ServiceFailed):
    """The timestamp authority does not answer, or not with a timestamp that can be checked."""


class StampEnded(TimestampFailed):
    """The certificate of a timestamp that was made has ended or was revoked: it can't be vouched for any more."""


class StampNoLonger(TimestampFailed):
    """The timestamp authority still stamps with the certificate that ends: a new timestamp would not last longer."""


class RevocationFailed(ServiceFailed):
    """Nobody says whether a certificate was revoked: neither its OCSP service nor its list."""


class TokenFailed(ServiceFailed):
    """The token that keeps the key does not answer."""
