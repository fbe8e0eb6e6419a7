"""One agreement as a file gives it whole enough to be a draft: its content, where it is from, what was not placed."""

from dataclasses import dataclass

from agreements.editions.content import AgreementContent
from agreements.intake.contents.models import OriginKind
from agreements.intake.contents.remarks import Refusal, Remark
from agreements.vocabulary.languages import LANGUAGES, Language


@dataclass(frozen=True)
class Provenance:
    """Who gave which reference (see ``models.Origin``), and what the content's hash is.

    ``claimed_hash`` is what the file itself says that the hash is; empty where it says nothing.
    """

    kind: OriginKind
    reference: str
    content_hash: str
    authority: str = ""
    edition_number: int | None = None
    address: str = ""
    claimed_hash: str = ""

    @property
    def is_as_claimed(self) -> bool:
        return self.claimed_hash in ("", self.content_hash)


@dataclass(frozen=True)
class IncomingContent:
    """An agreement of a file.

    Attributes:
        number: its place in the file, from 1.
        is_whole: whether the content is the whole record, so that what it lacks is not there (an edition), or only
            what that format can say (IATI).
        written_in: the language that its texts were first written in, where the file tells.
        remarks: what its reader could not place.
        refusals: why its reader found that it can't be brought in at all.
    """

    number: int
    content: AgreementContent
    provenance: Provenance
    is_whole: bool
    written_in: Language | None = None
    remarks: tuple[Remark, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def source_language(self) -> Language:
        """The language that other texts count as translations of."""
        if self.written_in is not None:
            return self.written_in
        return next((one for one in LANGUAGES if self.content.title.get(one)), LANGUAGES[0])


@dataclass(frozen=True)
class FileFacts:
    """The file that contents come from: its name as it was given, and the SHA-256 of its bytes."""

    name: str
    sha256: str
