"""The actions log: in the order of time, with who, taken and effective told apart."""

from datetime import UTC, datetime

from agreements.editions.content import AgreementContent, KeyDate, RelatedAgreement
from agreements.editions.models import LogEntry
from agreements.formats.actions import Action, actions_of
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LogKind, RelationKind, ReverseRelationKind
from agreements.vocabulary.languages import LocalisedText
from tests.editions.contents import shipped, text


def dated(*dates: tuple[DateKind, str]) -> AgreementContent:
    kept = tuple(KeyDate(kind=kind, date=PartialDate.parse(day)) for kind, day in dates)
    return shipped().model_copy(update={"dates": kept, "relations": (), "confirmations": ()})


def entry(kind: LogKind, at: datetime, note: str = "") -> LogEntry:
    return LogEntry(sequence=1, kind=kind, register_number="MOC-0001", edition_number=2, at=at, note_en=note)


class TestActionsOf:
    def test_stand_in_the_order_of_time_and_unknown_days_last(self) -> None:
        content = dated(
            (DateKind.APPROVED, ""), (DateKind.TERMINATED, "2024"), (DateKind.IN_FORCE, "2021-04-01"),
            (DateKind.SIGNED, "2021-02"),
        )  # fmt: skip

        assert [one.what for one in actions_of(content)] == ["Signed", "In force from", "Terminated", "Approved"]

    def test_leave_out_days_that_are_only_planned(self) -> None:
        assert actions_of(dated((DateKind.PLANNED_END, "2031"), (DateKind.REVIEW, "2027"))) == ()

    def test_tell_an_act_from_a_day_that_comes(self) -> None:
        signed, in_force = actions_of(dated((DateKind.SIGNED, "2021"), (DateKind.IN_FORCE, "2022")))

        assert (signed.taken, signed.effective) == (PartialDate.parse("2021"), None)
        assert (in_force.taken, in_force.effective, in_force.by) == (None, PartialDate.parse("2022"), None)

    def test_say_that_nobody_is_named_rather_than_guess(self) -> None:
        (signed,) = actions_of(dated((DateKind.SIGNED, "2021")).model_copy(update={"signatories": ()}))

        assert signed.by == ()

    def test_tell_what_the_register_did_with_its_reason_on_the_day_in_baghdad(self) -> None:
        history = [entry(LogKind.WITHDRAWAL, datetime(2026, 11, 23, 22, 30, tzinfo=UTC), "By mistake.")]

        (withdrawn,) = actions_of(dated(), history)

        assert withdrawn.what == "Withdrawn from the public"
        assert withdrawn.taken == withdrawn.effective == PartialDate.parse("2026-11-24")
        assert withdrawn.note == LocalisedText(en="By mistake.")

    def test_name_the_agreements_that_changed_it(self) -> None:
        relations = tuple(
            RelatedAgreement(relation=relation, register_number="MOC-0002", title=text("Other"))
            for relation in (ReverseRelationKind.AMENDED_BY, RelationKind.PART_OF)
        )
        (amended,) = actions_of(dated().model_copy(update={"relations": relations}))

        assert isinstance(amended, Action)
        assert (amended.what, amended.other) == ("Amended by", "MOC-0002")
