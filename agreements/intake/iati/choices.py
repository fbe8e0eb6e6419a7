"""What only a person can decide about a publisher's file."""

from dataclasses import dataclass
from typing import Final

from agreements.vocabulary.kinds import AgreementKind, DateKind, ParticipationRole
from agreements.vocabulary.languages import Language


@dataclass(frozen=True)
class Choices:
    """How activities become agreements.

    Attributes:
        is_flat: each activity is an agreement; else those of the second level and below are activities of the
            agreement that is above them in the same file.
        kind: of all agreements; IATI has no such field.
        language: of texts that name no language.
        start: which of an agreement's dates an activity's actual start is; ``None`` leaves it out.
        funding, accountable, extending, implementing: what IATI's four roles are here; ``None`` leaves them out.
        with_countries: whether recipient countries become places of the agreement.
    """

    is_flat: bool = False
    kind: AgreementKind = AgreementKind.OTHER
    language: Language = "en"
    start: DateKind | None = DateKind.IN_FORCE
    funding: ParticipationRole | None = ParticipationRole.FUNDER
    accountable: ParticipationRole | None = ParticipationRole.PARTY
    extending: ParticipationRole | None = ParticipationRole.IMPLEMENTING_PARTNER
    implementing: ParticipationRole | None = ParticipationRole.PARTY
    with_countries: bool = False

    def role(self, code: str) -> ParticipationRole | None:
        """What a code of IATI's list OrganisationRole is here."""
        roles = {"1": self.funding, "2": self.accountable, "3": self.extending, "4": self.implementing}
        return roles.get(code)


AS_USUAL: Final = Choices()
"""The two sides of an agreement are mostly reported as accountable and implementing, its donors as funding."""
