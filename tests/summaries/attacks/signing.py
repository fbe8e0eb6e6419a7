"""Files whose seal itself is attacked: moved, emptied, wrapped, made anew by somebody else."""

from collections.abc import Callable
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, NumberObject, pdf_name
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from agreements.summaries.verify import Finding
from tests.summaries.attacks.attack import (
    Attack,
    Given,
    Writer,
    added,
    byte_range,
    dictionary,
    signature_dictionary,
    update,
)

_Bytes: Final = generic.ByteStringObject
_ALTERED: Final = "plain alteration"
_UNIVERSAL: Final = "universal signature forgery, Mladenov and others 2019"
_WRAPPING: Final = "signature wrapping, Mladenov and others 2019"
_CERTIFIED: Final = "attacks on certified PDFs, Rohlmann and others 2021"
_OTHER_KEY: Final = "sealed with another key"


def _field(writer: Writer) -> generic.DictionaryObject:
    found: generic.DictionaryObject = writer.root["/AcroForm"]["/Fields"][0]
    return found


def _without_field(writer: Writer) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def _without_value(writer: Writer) -> None:
    field = _field(writer)
    del field["/V"]
    update(writer, field)


def _with_entry(name: str, value: generic.PdfObject | None) -> Callable[[Given], bytes]:
    """The signature's dictionary written again, with one entry replaced or left out."""

    def change(writer: Writer) -> None:
        signature = _field(writer)["/V"]
        if value is None:
            del signature[name]
        else:
            signature[pdf_name(name)] = value
        update(writer, signature)

    return lambda given: added(given.sealed, change)


def _range(*numbers: int) -> ArrayObject:
    return ArrayObject(NumberObject(number) for number in numbers)


def _range_in_place(change: Callable[[list[int]], list[int]]) -> Callable[[Given], bytes]:
    """Other numbers in the very bytes that say what is covered."""

    def make(given: Given) -> bytes:
        old = byte_range(given.sealed)
        at = given.sealed.rindex(b"/ByteRange")
        end = given.sealed.index(b"]", at) + 1
        numbers = b"/ByteRange [%s]" % b" ".join(b"%d" % number for number in change(old))
        return given.sealed[:at] + numbers.ljust(end - at)[: end - at] + given.sealed[end:]

    return make


def _contents_in_place(given: Given, contents: bytes) -> bytes:
    _, start, end, _ = byte_range(given.sealed)
    room = end - start - 2
    return given.sealed[:start] + b"<" + contents.hex().encode().ljust(room, b"0")[:room] + b">" + given.sealed[end:]


def _other_contents(given: Given) -> bytes:
    return _contents_in_place(given, signature_dictionary(given.seal_elsewhere(given.unsealed))["/Contents"])


def _wrapped(given: Given) -> bytes:
    """What the seal covers last is moved behind a gap with other content, which a second dictionary skips."""
    _, first, second, length = byte_range(given.sealed)
    signature = signature_dictionary(given.sealed)
    moved = given.sealed[second : second + length]

    def wrap(writer: Writer) -> None:
        writer.root[pdf_name("/OpenAction")] = dictionary(S=pdf_name("/JavaScript"), JS=generic.pdf_string("1"))
        writer.update_root()
        new = generic.DictionaryObject({name: signature.raw_get(name) for name in signature})
        new[pdf_name("/ByteRange")] = _range(0, first, 98765432, length)
        field = _field(writer)
        field[pdf_name("/V")] = writer.add_object(new)
        update(writer, field)

    gap = added(given.sealed, wrap)
    start = b"%8d" % (len(gap) + 1)
    return gap.replace(b"98765432", start) + b"\n" + moved


def _empty_field(writer: Writer) -> None:
    """A field to sign in, with looks that lie over a page (sneaky signature attack)."""

    append_signature_field(writer, SigFieldSpec("Approval", on_page=0, box=(50, 500, 400, 700)))


SIGNING: Final = {
    "the signature field removed": Attack(lambda given: added(given.sealed, _without_field), Finding.NO_SEAL, _ALTERED),
    "the signature taken out of its field": Attack(
        lambda given: added(given.sealed, _without_value), Finding.NO_SEAL, _ALTERED
    ),
    "no /Contents": Attack(_with_entry("/Contents", None), Finding.DAMAGED, _UNIVERSAL),
    "/Contents is null": Attack(_with_entry("/Contents", generic.NullObject()), Finding.DAMAGED, _UNIVERSAL),
    "/Contents is empty": Attack(_with_entry("/Contents", _Bytes(b"")), Finding.DAMAGED, _UNIVERSAL),
    "/Contents is a zero": Attack(_with_entry("/Contents", _Bytes(b"\0")), Finding.DAMAGED, _UNIVERSAL),
    "no /ByteRange": Attack(_with_entry("/ByteRange", None), Finding.DAMAGED, _UNIVERSAL),
    "/ByteRange is null": Attack(_with_entry("/ByteRange", generic.NullObject()), Finding.DAMAGED, _UNIVERSAL),
    "/ByteRange covers nothing": Attack(_with_entry("/ByteRange", _range(0, 0, 0, 0)), Finding.CHANGED, _UNIVERSAL),
    "/ByteRange is negative": Attack(_with_entry("/ByteRange", _range(0, -1, -1, 10)), Finding.DAMAGED, _UNIVERSAL),
    "/ByteRange is shorter": Attack(_range_in_place(lambda old: [*old[:3], old[3] - 9]), Finding.CHANGED, _WRAPPING),
    "/ByteRange leaves a gap": Attack(
        _range_in_place(lambda old: [old[0], old[1] - 99, *old[2:]]), Finding.CHANGED, _WRAPPING
    ),
    "/ByteRange of three parts": Attack(
        _with_entry("/ByteRange", _range(0, 10, 20, 10, 40, 10)), Finding.CHANGED, _WRAPPING
    ),
    "the seal wrapped": Attack(_wrapped, Finding.ADDED_TO, _WRAPPING),
    "/Contents of zeros": Attack(lambda given: _contents_in_place(given, b"\0"), Finding.DAMAGED, _UNIVERSAL),
    "/Contents of another file’s seal": Attack(_other_contents, Finding.CHANGED, _WRAPPING),
    "sealed with another key of the same name": Attack(
        lambda given: given.seal_elsewhere(given.unsealed), Finding.OTHER_SEAL, _OTHER_KEY
    ),
    "changed and sealed with another key": Attack(
        lambda given: given.seal_elsewhere(added(given.unsealed, lambda writer: writer.update_root())),
        Finding.OTHER_SEAL, _OTHER_KEY,
    ),
    "a second seal of somebody else": Attack(
        lambda given: given.sign_elsewhere(given.sealed), Finding.ADDED_TO, _CERTIFIED
    ),
    "a field to sign in, laid over a page": Attack(
        lambda given: added(given.sealed, _empty_field), Finding.ADDED_TO, _CERTIFIED
    ),
    "sealed by the register, and never given out": Attack(
        lambda given: given.seal(given.unsealed), Finding.OTHER_BYTES, _OTHER_KEY
    ),
}  # fmt: skip
