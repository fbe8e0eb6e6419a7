"""Text of the PDFs as it is copied out of them, and as it is read aloud."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.editions.models import Edition
from agreements.register.models.agreements import Agreement
from agreements.summaries.layout import SealNote, lay_out, page_of
from agreements.vocabulary.languages import LANGUAGES
from tests.border_protocol import border_protocol
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.summaries.copied_words import copied_by_pdfium, copied_by_poppler, words, words_of_page, wrong_words

pytestmark = pytest.mark.django_db

NOTE = SealNote(level="B-B", is_development=True)
RIGHT = {"en": 0.99, "ar": 0.97, "ckb": 0.97}


@dataclass(frozen=True)
class Laid:
    """A summary and the page that it was laid out from."""

    language: str
    page: str
    file: Path

    @property
    def pages(self) -> int:
        return len(pypdfium2.PdfDocument(self.file))

    @cached_property
    def elements(self) -> list[dict[str, Any]]:
        """The elements of the structure tree, in its order; reading them takes seconds."""
        return list(elements(self.file))


@pytest.fixture(scope="module")
def editions(one_for_all_tests: None) -> list[Edition]:
    """The shipped record and the richest one."""
    first = publish(first_agreement(), at=NOON)
    above = Agreement.objects.get(register_number=first.register_number)
    return [first, publish(border_protocol(by=make_user("editor"), below=above), at=NOON)]


@pytest.fixture(scope="module", params=[(record, language) for record in (0, 1) for language in LANGUAGES])
def laid(request: Any, editions: list[Edition], tmp_path_factory: pytest.TempPathFactory) -> Laid:
    record, language = request.param
    file = tmp_path_factory.mktemp("laid") / f"{record}-{language}.pdf"
    file.write_bytes(lay_out(editions[record], language, seal=NOTE))
    return Laid(language, page_of(editions[record], language, seal=NOTE), file)


class TestCopiedText:
    @pytest.mark.parametrize("options", [(), ("-layout",)])
    def test_has_its_words_right_in_poppler(self, laid: Laid, options: tuple[str, ...]) -> None:
        right, wrong = wrong_words(laid.page, copied_by_poppler(laid.file, *options), pages=laid.pages)

        assert right >= 0.995, wrong

    def test_has_its_words_right_in_pdfium(self, laid: Laid) -> None:
        right, wrong = wrong_words(laid.page, copied_by_pdfium(laid.file), pages=laid.pages)

        assert right >= RIGHT[laid.language], wrong


def stretches(pdf: Path) -> list[str]:
    """The texts in the structure tree, one a stretch of a line; not those of lists' numbers and figures."""
    told = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True)
    assert not told.stderr
    found, below_label = [], None
    for line in filter(str.strip, told.stdout.splitlines()):
        depth = len(line) - len(line.lstrip())
        if below_label is not None and depth <= below_label:
            below_label = None
        if line.strip().startswith(("Lbl", "Figure")):
            below_label = depth
        if below_label is None and line.strip().startswith('"'):
            found.append(letters(line.strip()[1:-1]))
    return found


def letters(text: str) -> str:
    """Without spaces, which are not drawn where a line was broken, and dots that a style sheet adds."""
    return "".join(words(text)).replace("·", "").replace("\N{ZERO WIDTH NON-JOINER}", "")


def elements(pdf: Path) -> Iterator[Any]:
    """The elements of the structure tree, in its order."""
    reader = PdfFileReader(BytesIO(pdf.read_bytes()))
    waiting = [reader.root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        yield element
        kids = [kid.get_object() for kid in element["/K"]]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, dict) and kid.get("/Type") == "/StructElem"]


class TestStructure:
    def test_is_read_in_the_order_of_the_page(self, laid: Laid) -> None:
        """Programs show the letters of a stretch in the order of drawing: so it is looked at which they are."""
        left = letters(" ".join(words_of_page(laid.page)))

        said: set[str] = set()
        for stretch in stretches(laid.file):
            if stretch in said and sorted(left[: len(stretch)]) != sorted(stretch):
                continue  # a table's head, drawn again on its next page
            said.add(stretch)
            assert sorted(left[: len(stretch)]) == sorted(stretch), left[:60]
            left = left[len(stretch) :]
        assert not left

    def test_says_what_the_headings_of_tables_head(self, laid: Laid) -> None:
        scopes = {one["/A"]["/Scope"] for one in laid.elements if one.get("/S") == "/TH"}

        assert scopes == {"/Column", "/Row"}

    def test_has_one_title_above_all_other_headings(self, laid: Laid) -> None:
        headings = [one["/S"] for one in laid.elements if str(one.get("/S")).startswith("/H")]

        assert (headings[0], headings.count("/H1")) == ("/H1", 1)

    def test_says_which_words_are_in_another_language(self, laid: Laid) -> None:
        languages = {one.get("/Lang") for one in laid.elements} - {None}

        assert languages == set(LANGUAGES) - {laid.language}

    def test_leaves_the_margins_out(self, laid: Laid) -> None:
        reader = PdfFileReader(BytesIO(laid.file.read_bytes()))

        for page in reader.root["/Pages"]["/Kids"]:
            assert page.get_object()["/Contents"].data.count(b"/Artifact\n<</Type /Pagination>>") >= 3
