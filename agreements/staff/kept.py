"""What was typed into a form that meets an ended session: packed into the next page, nowhere on the server.

The pack is signed, so that only what this portal received comes back, and goes only where it was meant to
go. It is readable to who holds the page, who wrote it.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

KEPT: Final = "_kept"
ACCOUNT: Final = "_account"
"""The input that says whose form it was, so that somebody else's is noticed."""

_SALT: Final = "agreements.staff.kept"
_MAX_AGE_S: Final = 7 * 24 * 3600
_SECRET: Final = ("password", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: where to, by which account as far as it says, and whether files went with it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account: str
    had_files: bool

    def pack(self) -> str:
        content = [self.path, self.fields, self.account, self.had_files]
        return signing.dumps(content, salt=_SALT, compress=True)

    @classmethod
    def unpack(cls, packed: str) -> "Kept | None":
        """What was packed; nothing where it is missing, too old or not the portal's own."""
        try:
            path, fields, account, had_files = signing.loads(packed, salt=_SALT, max_age=_MAX_AGE_S)
        except signing.BadSignature:
            return None
        return cls(path, tuple((name, value) for name, value in fields), account, had_files)


def kept_of(request: HttpRequest) -> Kept | None:
    """What this request would lose; nothing where nothing was typed.

    Passwords are left out: they must not stand in a page.
    """
    # No error report may quote what was typed.
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]  # Django's own mark
    if KEPT in request.POST:  # it came as far as the login page before
        return Kept.unpack(request.POST[KEPT])
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in _SECRET)
        for value in values
    )
    if not any(name != ACCOUNT for name, _value in fields):
        return None
    return Kept(request.get_full_path(), fields, request.POST.get(ACCOUNT, ""), bool(request.FILES))


def is_own_page(request: HttpRequest) -> bool:
    """Whether a page of this portal sent the request (Fetch Standard, ``Origin``; Fetch Metadata).

    Without that, another site could have its own words offered here for one click to save them.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def is_desk_address(path: str) -> bool:
    """Whether a path is one of the desk's, in any language."""
    address = urlsplit(path)
    parts = address.path.split("/")
    is_here = not address.scheme and not address.netloc and len(parts) > 2
    return is_here and parts[1] in dict(settings.LANGUAGES) and parts[2] == "admin"
