"""What is found inside files that are kept: signatures, content that acts by itself, things to know."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignatureState(TextChoices):
    """Whether what an electronic signature covers is as it was signed; who the signer is, is another question."""

    INTACT = "intact", pgettext_lazy("signature", "Intact")
    ADDED_TO = "added_to", pgettext_lazy("signature", "Intact; signatures or form entries were added later")
    CHANGED = "changed", pgettext_lazy("signature", "Changed since it was signed")
    UNKNOWN = "unknown", pgettext_lazy("signature", "Can’t be checked")


class SignatureClock(TextChoices):
    """Whose clock says when a file was signed."""

    AUTHORITY = "authority", pgettext_lazy("signature", "A timestamp authority")
    SIGNER = "signer", pgettext_lazy("signature", "The signer’s own clock")


class ActiveContent(TextChoices):
    """What a file does by itself where it is opened, or brings along that can do something."""

    SCRIPT = "script", _("JavaScript")
    LAUNCH = "launch", _("an action that starts a program")
    SUBMIT = "submit", _("an action that sends or fetches form data")
    OTHER_FILE = "other_file", _("an action that opens another file")
    LINK = "link", _("a link that leads neither to the web nor to an e-mail address")
    MEDIA = "media", _("sound, film or 3D")
    FORM = "form", _("a form in the XFA format")
    ATTACHED = "attached", _("an attached file that is no plain data or picture")
    MACROS = "macros", _("macros or event handlers")
    EMBEDDED = "embedded", _("an embedded object or file")
    CONTROLS = "controls", _("ActiveX controls or add-ins")
    EXTERNAL = "external", _("content or a template that is fetched from elsewhere")
    DDE = "dde", _("a field that asks other programs for data (DDE)")
    TRAILING = "trailing", _("something behind the end of the picture")


REMOVABLE: Final = frozenset(
    {
        ActiveContent.SCRIPT,
        ActiveContent.LAUNCH,
        ActiveContent.SUBMIT,
        ActiveContent.OTHER_FILE,
        ActiveContent.LINK,
    }
)
"""What can be taken out of a PDF whose pages look the same without it."""


class FileRemark(TextChoices):
    """What those who keep a file should know of it; nothing that speaks against keeping it."""

    LOCATION = "location", _("The picture says where it was taken (GPS): readers of the file will see that.")
    FORMULAS = (
        "formulas",
        _(
            "Some cells begin like a formula (= + - @), which a spreadsheet may compute. The file is kept byte for "
            "byte: its text is what was handed in."
        ),
    )
