"""Which encodings of an answer a client takes, and making them."""

import gzip
from functools import lru_cache
from typing import Final

import brotli  # type: ignore[import-untyped]  # the library has none

IDENTITY: Final = "identity"

ENCODINGS: Final = ("br", "gzip", IDENTITY)
"""As the portal prefers them where a client does not care."""

_TOO_LONG: Final = 256  # characters of a header; browsers send about 25
_GZIP_LEVEL: Final = 6
_BROTLI_QUALITY: Final = 5  # smaller than gzip at the same time; 11 takes fifty times as long for a tenth less


@lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """The encodings that an Accept-Encoding header takes, best first (RFC 9110, 12.5.3).

    Identity is always among them: a client that refuses even that gets it rather than an error.
    """
    if not header or len(header) > _TOO_LONG:
        return (IDENTITY,)
    stated = dict(_weights(header.lower()))
    others = stated.get("*", 0.0)
    weights = {one: stated.get(one, others) for one in ENCODINGS}
    if IDENTITY not in stated and "*" not in stated:
        weights[IDENTITY] = 0.001  # acceptable, and less than whatever was asked for
    best_first = sorted(ENCODINGS, key=lambda one: -weights[one])  # stable: ours where weights are equal
    taken = [one for one in best_first if weights[one] > 0]
    return tuple(taken) if IDENTITY in taken else (*taken, IDENTITY)


def encoded(body: bytes) -> dict[str, bytes]:
    """The body in each encoding that makes it smaller, and as it is."""
    made = {
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY),
        "gzip": gzip.compress(body, _GZIP_LEVEL, mtime=0),
    }
    return {name: short for name, short in made.items() if len(short) < len(body)} | {IDENTITY: body}


def _weights(header: str) -> list[tuple[str, float]]:
    """Each coding and its weight; one whose weight can't be read counts as refused."""
    found = []
    for item in header.split(","):
        coding, _, parameter = item.partition(";")
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
        else:
            weight = 1.0
        found.append((coding.strip().removeprefix("x-"), weight if 0 <= weight <= 1 else 0.0))
    return found
