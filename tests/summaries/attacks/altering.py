"""Files that were altered, added to or passed off after they were sealed."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, NumberObject, pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from agreements.summaries.verify import Finding
from tests.summaries.attacks.attack import (
    Attack,
    Given,
    Writer,
    added,
    dictionary,
    first_page,
    stream,
    update,
)

_BOX: Final = ArrayObject(NumberObject(number) for number in (50, 500, 400, 700))
_LIE: Final = b"BT /F0 24 Tf 60 600 Td (250,000,000 USD) Tj ET"


def _flipped(given: Given) -> bytes:
    where = given.sealed.index(b"stream\nx") + 69
    return given.sealed[:where] + bytes([given.sealed[where] ^ 1]) + given.sealed[where + 1 :]


def _padding(given: Given) -> bytes:
    where = given.sealed.rindex(b"0" * 64)
    return given.sealed[:where] + b"1" + given.sealed[where + 1 :]


def _zip(given: Given) -> bytes:
    packed = BytesIO(given.sealed)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("read-me.txt", "open me as a ZIP")
    return packed.getvalue()


def _saved_anew(given: Given) -> bytes:
    output = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(given.sealed))).write(output)
    return output.getvalue()


def _encrypted(owner: str, user: str) -> Callable[[Given], bytes]:
    def make(given: Given) -> bytes:
        writer = copy_into_new_writer(PdfFileReader(BytesIO(given.sealed)))
        writer.encrypt(owner, user)
        output = BytesIO()
        writer.write(output)
        return output.getvalue()

    return make


def _printed(given: Given) -> bytes:
    output = BytesIO()
    pages = [one.render(scale=0.5).to_pil().convert("RGB") for one in pypdfium2.PdfDocument(given.sealed)]
    pages[0].save(output, "PDF", save_all=True, append_images=pages[1:])
    return output.getvalue()


def _picture(given: Given) -> bytes:
    output = BytesIO()
    pypdfium2.PdfDocument(given.sealed)[0].render(scale=0.2).to_pil().save(output, "PNG")
    return output.getvalue()


def _wrapped(given: Given) -> bytes:
    """A plain PDF that carries the genuine one as an attachment."""

    def attach(writer: Writer) -> None:
        file = writer.add_object(stream(given.sealed, Type=pdf_name("/EmbeddedFile")))
        specification = dictionary(
            Type=pdf_name("/Filespec"),
            UF=pdf_string("summary.pdf"),
            EF=dictionary(F=file),
        )
        writer.root[pdf_name("/AF")] = ArrayObject([writer.add_object(specification)])
        writer.update_root()

    return added(given.unsealed, attach)


def _by_adding(change: Callable[[Writer], object]) -> Callable[[Given], bytes]:
    return lambda given: added(given.sealed, change)


def _contents(writer: Writer) -> None:
    page = first_page(writer)
    page[pdf_name("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer.add_object(stream(_LIE))])
    update(writer, page)


def _other_contents(writer: Writer) -> None:
    """The very object that the page is drawn from, written again."""
    contents = first_page(writer).raw_get("/Contents")
    replacement = stream(_LIE)
    writer.objects[(0, contents.idnum)] = replacement
    replacement.container_ref = generic.Reference(contents.idnum, 0, writer)


def _page(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    page = dictionary(Type=pdf_name("/Page"), Parent=writer.root.raw_get("/Pages"), MediaBox=_BOX)
    page[pdf_name("/Contents")] = writer.add_object(stream(_LIE))
    pages["/Kids"].insert(0, writer.add_object(page))
    pages[pdf_name("/Count")] = NumberObject(int(pages["/Count"]) + 1)
    update(writer, pages)


def _pages_swapped(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    pages[pdf_name("/Kids")] = ArrayObject(list(pages["/Kids"])[::-1])
    update(writer, pages)


def _annotation(**entries: Any) -> Callable[[Writer], None]:
    def add(writer: Writer) -> None:
        page = first_page(writer)
        looks = writer.add_object(stream(_LIE, Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=_BOX))
        note = dictionary(Type=pdf_name("/Annot"), Rect=_BOX, F=NumberObject(4), AP=dictionary(N=looks), **entries)
        page[pdf_name("/Annots")] = ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
        update(writer, page)

    return add


def _form_field(writer: Writer) -> None:
    entries = {"Subtype": pdf_name("/Widget"), "FT": pdf_name("/Tx"), "T": pdf_string("amount")}
    _annotation(V=pdf_string("250000000"), **entries)(writer)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(first_page(writer)["/Annots"].raw_get(-1))
    writer.update_root()


def _attachment(writer: Writer) -> None:
    specification = writer.root["/AF"][0]
    file = writer.add_object(stream(b'{"title": "another"}', Type=pdf_name("/EmbeddedFile")))
    specification[pdf_name("/EF")] = dictionary(F=file)
    update(writer, specification)


def _metadata(writer: Writer) -> None:
    said = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>'
    entries = {"Type": pdf_name("/Metadata"), "Subtype": pdf_name("/XML")}
    writer.root[pdf_name("/Metadata")] = writer.add_object(stream(said, **entries))
    writer.update_root()


def _font(writer: Writer) -> None:
    fonts = first_page(writer)["/Resources"]["/Font"]
    name = next(iter(fonts))
    fonts[name] = writer.add_object(
        dictionary(Type=pdf_name("/Font"), Subtype=pdf_name("/Type1"), BaseFont=pdf_name("/Courier"))
    )
    update(writer, fonts if fonts.container_ref.idnum else first_page(writer))


def _catalog(**entries: Any) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        for name, value in entries.items():
            writer.root[pdf_name(f"/{name}")] = value
        writer.update_root()

    return change


def _script(said: str = "app.alert(1)") -> generic.DictionaryObject:
    return dictionary(Type=pdf_name("/Action"), S=pdf_name("/JavaScript"), JS=pdf_string(said))


def _launch() -> generic.DictionaryObject:
    return dictionary(Type=pdf_name("/Action"), S=pdf_name("/Launch"), F=pdf_string("calc.exe"))


def _page_action(writer: Writer) -> None:
    page = first_page(writer)
    page[pdf_name("/AA")] = dictionary(O=_script())
    update(writer, page)


def _layer(writer: Writer) -> None:
    layer = writer.add_object(dictionary(Type=pdf_name("/OCG"), Name=pdf_string("amounts")))
    shown = dictionary(Name=pdf_string("shown"), OFF=ArrayObject([layer]))
    _catalog(OCProperties=dictionary(OCGs=ArrayObject([layer]), D=shown))(writer)


def _material(writer: Writer) -> None:
    """Pages in the place where material for later checks is allowed to be added."""
    page = writer.add_object(dictionary(Type=pdf_name("/Page"), Contents=writer.add_object(stream(_LIE))))
    _catalog(DSS=writer.add_object(dictionary(Type=pdf_name("/DSS"), Certs=ArrayObject([page]))))(writer)
    _other_contents(writer)


def _removed(given: Given) -> bytes:
    """A page's content marked as free in a table of cross-references of its own."""
    reader = PdfFileReader(BytesIO(given.sealed))
    contents = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    start = len(given.sealed)
    table = b"xref\n%d 1\n0000000000 00001 f \n" % contents
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    size, root = int(reader.trailer["/Size"]), reader.root_ref.idnum
    return given.sealed + table + trailer % (size, root, reader.last_startxref, start)


def _other_root(given: Given) -> bytes:
    """Only a trailer that begins elsewhere: with a catalogue that holds other pages."""

    def plant(writer: Writer) -> None:
        writer.add_object(dictionary(Type=pdf_name("/Catalog"), Pages=writer.root.raw_get("/Pages")))

    planted = given.seal(added(given.unsealed, plant))
    reader = PdfFileReader(BytesIO(planted), strict=False)
    hidden = max(number for number in range(1, int(reader.trailer["/Size"])) if _is_other_catalog(reader, number))
    trailer = b"xref\n0 0\ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return planted + trailer % (int(reader.trailer["/Size"]), hidden, reader.last_startxref, len(planted))


def _is_other_catalog(reader: PdfFileReader, number: int) -> bool:
    if number == reader.root_ref.idnum:
        return False
    found = reader.get_object(generic.Reference(number, 0, reader), never_decrypt=True)
    return isinstance(found, generic.DictionaryObject) and found.get("/Type") == "/Catalog"


def _shadow(plant: Callable[[Writer], None], reveal: Callable[[Writer], None]) -> Callable[[Given], bytes]:
    """What was planted before the seal is revealed after it: the register was tricked into sealing the file."""
    return lambda given: added(given.seal(added(given.unsealed, plant)), reveal)


def _reveal_by_hiding(writer: Writer) -> None:
    page = first_page(writer)
    page[pdf_name("/Annots")] = ArrayObject()
    update(writer, page)


def _hide_and_replace(writer: Writer) -> None:
    writer.root[pdf_name("/Planted")] = writer.add_object(dictionary(Contents=writer.add_object(stream(_LIE))))
    writer.update_root()


def _reveal_planted(writer: Writer) -> None:
    page = first_page(writer)
    page[pdf_name("/Contents")] = writer.root["/Planted"].raw_get("/Contents")
    update(writer, page)


def _form_value(writer: Writer) -> None:
    fields = [one.get_object() for one in first_page(writer)["/Annots"]]
    field = next(one for one in fields if one.get("/T") == "amount")
    field[pdf_name("/V")] = pdf_string("9")
    update(writer, field)


def _planted_field(writer: Writer) -> None:
    entries = {"Subtype": pdf_name("/Widget"), "FT": pdf_name("/Tx"), "T": pdf_string("amount")}
    _annotation(**entries)(writer)
    _catalog(AcroForm=dictionary(Fields=ArrayObject([first_page(writer)["/Annots"].raw_get(-1)])))(writer)


def _many(times: int) -> Callable[[Given], bytes]:
    """Revisions that say nothing, each with a table of its own."""

    def make(given: Given) -> bytes:
        reader = PdfFileReader(BytesIO(given.sealed))
        size, root, before = int(reader.trailer["/Size"]), reader.root_ref.idnum, reader.last_startxref
        parts, at = [given.sealed], len(given.sealed)
        for _ in range(times):
            trailer = b"xref\n0 0\ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            parts.append(trailer % (size, root, before, at))
            before, at = at, at + len(parts[-1])
        return b"".join(parts)

    return make


_SHADOW: Final = "shadow attack, Mainka and others 2021"
_SAVING: Final = "incremental saving, Mladenov and others 2019"
_CERTIFIED: Final = "attacks on certified PDFs, Rohlmann and others 2021"
_CARRIED: Final = "active content"
_PLAIN: Final = "plain alteration"

ALTERING: Final = {
    "a byte of a page changed": Attack(_flipped, Finding.CHANGED, _PLAIN),
    "a byte in the room for the seal changed": Attack(_padding, Finding.OTHER_BYTES, "ISO 32000-2, 12.8.1"),
    "cut in half": Attack(lambda given: given.sealed[: len(given.sealed) // 2], Finding.DAMAGED, _PLAIN),
    "its last bytes cut off": Attack(lambda given: given.sealed[:-8], Finding.DAMAGED, _PLAIN),
    "its seal cut off": Attack(lambda given: given.unsealed, Finding.NO_SEAL, _PLAIN),
    "rubbish behind it": Attack(lambda given: given.sealed + b"rubbish\n" * 9, Finding.ADDED_TO, _PLAIN),
    "rubbish before it": Attack(lambda given: b"rubbish\n" * 9 + given.sealed, Finding.DAMAGED, _PLAIN),
    "also a ZIP file": Attack(_zip, Finding.ADDED_TO, "polyglot"),
    "also a page of HTML": Attack(lambda given: b"<html><!--" + given.sealed, Finding.DAMAGED, "polyglot"),
    "saved anew by another program": Attack(_saved_anew, Finding.CHANGED, _PLAIN),
    "printed to a PDF": Attack(_printed, Finding.NO_SEAL, _PLAIN),
    "a picture named .pdf": Attack(_picture, Finding.NOT_A_PDF, _PLAIN),
    "an empty file": Attack(lambda _given: b"", Finding.EMPTY, _PLAIN),
    "attached to another PDF": Attack(_wrapped, Finding.NO_SEAL, _PLAIN),
    "encrypted with passwords": Attack(_encrypted("owner", "user"), Finding.ENCRYPTED, _PLAIN),
    "encrypted, and opens without a password": Attack(_encrypted("owner", ""), Finding.ENCRYPTED, _PLAIN),
    "text added to a page": Attack(_by_adding(_contents), Finding.ADDED_TO, _SAVING),
    "a page's content replaced": Attack(_by_adding(_other_contents), Finding.ADDED_TO, _SAVING),
    "a page added": Attack(_by_adding(_page), Finding.ADDED_TO, _SAVING),
    "pages in another order": Attack(_by_adding(_pages_swapped), Finding.ADDED_TO, _SAVING),
    "a page's content removed": Attack(_removed, Finding.ADDED_TO, _SAVING),
    "a hundred revisions": Attack(_many(100), Finding.ADDED_TO, _SAVING),
    "five thousand revisions": Attack(_many(5_000), Finding.TOO_COSTLY, _SAVING),
    "an attached file replaced": Attack(_by_adding(_attachment), Finding.ADDED_TO, _SAVING),
    "metadata replaced": Attack(_by_adding(_metadata), Finding.ADDED_TO, _SAVING),
    "a font replaced": Attack(_by_adding(_font), Finding.ADDED_TO, _SHADOW),
    "a layer that is off": Attack(_by_adding(_layer), Finding.ADDED_TO, _SHADOW),
    "a page among the material": Attack(_by_adding(_material), Finding.ADDED_TO, _SAVING),
    "shadow: hide": Attack(
        _shadow(_annotation(Subtype=pdf_name("/Stamp")), _reveal_by_hiding), Finding.ADDED_TO, _SHADOW
    ),
    "shadow: replace": Attack(_shadow(_planted_field, _form_value), Finding.ADDED_TO, _SHADOW),
    "shadow: hide and replace": Attack(_shadow(_hide_and_replace, _reveal_planted), Finding.ADDED_TO, _SHADOW),
    "shadow: hide and replace by a trailer": Attack(_other_root, Finding.NO_SEAL, _SHADOW),
    "evil annotation": Attack(_by_adding(_annotation(Subtype=pdf_name("/FreeText"))), Finding.ADDED_TO, _CERTIFIED),
    "a picture laid over a page": Attack(
        _by_adding(_annotation(Subtype=pdf_name("/Stamp"))), Finding.ADDED_TO, _CERTIFIED
    ),
    "a form field with a value": Attack(_by_adding(_form_field), Finding.ADDED_TO, _CERTIFIED),
    "JavaScript that runs on opening": Attack(
        _by_adding(_catalog(OpenAction=_script())), Finding.ADDED_TO, _CARRIED
    ),
    "a program that starts on opening": Attack(
        _by_adding(_catalog(OpenAction=_launch())), Finding.ADDED_TO, _CARRIED
    ),
    "JavaScript of a page": Attack(_by_adding(_page_action), Finding.ADDED_TO, _CARRIED),
    "a link that runs JavaScript": Attack(
        _by_adding(_annotation(Subtype=pdf_name("/Link"), A=_script())),
        Finding.ADDED_TO, _CARRIED,
    ),
}  # fmt: skip
