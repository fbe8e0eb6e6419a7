"""Rules of a record that concern several of its parts, which not even a draft may break."""

from agreements.editions.content import AgreementContent
from agreements.intake.contents.remarks import IntakeRefused, Refusal
from agreements.publishing.completeness import problem_of_dates
from agreements.vocabulary.life import contradictions


def hold_to_life(content: AgreementContent) -> None:
    """Refuse dates that can't both be right, as the desk's form does.

    Raises:
        IntakeRefused: with the dates.
    """
    found = contradictions([(one.kind, one.date) for one in content.dates])
    refusals = [Refusal(str(one.second.label), str(problem_of_dates(one))) for one in found if one.is_certain]
    if refusals:
        raise IntakeRefused(refusals)
