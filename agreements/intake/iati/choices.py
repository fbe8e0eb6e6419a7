"""What only a person can decide about a publisher's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import TextChoices

from agreements.vocabulary.kinds import AgreementKind, DateKind, ParticipationRole
from agreements.vocabulary.languages import LANGUAGES, Language

CodeT = TypeVar("CodeT", bound=TextChoices)


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

    @classmethod
    def of(cls, wishes: Mapping[str, Any]) -> "Choices":
        """From codes, as a form or JSON has them; what is absent or no such code is as usual, empty leaves it out."""
        return cls(
            is_flat=bool(wishes.get("is_flat")),
            kind=_code(AgreementKind, wishes.get("kind")) or cls.kind,
            language=next((one for one in LANGUAGES if one == wishes.get("language")), cls.language),
            start=_code(DateKind, wishes.get("start", cls.start)),
            funding=_code(ParticipationRole, wishes.get("funding", cls.funding)),
            accountable=_code(ParticipationRole, wishes.get("accountable", cls.accountable)),
            extending=_code(ParticipationRole, wishes.get("extending", cls.extending)),
            implementing=_code(ParticipationRole, wishes.get("implementing", cls.implementing)),
            with_countries=bool(wishes.get("with_countries")),
        )

    def role(self, code: str) -> ParticipationRole | None:
        """What a code of IATI's list OrganisationRole is here."""
        roles = {"1": self.funding, "2": self.accountable, "3": self.extending, "4": self.implementing}
        return roles.get(code)


def _code(codes: type[CodeT], value: Any) -> CodeT | None:
    return codes(value) if value in codes.values else None


AS_USUAL: Final = Choices()
"""The two sides of an agreement are mostly reported as accountable and implementing, its donors as funding."""
