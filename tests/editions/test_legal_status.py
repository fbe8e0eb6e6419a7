"""Legal status, derived from dates and relations on a day."""

from datetime import date

import pytest

from agreements.editions.content import AgreementContent, KeyDate, RelatedAgreement
from agreements.editions.legal_status import legal_status
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import (
    AgreementKind,
    DateKind,
    LegalCharacter,
    LegalStatus,
    RenewalKind,
    ReverseRelationKind,
)
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.terms import Terms

TODAY = date(2024, 6, 15)


def content(
    *dates: tuple[str, str], superseded_on: str | None = None, renewal: RenewalKind = RenewalKind.NOT_STATED
) -> AgreementContent:
    """An agreement with these dates, each as (kind, "2021-02")."""
    relations = (
        RelatedAgreement(
            relation=ReverseRelationKind.SUPERSEDED_BY,
            register_number="MOC-0002",
            title=LocalisedText(en="The next"),
            effective=PartialDate.parse(superseded_on),
        ),
    )
    return AgreementContent(
        register_number="MOC-0001",
        kind=AgreementKind.PROTOCOL,
        title=LocalisedText(en="A protocol"),
        summary=LocalisedText(en="A summary"),
        legal_character=LegalCharacter.NOT_STATED,
        dates=tuple(KeyDate(kind=DateKind(kind), date=PartialDate.parse(text)) for kind, text in dates),
        terms=Terms(renewal=renewal),
        relations=relations if superseded_on is not None else (),
    )


class TestLegalStatus:
    @pytest.mark.parametrize(
        ("dates", "status"),
        [
            ((), LegalStatus.NOT_STATED),
            ((("signed", ""),), LegalStatus.NOT_STATED),
            ((("announced", "2024-06-15"),), LegalStatus.ANNOUNCED),
            ((("announced", "2024-06-16"),), LegalStatus.NOT_STATED),
            ((("announced", "2021"), ("signed", "2022")), LegalStatus.SIGNED),
            ((("signed", "2022"), ("in_force", "2024-07")), LegalStatus.SIGNED),
            ((("in_force", "2024-05"),), LegalStatus.IN_FORCE),
            ((("in_force", "2024-06"),), LegalStatus.NOT_STATED),
            ((("in_force", "2024"),), LegalStatus.NOT_STATED),
            ((("in_force", "2022"), ("suspended", "2023")), LegalStatus.SUSPENDED),
            ((("in_force", "2022"), ("suspended", "2023-01"), ("resumed", "2023-05")), LegalStatus.IN_FORCE),
            ((("in_force", "2022"), ("suspended", "2023-01"), ("resumed", "2025")), LegalStatus.SUSPENDED),
            ((("in_force", "2022"), ("planned_end", "2024-06-15")), LegalStatus.IN_FORCE),
            ((("in_force", "2022"), ("planned_end", "2024-06-14")), LegalStatus.EXPIRED),
            ((("in_force", "2022"), ("planned_end", "2024")), LegalStatus.IN_FORCE),
            ((("in_force", "2022"), ("ended", "2024-06-15")), LegalStatus.EXPIRED),
            ((("in_force", "2022"), ("terminated", "2023")), LegalStatus.TERMINATED),
        ],
    )
    def test_says_no_more_than_the_sources(self, dates: tuple[tuple[str, str], ...], status: LegalStatus) -> None:
        assert legal_status(content(*dates), on=TODAY) == status

    @pytest.mark.parametrize(
        ("superseded_on", "status"),
        [("2024-06-15", LegalStatus.SUPERSEDED), ("", LegalStatus.SUPERSEDED), ("2024-06-16", LegalStatus.IN_FORCE)],
    )
    def test_follows_what_replaced_it(self, superseded_on: str, status: LegalStatus) -> None:
        assert legal_status(content(("in_force", "2022"), superseded_on=superseded_on), on=TODAY) == status

    @pytest.mark.parametrize(("last", "status"), [("", LegalStatus.IN_FORCE), ("2024-06-15", LegalStatus.EXPIRED)])
    def test_a_planned_end_ends_nothing_that_is_renewed_tacitly(self, last: str, status: LegalStatus) -> None:
        dates = [("in_force", "2020"), ("planned_end", "2022"), *([("ended", last)] if last else [])]

        assert legal_status(content(*dates, renewal=RenewalKind.TACIT), on=TODAY) == status
