"""What stands above the panels of the desk's first page: certificates that end, for those who can see to it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.staff.panel import Visit, day_in_words
from agreements.summaries.endings import Ending, Whose, endings
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class Notice:
    """What happens, and what to do about it. ``is_urgent``: it has happened."""

    title: str
    advice: str | Promise
    is_urgent: bool


_ADVICE: Final[dict[tuple[Whose, bool], str | Promise]] = {
    (Whose.SEAL, False): gettext_lazy(
        "Ask the authority that issued it for a new one, and have the operator put it in place before that day, as "
        "“Changing the key” in docs/seals.md says. After that day no PDF can be sealed. PDFs that are sealed by then "
        "stay genuine."
    ),
    (Whose.SEAL, True): gettext_lazy(
        "Editions are still published, but without a PDF. Have the operator put a new certificate in place now, as "
        "“Changing the key” in docs/seals.md says, then try the failed jobs again. PDFs that were sealed before stay "
        "genuine."
    ),
    (Whose.TIMESTAMPS, False): gettext_lazy(
        "Have the operator ask the timestamp authority for its new certificate, or name another authority in "
        "MOC_TIMESTAMP_URL: before that day every sealed PDF has to get a timestamp that lasts longer."
    ),
    (Whose.TIMESTAMPS, True): gettext_lazy(
        "Have the operator name a timestamp authority with a valid certificate in MOC_TIMESTAMP_URL: the PDFs are then "
        "sealed anew. Copies that are out stay genuine for this portal’s verifier."
    ),
}


def notices(visit: Visit) -> list[Notice]:
    """Announcements for this person: reviewers and administrators, who can try failed jobs again, can see to it."""
    if not visit.may("retry_job"):
        return []
    return [_notice(one) for one in endings(at=visit.at)]


def _notice(ending: Ending) -> Notice:
    named = {"name": f"\u2068{ending.name}\u2069", "day": day_in_words(day_in_baghdad(ending.at))}
    if ending.whose is Whose.SEAL:
        title = (
            _("The certificate that seals the PDFs, “%(name)s”, ended on %(day)s: no PDF is sealed any more") % named
            if ending.is_over
            else _("The certificate that seals the PDFs, “%(name)s”, ends on %(day)s") % named
        )
    else:
        title = (
            _("The certificate of the newest timestamps on PDFs ended on %(day)s") % named
            if ending.is_over
            else _("The certificate of the newest timestamps on PDFs ends on %(day)s") % named
        )
    return Notice(title, _ADVICE[ending.whose, ending.is_over], ending.is_over)
