"""How often somebody without an account may try: counted by the hour in the database, for all processes together."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from django.db import connection, models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from moc_portal.history import client_address

_WINDOW: Final = timedelta(hours=1)
_KEPT: Final = timedelta(days=1)
_SALT: Final = "agreements.correspondence.limits"

_COUNT: Final = """
    INSERT INTO agreements_attempts (scope, key_hash, since, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key_hash, since) DO UPDATE SET count = agreements_attempts.count + 1
    RETURNING count
"""


class Attempts(models.Model):
    """How often one thing was tried in one hour. Who tried is kept as a keyed hash, for a day."""

    scope = models.CharField(_("what was tried"), max_length=20)
    key_hash = models.CharField(_("hash of who tried"), max_length=64)
    since = models.DateTimeField(_("since"))
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("attempts")
        verbose_name_plural = _("attempts")
        indexes = (models.Index(fields=("since",), name="attempts_since"),)
        constraints = (models.UniqueConstraint(fields=("scope", "key_hash", "since"), name="attempts_counted_once"),)

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"


class TooOften(Exception):
    """The limit is reached, ``until`` the next hour begins."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    def retry_after(self, *, at: datetime) -> str:
        """The value of the header (RFC 9110, 10.2.3): seconds from a moment on."""
        return str(max(1, int((self.until - at).total_seconds())))


@dataclass(frozen=True)
class Limit:
    """At most so many times an hour, for each key."""

    scope: str
    times: int

    def spend(self, key: str, *, at: datetime) -> None:
        """Count one more.

        Raises:
            TooOften: it is one too many.
        """
        since = _since(at)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [self.scope, _hashed(key, at), since])
            (count,) = cursor.fetchone()
        if count == 1:
            forget_attempts(at=at)
        if count > self.times:
            raise TooOften(since + _WINDOW)

    def check(self, key: str, *, at: datetime) -> None:
        """Count nothing.

        Raises:
            TooOften: nothing is left.
        """
        since = _since(at)
        spent = Attempts.objects.filter(scope=self.scope, key_hash=_hashed(key, at), since=since, count__gte=self.times)
        if spent.exists():
            raise TooOften(since + _WINDOW)


def forget_attempts(*, at: datetime) -> int:
    """Delete what was counted more than a day ago; how many counts that were."""
    deleted, _by_model = Attempts.objects.filter(since__lt=at - _KEPT).delete()
    return deleted


def network_of(request: HttpRequest) -> str:
    """The client's address; of IPv6 the first half, because a client has the other half to itself."""
    text = client_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else address.exploded[:19]
    return str(address)


def _since(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _hashed(key: str, at: datetime) -> str:
    """Another hash each day, so that not even the day's own rows tell whether somebody came back."""
    return salted_hmac(f"{_SALT}.{at.astimezone(UTC).date()}", key, algorithm="sha256").hexdigest()
