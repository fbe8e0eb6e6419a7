"""Refusals in words: what is wrong, and how to mend it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.publishing import errors
from agreements.vocabulary.kinds import WorkingState

_SENTENCES: Final[dict[type[errors.Refused], str | Promise]] = {
    errors.WarningsOpen: gettext_lazy("Warnings stand that are neither settled nor accepted: see what is open below."),
    errors.FourEyes: gettext_lazy("Who last edited or submitted a record can’t approve it: ask another reviewer."),
    errors.OtherReviewer: gettext_lazy(
        "%(username)s has claimed this review: ask them, or give it back for them first."
    ),
    errors.ChangedMeanwhile: gettext_lazy(
        "The record was edited after you opened this page. Look at it again, then decide."
    ),
    errors.NoteMissing: gettext_lazy("Say why in the note: the others read it in the timeline."),
    errors.NoSuchWarning: gettext_lazy("This warning is settled already: look at the list again."),
    errors.MomentPassed: gettext_lazy("This moment is past: choose one in the future, or publish now."),
    errors.NothingToPublish: gettext_lazy("Edition %(number)s already says exactly this: change something first."),
    errors.NothingToWithdraw: gettext_lazy(
        "The public has no edition of this agreement, so there is nothing to withdraw."
    ),
    errors.NoLinkToRevoke: gettext_lazy("This link was revoked already."),
    errors.NotAParty: gettext_lazy("Only a party of the agreement can be asked: choose one from the list."),
    errors.AlreadyDecided: gettext_lazy(
        "One of these corrections is decided or taken back already: look at the list again."
    ),
    errors.FieldGone: gettext_lazy("The part that one of them is about was removed: decline it, and say so."),
    errors.FieldsChanged: gettext_lazy(
        "Something else stands there than what was to be corrected. Compare “now” and “proposed”, then tick the box "
        "if they shall be written all the same."
    ),
    errors.ReportSettled: gettext_lazy("Somebody has decided this report already: see below what was answered."),
    errors.SealDecided: gettext_lazy("Somebody has decided about this seal already: see below what was decided."),
    errors.NothingPublic: gettext_lazy("The public has no edition that a party could seal: publish one first."),
    errors.ReasonMissing: gettext_lazy("Say why, in at least one language: the public reads it."),
}


def explain(refusal: errors.Refused) -> str:
    """A refusal as a sentence in the active language."""
    if isinstance(refusal, errors.ContentIncomplete):
        return _("Not yet: %(problems)s") % {"problems": " ".join(str(one) for one in refusal.problems)}
    if isinstance(refusal, errors.ProposalInvalid):
        said = " ".join(f"{field}: {sentence}" for field, sentence in refusal.problems)
        return _("The form would not take this, so nothing is written: %(problems)s") % {"problems": said}
    if isinstance(refusal, errors.WrongState):
        return _("This is not possible while the record is “%(state)s”.") % {"state": WorkingState(refusal.found).label}
    return str(_SENTENCES[type(refusal)]) % vars(refusal)
