"""Activities of any publisher become contents of agreements; what has no place is listed."""

from io import BytesIO

import pytest

from agreements.editions.content import AgreementContent
from agreements.formats.iati.file import iati_xml
from agreements.intake.contents.errors import FileFault, FileRefused
from agreements.intake.contents.incoming import IncomingContent
from agreements.intake.contents.remarks import RemarkCode
from agreements.intake.iati.agreements import read_agreements
from agreements.intake.iati.choices import AS_USUAL, Choices
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import AgreementKind, DateKind, ParticipationRole
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Money
from tests.editions.contents import shipped
from tests.formats.iati_written import subject_of, when
from tests.intake.iati.activities import MEMORANDUM, WORK, activity, iati_file


def read(file: BytesIO, choices: Choices = AS_USUAL) -> list[IncomingContent]:
    return list(read_agreements(file, choices))


def fault_of(file: BytesIO) -> FileFault:
    with pytest.raises(FileRefused) as refused:
        read(file)
    assert "%(" not in str(refused.value)
    return refused.value.fault


def unplaced(one: IncomingContent) -> list[str]:
    return [dict(remark.details)["what"] for remark in one.remarks if remark.code == RemarkCode.UNPLACED]


def roles(content: AgreementContent) -> set[tuple[str, str]]:
    return {(one.role.value, one.organization.id) for one in content.participations}


@pytest.mark.django_db
class TestReadAgreements:
    def test_places_what_the_register_has_a_place_for(self) -> None:
        [memorandum] = read(iati_file(WORK, MEMORANDUM))
        content = memorandum.content

        assert (content.title.en, content.summary.ckb) == ("Memorandum", "هاوکاری لە سنوورەکان.")
        assert content.purpose.en == "Better border management."
        assert roles(content) == {
            ("party", "iom"), ("party", "commission-of-border-crossing-points"), ("funder", "australia-dfat"),
            ("implementing_partner", "government-of-the-united-states-of-america"),
        }  # fmt: skip
        [australia] = content.funders
        assert (australia.organization.identifier, australia.organization.kind) == ("AU-5", "government")
        dates = [(one.kind, one.date.value, one.note.en) for one in content.dates]
        assert dates == [
            (DateKind.IN_FORCE, "2021-02-04", "Signed in Baghdad"), (DateKind.PLANNED_END, "2026-12-31", None),
        ]  # fmt: skip
        assert [(one.id, one.kind.value, one.latitude) for one in content.places][1] == (
            "kirkuk-office",
            "office",
            "35.46",
        )
        assert content.places[0].id == "trebil"
        assert [(one.money.amount, one.money.currency, one.kind.value) for one in content.funding] == [
            ("250000.50", "AUD", "not_stated"), ("840000.00", "USD", "loan"),
        ]  # fmt: skip
        assert [one.id for one in content.frameworks[0].objectives] == ["sdg/10.7"]
        assert [(one.url, one.published_on.value) for one in content.sources][1] == (
            "https://org.example/moc.pdf", "2021-02-05",
        )  # fmt: skip
        assert [(one.name.en, one.email) for one in content.contacts] == [("Registry", "registry@org.example")]
        [work] = content.activities
        assert (work.title.en, work.status.value, work.start.value) == ("Training", "completed", "2022-03-01")
        assert [one.id for one in work.responsible] == ["iom"]

    def test_lists_every_element_that_has_no_place(self) -> None:
        [memorandum] = read(iati_file(WORK, MEMORANDUM))

        assert set(unplaced(memorandum)) >= {
            "Protocole", "Hevkarî", "iso-date=2024-02-30 type=4", "code=IQ percentage=100", "https://org.example",
            "vocabulary=1 code=unknown", "code=A09", "narrative Somewhere; location-class code=4", "humanitarian=0",
            "iso-date=2022-01-01 type=1",
            "transaction-type code=3; transaction-date iso-date=2022-06-01; value value-date=2022-06-01 100",
        }  # fmt: skip
        [near] = [one for one in memorandum.remarks if one.code == RemarkCode.NEAR_ORGANIZATION]
        assert "government-of-the-united-states" in str(near)
        assert all("XM-DAC-47066-" in one.place for one in memorandum.remarks)
        assert not {"XM-DAC-47066-WORK-1", "ref=XM-DAC-47066-WORK-1 type=2"} & set(unplaced(memorandum))

    def test_reads_as_it_was_chosen(self) -> None:
        choices = Choices(
            is_flat=True, kind=AgreementKind.PROTOCOL, language="ckb", start=DateKind.SIGNED, with_countries=True,
            extending=None, implementing=ParticipationRole.BENEFICIARY,
        )  # fmt: skip

        work, memorandum = read(iati_file(WORK, MEMORANDUM.replace('xml:lang="en" ', "")), choices)

        assert memorandum.content.title.ckb == "Memorandum"
        assert memorandum.content.kind == work.content.kind == AgreementKind.PROTOCOL
        assert [one.kind for one in work.content.dates] == [DateKind.SIGNED]
        assert ("beneficiary", "iom") in roles(memorandum.content)
        assert "implementing_partner" not in {role for role, _one in roles(memorandum.content)}
        assert [one.id for one in work.content.places] == ["country-iq"]

    @pytest.mark.parametrize("version", ["2.01", "2.02"])
    def test_reads_earlier_versions_alike(self, version: str) -> None:
        assert read(iati_file(WORK, MEMORANDUM, version=version)) == read(iati_file(WORK, MEMORANDUM))

    def test_a_title_in_no_language_of_the_register_is_the_identifier_and_texts_are_tidied(self) -> None:
        french = activity("XX-1", attributes='xml:lang="fr"', title="Accord")
        long = activity("XX-2", title="A\u200b title\n with " + "words " * 200)

        first, second = read(iati_file(french, long))

        assert first.content.title.en == "XX-1"
        assert "narrative Accord" in unplaced(first)
        assert second.content.title.en is not None
        assert second.content.title.en.startswith("A title with words")
        assert len(second.content.title.en) <= 1000
        assert RemarkCode.SHORTENED in {one.code for one in second.remarks}

    def test_an_activity_that_could_not_be_found_again_is_refused_and_a_circle_is_no_chain(self) -> None:
        one, other = (
            activity(f"XX-{a}", f'<related-activity ref="XX-{b}" type="1"/>', attributes='hierarchy="2"')
            for a, b in ((1, 2), (2, 1))
        )

        found = read(iati_file(one, other, one, activity("")))

        assert [bool(each.refusals) for each in found] == [False, False, True, True]

    def test_work_without_an_identifier_is_refused_and_the_agreement_above_it_is_read(self) -> None:
        stray = activity("", '<related-activity ref="XM-DAC-47066-MOC-7" type="1"/>', attributes='hierarchy="2"')

        found = read(iati_file(MEMORANDUM, stray, WORK))

        assert [(each.content.title.en, bool(each.refusals)) for each in found] == [
            ("Work", True), ("Memorandum", False),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("written", "amount"),
        [("250,000.50", "250000.50"), ("1234567", "1234567.00"), ("250,50", None), ("1,2345", None), ("-5", None)],
    )
    def test_an_amount_that_could_be_another_one_is_left_over(self, written: str, amount: str | None) -> None:
        [one] = read(iati_file(MEMORANDUM.replace("250,000.50", written)))

        assert [each.money.amount for each in one.content.funding] == ([amount] if amount else [])

    @pytest.mark.parametrize(
        ("written", "latitude"),
        [("35.46 44.39", "35.46"), ("35.1234567 44", "35.123456"), ("123 44", None), ("35.4 4512", None)],
    )
    def test_a_point_that_is_none_of_the_globe_is_left_over(self, written: str, latitude: str | None) -> None:
        [one] = read(iati_file(MEMORANDUM.replace("35.46 44.39", written)))

        assert one.content.places[1].latitude == latitude

    def test_what_this_portal_reports_comes_back(self) -> None:
        day = shipped().dates[0]
        work = shipped().activities[0].model_copy(update={"start": PartialDate.parse("2023")})
        for kinds in (("announced",), ("announced", "signed"), ("signed", "planned_end"), ("in_force", "planned_end")):
            dates = tuple(
                day.model_copy(update={"kind": DateKind(kind), "date": PartialDate.parse(f"{2021 + place}-02-05")})
                for place, kind in enumerate(kinds)
            )
            content = shipped().model_copy(update={"dates": dates, "activities": (work, *shipped().activities[1:])})

            [back] = read(BytesIO(iati_xml(subject_of(content))))

            assert roles(back.content) == roles(content)
            told = {one.kind for one in dates} - ({DateKind.ANNOUNCED} if "signed" in kinds else set())
            assert {(one.kind, one.date) for one in back.content.dates} == {
                (one.kind, one.date) for one in dates if one.kind in told
            }
            assert [one.id for one in back.content.places] == [one.id for one in content.places]
            assert {one.funder.id for one in back.content.funding} == {one.funder.id for one in content.funding}
            assert [one.id for one in back.content.activities] == [one.id for one in content.activities]
            assert not back.content.activities[0].start.is_stated

    def test_funding_that_this_portal_reports_comes_back_with_its_period_and_purpose(self) -> None:
        dollars, unsaid = Money(disclosure="stated", amount="5.00", currency="USD"), LocalisedText()
        begun, to_come, bare, *_more = shipped().funding
        fundings = (
            begun.model_copy(update={"money": dollars, "start": when("2020-01-01"), "end": when("2024-12-31")}),
            to_come.model_copy(update={"money": dollars, "start": when("2030-01-01"), "end": when("2030-12-31")}),
            bare.model_copy(update={"purpose": unsaid, "end": when("2028-12-31")}),
        )
        content = shipped().model_copy(update={"funding": fundings})

        [back] = read(BytesIO(iati_xml(subject_of(content))))

        assert [one.model_copy(update={"source": begun.source}) for one in back.content.funding] == list(fundings)


_LAUGHS = "<!DOCTYPE iati-activities [" + "".join(
    f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10 if n else "ha"}">' for n in range(12)
) + "]>\n"  # fmt: skip


@pytest.mark.django_db
class TestFileRefused:
    def test_says_what_is_wrong_with_a_file(self) -> None:
        whole = iati_file(WORK, MEMORANDUM).getvalue()
        external = '<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
        faults = {
            FileFault.ENTITIES: [
                iati_file(activity("XX-1", title="&l11;"), before=_LAUGHS),
                iati_file(activity("XX-1", title="&x;"), before=external),
                iati_file(activity("XX-1"), before='<!DOCTYPE iati-activities SYSTEM "http://evil.example/x.dtd">\n'),
            ],
            FileFault.NOT_XML: [
                BytesIO(whole[: len(whole) // 2]), BytesIO(b""), BytesIO(b"PK\x03\x04"), BytesIO(b"\xff" * 100),
                BytesIO(whole.replace(b"UTF-8", b"utf-99")), iati_file("<iati-activity>" + "<a>" * 400),
                iati_file(activity("XX-1", title="\x01")),
            ],
            FileFault.WRONG_ROOT: [BytesIO(b"<rss/>"), BytesIO(b"<iati-organisations version='2.03'/>")],
            FileFault.WRONG_VERSION: [iati_file(WORK, version="1.05"), iati_file(WORK, version="")],
            FileFault.NO_ACTIVITY: [iati_file()],
            FileFault.TOO_DEEP: [iati_file(activity("XX-1", "<sector/>" * 100_001))],
        }  # fmt: skip

        for fault, files in faults.items():
            assert [fault_of(file) for file in files] == [fault] * len(files)
