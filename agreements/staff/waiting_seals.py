"""What waits on the first page of the desk: seals that the other side has sent."""

from typing import cast

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agreements.register.models.agreements import Agreement
from agreements.staff.panel import ROWS, Fact, Group, Row, moment_in_words, title_of
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import undecided_seals
from agreements.vocabulary.kinds import WorkingState
from agreements.vocabulary.languages import Language


def sent_seals() -> Group:
    """Seals that nobody has accepted or declined, the ones first that have waited longest.

    Those of withdrawn records are left out: they can't be accepted.
    """
    waiting = list(undecided_seals())
    numbers = {one.summary.register_number for one in waiting}
    found = Agreement.objects.filter(register_number__in=numbers).exclude(working_state=WorkingState.WITHDRAWN)
    agreements = {one.register_number: one for one in found}
    rows = [
        _row(one, agreements[one.summary.register_number])
        for one in waiting
        if one.summary.register_number in agreements
    ]
    hidden = len(rows) - ROWS
    note = _("And %(count)s more, once these are decided.") % {"count": hidden} if hidden > 0 else ""
    return Group(gettext_lazy("Seals of the other side, to be accepted"), tuple(rows[:ROWS]), note=note)


def _row(seal: OtherSeal, agreement: Agreement) -> Row:
    address = reverse("admin:agreement_seal", args=[agreement.pk, seal.pk])
    name = seal.organization.best(cast(Language, get_language() or "en"))
    who = name.text if name else seal.organization_key
    return Row(
        agreement.register_number, title_of(agreement), address, (Fact(who), Fact(moment_in_words(seal.received_at)))
    )
