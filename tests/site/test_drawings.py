"""Places, dated work and relatives of a record on its page and in its PDF."""

import re
from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, family_editions
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.summaries.layout import SealNote, lay_out
from agreements.vocabulary.kinds import AgreementKind, RelationKind
from agreements.vocabulary.languages import LocalisedText
from tests.border_protocol import border_protocol, relate, relative
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

SEAL = SealNote(level="B-B", is_development=True)


@pytest.fixture(scope="module")
def protocol(one_for_all_tests: None) -> Edition:
    """Below the first agreement; amended later, which its own edition does not say."""
    editor = make_user("editor")
    memorandum = publish(first_agreement(), at=NOON)
    above = Agreement.objects.get(register_number=memorandum.register_number)
    draft = border_protocol(by=editor, below=above)
    edition = publish(draft, at=NOON)
    amendment = relative(AgreementKind.AMENDMENT, "First amendment", by=editor)
    relate(amendment, RelationKind.AMENDS, draft, effective="2024-06")
    publish(amendment, at=NOON)
    return edition


def memorandum_of(protocol: Edition) -> Edition:
    found = current_edition(protocol.content.relations[0].register_number)
    assert found is not None
    return found


def page_of(client: Client, edition: Edition, language: str = "en") -> str:
    return client.get(f"/{language}/agreements/{edition.register_number}/").content.decode()


class TestPage:
    @pytest.mark.parametrize(
        ("language", "place", "number"), [("en", "Trebil", "3"), ("ar", "طريبيل", "٣"), ("ckb", "ترێبێل", "٣")]
    )
    def test_draws_the_places_that_the_record_names_beside_their_table(
        self, client: Client, protocol: Edition, language: str, place: str, number: str
    ) -> None:
        page = page_of(client, protocol, language)

        assert f'<a href="#place-trebil" aria-label="{number}. {place}">' in page
        [row] = re.findall(r'<tr id="place-trebil" class="placed">(.*?)</tr>', page, re.DOTALL)
        assert place in row
        assert f'<span class="place-number">{number}</span>' in row

    def test_has_no_section_of_places_where_none_can_be_drawn(self, client: Client, protocol: Edition) -> None:
        assert 'id="places"' not in page_of(client, memorandum_of(protocol))

    def test_draws_dated_work_over_time(self, client: Client, protocol: Edition) -> None:
        page = page_of(client, protocol)

        assert "<title>10 March 2024 – February 2027 · Under way</title>" in page
        assert "Without any date: Public information" in page

    def test_shows_relatives_that_only_the_other_side_names(self, client: Client, protocol: Edition) -> None:
        page = page_of(client, protocol)

        assert f"/id/{memorandum_of(protocol).register_number}" in page
        [amendment] = [one for one in family_editions(protocol) if one.content.kind == AgreementKind.AMENDMENT]
        assert f"/id/{amendment.register_number}" in page
        assert f"Amends <bdi>{protocol.register_number}</bdi>" in page

    def test_forgets_relatives_that_were_withdrawn(self, client: Client, protocol: Edition, noon: datetime) -> None:
        [amendment] = [one for one in family_editions(protocol) if one.content.kind == AgreementKind.AMENDMENT]
        record = Agreement.objects.get(register_number=amendment.register_number)
        withdraw_agreement(record.pk, by=make_user("reviewer"), at=noon, reason=LocalisedText(en="A mistake."))

        assert amendment.register_number not in page_of(client, protocol)

    def test_sets_no_style_of_its_own(self, client: Client, protocol: Edition) -> None:
        assert " style=" not in page_of(client, protocol)


class TestFamilyEditions:
    def test_asks_as_often_for_many_relatives_as_for_few(
        self, protocol: Edition, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        draft = Agreement.objects.get(register_number=protocol.register_number)
        for number in range(3):
            annex = relative(AgreementKind.OTHER, f"Annex {number}", by=make_user("editor"))
            relate(annex, RelationKind.PART_OF, draft)
            publish(annex, at=NOON)

        with django_assert_num_queries(4):  # type: ignore[operator]
            assert len(family_editions(protocol)) == 5

    def test_finds_relatives_of_relatives(self, protocol: Edition) -> None:
        kinds = [one.content.kind for one in family_editions(memorandum_of(protocol))]

        assert kinds == [AgreementKind.PROTOCOL, AgreementKind.AMENDMENT]


class TestSummary:
    def test_gives_every_figure_a_text_for_those_who_do_not_see_it(self, protocol: Edition) -> None:
        texts = alternatives(lay_out(protocol, "ckb", seal=SEAL))

        assert len(texts) == 8  # the code, six bars and the map
        assert all(texts)
        with translation.override("ckb"):
            assert translation.gettext("Places that this record names") in texts

    def test_says_only_what_its_own_edition_says(self, protocol: Edition) -> None:
        text = text_of(lay_out(protocol, "en", seal=SEAL))

        assert f"Implements {memorandum_of(protocol).register_number}" in text
        assert "First amendment" not in text


def alternatives(pdf: bytes) -> list[str]:
    """The texts that stand for the figures, in reading order; empty where one has none."""
    found: list[str] = []
    waiting = [PdfFileReader(BytesIO(pdf)).root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/Figure":
            found.append(str(element.get("/Alt", "")))
        children = element.get("/K", [])
        if isinstance(children, list):
            waiting += [one for one in map(children.__getitem__, range(len(children))) if hasattr(one, "get")]
    return found


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
