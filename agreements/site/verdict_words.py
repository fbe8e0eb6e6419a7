"""The verifier's words: what each finding, change and level means to somebody who is no engineer."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.summaries.seen import Change, Revocation, Seal
from agreements.summaries.verify import Finding

Words = str | Promise

HEADINGS: Final[dict[Finding, tuple[Words, Words]]] = {
    Finding.GENUINE: (
        _("This file is genuine"),
        _("It is exactly what this register sealed. Nothing in it was changed."),
    ),
    Finding.CONTENT: (
        _("This file is genuine"),
        _("It is the content of the edition below, exactly as this register published it."),
    ),
    Finding.REWRITTEN: (
        _("What this file says is genuine"),
        _(
            "It is laid out differently from what this register gives out, and says the same to the letter: in "
            "canonical form (RFC 8785) it has the hash of the edition below."
        ),
    ),
    Finding.DOCUMENT: (
        _("This file is kept in the register"),
        _("It is exactly the document that the edition below names. The register did not write it, and gives it out."),
    ),
    Finding.HASH_OF_SUMMARY: (
        _("This is the hash of a PDF that the register sealed"),
        _("A file that has this hash is genuine, whatever its name. Make sure that it is your own file’s hash."),
    ),
    Finding.HASH_OF_CONTENT: (
        _("This is the hash of an edition’s content"),
        _("It stands for what the edition below says, as this register published it."),
    ),
    Finding.HASH_OF_DOCUMENT: (
        _("This is the hash of a document in the register"),
        _("A file that has this hash is exactly the document that the edition below names."),
    ),
    Finding.HASH_UNKNOWN: (
        _("The register does not know this hash"),
        _(
            "No PDF that it sealed, no edition and no public document has it. Check it for a typing error, or give the "
            "file itself: then the register can say why."
        ),
    ),
    Finding.FILE_UNKNOWN: (
        _("The register has not given out this file"),
        _(
            "Its fingerprint is not that of any file from here, so it is not genuine as it is. Your browser found that "
            "out without sending the file. To learn why, let the register look into it."
        ),
    ),
    Finding.OTHER_BYTES: (
        _("This is not the file that the register sealed"),
        _("The seal inside it holds, but the file differs from the one that was given out. Get that one below."),
    ),
    Finding.OTHER_SIDE: (
        _("This is the copy that another party sealed"),
        _("%(party)s sealed it with its own certificate, and it is kept beside the register’s. Nothing was changed."),
    ),
    Finding.HASH_OF_OTHER_SIDE: (
        _("This is the hash of a copy that another party sealed"),
        _(
            "%(party)s sealed it with its own certificate. A file that has this hash is exactly the one that is kept "
            "here."
        ),
    ),
    Finding.CODE_KNOWN: (
        _("This code was given out by the register"),
        _("It stands for the edition below. Compare the paper with it: a code does not prove the text around it."),
    ),
    Finding.CODE_UNKNOWN: (
        _("The register has not given out this code"),
        _("Check it for a typing error. If it is printed exactly so, the paper does not come from this register."),
    ),
    Finding.CHANGED: (
        _("This file was changed after it was sealed"),
        _("It carries a seal, but its content is not what was sealed. Get a copy from the register."),
    ),
    Finding.ADDED_TO: (
        _("Something was added to this file after it was sealed"),
        _("The register’s seal allows no later change. Do not rely on what it shows; get a copy from the register."),
    ),
    Finding.OTHER_SEAL: (
        _("This file was not sealed by this register"),
        _("It carries a seal or signature of somebody else. Whether to trust that is not for this register to say."),
    ),
    Finding.REVOKED: (
        _("The certificate of this file’s seal was revoked"),
        _("What is sealed with it proves nothing from then on. Get a copy from the register."),
    ),
    Finding.NO_SEAL: (
        _("This file carries no seal"),
        _("The register seals every summary. This file does not come from it, or its seal was removed."),
    ),
    Finding.NOT_OURS: (
        _("The register does not know this file’s content"),
        _("It carries the register’s seal, but the content inside is no edition that is kept here."),
    ),
    Finding.OTHER_JSON: (
        _("This is not what an edition says"),
        _("The file is sound JSON, but its content is not that of any edition that this register published."),
    ),
    Finding.BROKEN_JSON: (
        _("This JSON file can’t be read"),
        _("So it can’t be what an edition says. Get the file from the register again, and give it as it is."),
    ),
    Finding.DAMAGED: (
        _("This file is damaged"),
        _("It can’t be read as a PDF to its end. Perhaps it was cut off on its way: get it again from where it came."),
    ),
    Finding.TOO_COSTLY: (
        _("This file is built so that it can’t be read"),
        _(
            "Reading it takes far more time or memory than any file of this register needs, so reading was ended. It "
            "does not come from here. Do not open it if you do not know who made it."
        ),
    ),
    Finding.ENCRYPTED: (
        _("This file is encrypted"),
        _("The register never encrypts its summaries, and an encrypted file can’t be checked. Get the file as it was."),
    ),
    Finding.NOT_A_PDF: (
        _("This is neither a PDF nor an edition’s JSON"),
        _("Choose the file itself that the register gave out, not a picture, a page printed anew or a converted copy."),
    ),
    Finding.TOO_LARGE: (
        _("This file is larger than 20 MB"),
        _("No summary of this register is as large as that, so it was not looked at."),
    ),
    Finding.EMPTY: (
        _("This file is empty"),
        _("It holds nothing at all. Choose another one."),
    ),
}

JSON_PROBLEMS: Final[dict[str, Words]] = {
    "encoding": _("It is not written in UTF-8."),
    "syntax": _("It breaks the grammar of JSON, as a file does that was cut off or edited by hand."),
    "duplicate": _("One of its names stands twice, so that readers of it would see different things."),
    "number": _("It holds a number that JSON does not have, or that not every reader reads alike."),
    "nesting": _("Its parts lie one within the other far deeper than in any edition."),
}

CHANGES: Final[dict[Change, Words]] = {
    Change.MATERIAL: _("material to check the seal with in later years, which is allowed"),
    Change.TIMESTAMP: _("a timestamp for the archive, which is allowed"),
    Change.PAGES: _("pages, or what stands on them"),
    Change.LOOKS: _("fonts or pictures"),
    Change.VIEW: _("what is shown or hidden: layers, outline, how it opens"),
    Change.FORM: _("form fields, or what is filled into them"),
    Change.ANNOTATIONS: _("notes, links or drawings laid over a page"),
    Change.ATTACHMENTS: _("attached files"),
    Change.METADATA: _("the file’s description of itself"),
    Change.ACTIONS: _("something that runs when the file is opened or clicked"),
    Change.SIGNATURE: _("another signature"),
    Change.REMOVED: _("parts that are marked as removed"),
    Change.BYTES: _("bytes that belong to no part of the PDF"),
    Change.OTHER: _("parts that the register can’t name"),
    Change.NOTHING: _("nothing that can be seen"),
}

LEVELS: Final[dict[str, Words]] = {
    "B-B": _("a seal alone: it can be checked until its certificate ends"),
    "B-T": _("a seal with the time of an independent authority"),
    "B-LT": _("a seal with an authority’s time and what it takes to check it later"),
    "B-LTA": _("a seal for the archive: it can be checked long after its certificate has ended"),
}

_REVOCATION: Final[dict[Revocation, Words]] = {
    Revocation.GOOD: _("Not revoked, as the material inside the file shows (%(ocsps)d OCSP answers, %(crls)d lists)."),
    Revocation.REVOKED: _("Revoked."),
    Revocation.UNCHECKED: _("Not checked: the file carries nothing that would tell."),
}


@dataclass(frozen=True)
class SealWords:
    """What the technical part says of a seal, in words."""

    level: Words
    revocation: str
    changes: tuple[tuple[int, tuple[Words, ...]], ...]
    has_ended: bool

    @classmethod
    def of(cls, seal: Seal, *, level: str, has_ended: bool) -> "SealWords":
        """The words for one seal; ``has_ended`` says whether its certificate is past its end today."""
        ocsps, crls = seal.material
        return cls(
            level=LEVELS.get(level, ""),
            revocation=str(_REVOCATION[seal.revocation]) % {"ocsps": ocsps, "crls": crls},
            changes=tuple((one.number, tuple(CHANGES[change] for change in one.changes)) for one in seal.revisions),
            has_ended=has_ended,
        )
