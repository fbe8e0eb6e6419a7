"""Why a file is not kept as a party's seal: what is wrong with it, and how to mend that."""

from typing import Final, cast

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.formats.words import write_number
from agreements.summaries.others.judge import SealRefused, Unfit
from agreements.summaries.others.signatures import Fault
from agreements.vocabulary.languages import Language

_SENTENCES: Final[dict[str, str | Promise]] = {
    Unfit.EMPTY.value: _("This file is empty: choose another one."),
    Unfit.TOO_LARGE.value: _("This file is larger than 20 MB. The file to be sealed is far smaller: seal that one."),
    Unfit.PICTURE.value: _(
        "This is a picture, such as a scan of paper. A scan carries no seal that can be checked: download a file "
        "above and seal it on a computer."
    ),
    Unfit.NOT_A_SEAL.value: _(
        "This is neither a PDF nor a signature in CMS form (.p7s or .pem). Send the PDF that you sealed, or make the "
        "signature anew in DER or PEM form."
    ),
    Unfit.NOT_OURS.value: _(
        "This PDF does not begin with the file that was given to you: perhaps it was printed anew, scanned, converted "
        "or saved under “Save as”. Download the file above again and seal that very file."
    ),
    Unfit.OTHER_EDITION.value: _(
        "This is edition %(number)s of the record, and this link is for another one. Download the file above and seal "
        "that one."
    ),
    Unfit.JUST_AS_IT_WAS.value: _(
        "This is the file exactly as you downloaded it, without a seal. Seal it with your certificate, then send it."
    ),
    Unfit.REGISTERS_OWN.value: _(
        "This is the register’s own sealed file, without a seal of yours. Download a file above and seal that one."
    ),
    Unfit.ON_SEALED.value: _(
        "Your seal was added to the file that the register has sealed already. That seal allows no addition, so both "
        "would count as broken. Download a file above, which is not sealed yet, and seal that one."
    ),
    Unfit.DAMAGED.value: _(
        "This file can’t be read to its end. Perhaps it was cut off on its way: seal the file above anew and send it."
    ),
    Unfit.SENT_BEFORE.value: _("Exactly this file has been sent before, so there is nothing more to do."),
    Fault.ENCRYPTED.value: _("This file is encrypted, so nobody can check it: seal the file without a password."),
    Fault.NO_SIGNATURE.value: _(
        "This file was changed, but it carries no seal. Seal the file above with your certificate; a drawn or typed "
        "signature is none."
    ),
    Fault.CHANGED.value: _(
        "Something besides seals was changed in this file: a page, a note, an attachment or a form. Download the file "
        "above again and add nothing but your seal."
    ),
    Fault.BROKEN.value: _("The seal in this file does not hold: what it covers is not what was sealed. Seal anew."),
    Fault.NOT_WHOLE.value: _(
        "The seal does not cover the whole file: something was added after it. Seal last, and change nothing then."
    ),
    Fault.HIDES_PAGE.value: _(
        "The visible part of the seal covers so much of a page that it hides the text. Make it smaller, or invisible."
    ),
    Fault.WEAK.value: _(
        "The seal is made with means that are easily forged today (SHA-1, or an RSA key below 2048 bits). Seal with "
        "SHA-256 or better, and a longer key."
    ),
    Fault.OUTDATED.value: _(
        "The certificate of this seal is not valid today: it has ended, or has not begun. Seal with one that is valid."
    ),
    Fault.NOT_CMS.value: _(
        "This can’t be read as a signature in CMS form. Make it in DER or PEM form, for example with “openssl cms "
        "-sign -binary -outform DER”."
    ),
    Fault.NOT_DETACHED.value: _(
        "This signature holds the signed file itself. Make one that lies beside the file (“detached”), or send the "
        "sealed PDF."
    ),
    Fault.MANY_SIGNERS.value: _("This file holds signatures of several people. Send each in a file of its own."),
    Fault.NO_CERTIFICATE.value: _(
        "The certificate is missing in this signature, so nobody can tell whose it is. Make it with the certificate."
    ),
    Fault.OVER_ANOTHER.value: _(
        "This signature is over another file, or over this one with its line ends changed. Sign exactly the file that "
        "you downloaded above; with openssl, use “-binary”."
    ),
}

INFECTED: Final = _(
    "This file is infected (%(found)s) and was not kept: find a clean copy, and have your computer looked at."
)
NOT_SCANNED: Final = _("Files can’t be checked for viruses at the moment, so this one was not kept: try again later.")


def why_refused(refusal: SealRefused) -> str:
    """The refusal as a sentence in the active language."""
    language = cast(Language, get_language() or "en")
    return str(_SENTENCES[refusal.why]) % {"number": write_number(refusal.edition_number, language)}
