"""Typed readers of the environment, which fail naming the variable and the remedy."""

import os
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE: Final = {"1", "true", "yes", "on"}
_FALSE: Final = {"0", "false", "no", "off"}
_MAX_NUMBER: Final = 3650
_DATABASE_REMEDY: Final = "DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host:port/name."


def env_text(name: str, *, default: str | None = None, remedy: str = "") -> str:
    """The variable's value, or the default; an empty value counts as absent.

    Raises:
        ImproperlyConfigured: it is absent and there is no default.
    """
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. {remedy}".strip())
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Yes or no, written as 1/0, true/false, yes/no or on/off.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    value = os.environ.get(name)
    if not value:
        return default
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")


def env_secret(name: str, *, default: str | None = None, remedy: str = "") -> str:
    """A secret, from ``NAME`` or from the file that ``NAME_FILE`` names.

    Raises:
        ImproperlyConfigured: neither is set and there is no default, or the file can't be read.
            The message never holds the secret.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return env_text(name, default=default, remedy=f"{remedy} Or name a file that holds it in {name}_FILE.".strip())
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that can't be read: {error.strerror}.") from error
    if not secret:
        raise ImproperlyConfigured(f"{name}_FILE names a file that is empty. {remedy}".strip())
    return secret


def env_list(name: str, *, default: str | None = None, remedy: str = "") -> list[str]:
    """A list separated by commas."""
    return [item.strip() for item in env_text(name, default=default, remedy=remedy).split(",") if item.strip()]


def env_number(name: str, *, default: int) -> int:
    """A whole number above zero.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdecimal() or int(value) == 0:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number above 0.")
    return int(value)


def env_numbers(name: str, *, default: str) -> tuple[int, ...]:
    """Whole numbers from 1 to 3650, separated by commas; the largest first, each once.

    Raises:
        ImproperlyConfigured: one of them is something else.
    """
    items = env_list(name, default=default)
    if not items or not all(one.isascii() and one.isdecimal() and 0 < int(one) <= _MAX_NUMBER for one in items):
        raise ImproperlyConfigured(f"{name} is {', '.join(items)!r}. Set it to whole numbers such as {default}.")
    return tuple(sorted({int(one) for one in items}, reverse=True))


def env_choice(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """One of a few words.

    Raises:
        ImproperlyConfigured: it is another word.
    """
    value = env_text(name, default=default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def env_origin(name: str, *, plain_http: bool, default: str | None = None) -> str:
    """A web origin (RFC 6454): scheme, host and perhaps a port, without the final slash.

    Args:
        plain_http: whether http will do; otherwise it must be https.
        default: what stands for one that is absent, as it is.

    Raises:
        ImproperlyConfigured: it is absent, has a path, or is neither https nor an allowed http.
    """
    remedy = "Set it to the portal's public address without a path, such as https://register.example.org."
    value = env_text(name, default=default, remedy=remedy).rstrip("/")
    if value == default:
        return value
    parts = urlsplit(value)
    if f"{parts.scheme}://{parts.netloc}" != value or not parts.hostname or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} is {value!r}. {remedy}")
    if parts.scheme != "https" and not (plain_http and parts.scheme == "http"):
        raise ImproperlyConfigured(f"{name} is {value!r}, which is not https. {remedy}")
    return value


def check_own_host(name: str, origin: str, *, other: str) -> None:
    """Whether an origin has another host than the portal's.

    Raises:
        ImproperlyConfigured: it has the same, so that it would keep nothing apart.
    """
    if urlsplit(origin).hostname == urlsplit(other).hostname:
        raise ImproperlyConfigured(
            f"{name} is {origin!r}. Set it to another host than the portal's own, or to nothing."
        )


def database_from_url(url: str) -> dict[str, object]:
    """Django's database settings from ``postgresql://user:password@host:port/name?option=value``.

    Options go to libpq as they are. Percent-encoded parts are decoded.

    Raises:
        ImproperlyConfigured: another database than PostgreSQL, no database name, or a port that is
            no number. The message does not repeat the address, which holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(_DATABASE_REMEDY) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(_DATABASE_REMEDY)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }
