"""A small public record: an agreement in two editions, another one, and one that was withdrawn."""

from agreements.editions.log import append_withdrawal
from agreements.editions.models import Edition
from agreements.search.index import unindex
from agreements.search.mentions import forget_mentions, note_mentions
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.search.records import content, dated, indexed

TITLE = "Border management at Trebil"


def published_record() -> Edition:
    """MOC-0001 in two editions, MOC-0002 of 2019, MOC-0003 withdrawn; the current edition of the first."""
    indexed(content(1, "Border crossings"))
    for edition in (
        indexed(content(1, TITLE)),
        indexed(content(2, "Health at ports", **dated(signed="2019-02"))),
        indexed(content(3, "Published by mistake")),
    ):
        note_mentions(edition)
    reason = LocalisedText(en="It was never signed.", ar="لم توقَّع قط.")
    append_withdrawal("MOC-0003", by="staff:1", at=NOON, note=reason)
    unindex("MOC-0003")
    forget_mentions("MOC-0003")
    return Edition.objects.get(register_number="MOC-0001", number=2)
