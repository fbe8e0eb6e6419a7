"""A large register for desk.py: many agreements, and one with many parts; triggers write its trail too."""

import random
from collections.abc import Callable
from itertools import count
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import connection

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Objective, Organization, Place, Source
from agreements.register.models.participants import Participation
from agreements.register.models.work import Activity
from agreements.register.shipped import load_directories

AGREEMENTS: Final = 100_000
PUBLISHED: Final = 20_000
ORGANIZATIONS: Final = 400
_AT_ONCE: Final = 1000
ACTIVITIES: Final = 60
PARTICIPATIONS: Final = 300

_WORDS: Final = {
    "en": "border health migration labour water training ports customs education data energy transport justice",
    "ar": "الحدود الصحة الهجرة العمل المياه التدريب الموانئ الجمارك التعليم البيانات الطاقة النقل العدل",
    "ckb": "سنوور تەندروستی کۆچ کار ئاو ڕاهێنان بەندەر گومرگ پەروەردە داتا وزە گواستنەوە داد",
}
_TITLES: Final = """
    INSERT INTO agreements_agreement (
        register_number, kind, legal_character, written_in, standing_en, standing_ar, standing_ckb,
        title_en, title_ar, title_ckb, summary_en, summary_ar, summary_ckb, purpose_en, purpose_ar, purpose_ckb,
        duration_en, duration_ar, duration_ckb, renewal_en, renewal_ar, renewal_ckb,
        termination_en, termination_ar, termination_ckb, change_note_en, change_note_ar, change_note_ckb,
        renewal_kind, notice_unit, working_state, approved_hash, revision
    )
    SELECT 'MOC-' || to_char(nextval('agreements_register_number'), 'FM000000'),
           (ARRAY['memorandum_of_cooperation', 'memorandum_of_understanding', 'protocol', 'other'])[1 + n %% 4],
           (ARRAY['not_stated', 'non_binding'])[1 + n %% 2], 'en', 'authentic', 'courtesy', 'courtesy',
           'Memorandum ' || n || ' on ' || en.words, 'مذكرة تفاهم ' || n || ' بشأن ' || ar.words,
           'یاداشتی ' || n || ' لەبارەی ' || ckb.words,
           repeat('What both sides agreed. ', 20), repeat('ما اتفق عليه الطرفان. ', 20), '', '', '', '',
           '', '', '', '', '', '', '', '', '', '', '', '',
           'not_stated', '', (ARRAY['draft', 'in_review', 'changes_requested'])[1 + n %% 3], '', 0
    FROM generate_series(%s, %s) n,
         LATERAL (SELECT string_agg((%s::text[])[1 + (n::bigint * i * 7919 / 13) %% 13], ' ' ORDER BY i) AS words
                  FROM generate_series(1, 4) i) en,
         LATERAL (SELECT string_agg((%s::text[])[1 + (n::bigint * i * 7919 / 13) %% 13], ' ' ORDER BY i) AS words
                  FROM generate_series(1, 4) i) ar,
         LATERAL (SELECT string_agg((%s::text[])[1 + (n::bigint * i * 7919 / 13) %% 13], ' ' ORDER BY i) AS words
                  FROM generate_series(1, 4) i) ckb
"""
_OLDER: Final = "UPDATE agreements_agreement SET title_en = title_en || ', as amended' WHERE id % 5 = 0"
_LOG: Final = """
    INSERT INTO agreements_logentry
    SELECT row_number() OVER (ORDER BY id), 'publication', register_number, 1, md5(id::text) || md5(id::text),
           now(), 'staff:1', '', '', '', 'before-' || id, 'hash-' || id
    FROM agreements_agreement ORDER BY id LIMIT %s
"""
_EDITIONS: Final = """
    INSERT INTO agreements_edition
        (register_number, number, schema_version, canonical, content_hash, published_at, code, entry_id)
    SELECT register_number, 1, 2, '\\x7b7d', content_hash, at, 'C' || sequence, sequence FROM agreements_logentry
"""


def fill(editor: User) -> Agreement:
    """Fill an empty, migrated database; the agreement with many parts."""
    load_directories()
    with connection.cursor() as cursor:
        for first in range(1, AGREEMENTS + 1, _AT_ONCE):
            cursor.execute(_TITLES, [first, first + _AT_ONCE - 1, *(words.split() for words in _WORDS.values())])
            cursor.execute("ANALYZE agreements_textstate")  # or its triggers go on as if it were empty
        cursor.execute(_OLDER)
        cursor.execute(_LOG, [PUBLISHED])
        cursor.execute(_EDITIONS)
    for number in range(ORGANIZATIONS):
        Organization.objects.create(key=f"body-{number}", kind="ngo", **each("name", f"Body {number}"))
    large = large_agreement(editor, participations=PARTICIPATIONS, activities=ACTIVITIES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return large


def large_agreement(editor: User, *, participations: int, activities: int) -> Agreement:
    """One agreement with so many parts, all with places, sources, notes and texts in three languages."""
    chance = random.Random(300)  # noqa: S311  # the same record each time
    pick = _picker(chance)
    agreement = Agreement.objects.create(
        kind="memorandum_of_cooperation",
        last_edited_by=editor,
        **each("title", "A large agreement"),
        **each("summary", "In short. " * 40),
    )
    agreement.sources.set(Source.objects.all())
    organizations = list(Organization.objects.filter(key__startswith="body-"))
    roles = ("party", "implementing_partner", "beneficiary", "witness", "funder")
    for position in range(participations):
        Participation.objects.create(
            agreement=agreement, role=roles[position % 5], organization=organizations[position],
            acting_through=organizations[position - 1] if position % 3 == 0 else None,
            source=pick(Source), position=position, **each("note", f"Note {position} on what this body does here."),
        )  # fmt: skip
    for position in range(activities):
        activity = Activity.objects.create(
            agreement=agreement, status="under_way", start="2021-03", end="2024", source=pick(Source),
            position=position, **each("title", f"Activity {position}"), **each("description", "What is done. " * 30),
            **each("area", "Training"),
        )  # fmt: skip
        activity.places.set(pick(Place) for _ in range(3))
        activity.responsible.set(chance.sample(organizations, 2))
        activity.objectives.set(pick(Objective) for _ in range(2))
        activity.progress_notes.create(noted_on="2022", source=pick(Source), **each("text", "Half is done."))
    return agreement


def each(stem: str, words: str) -> dict[str, str]:
    return {f"{stem}_en": words, f"{stem}_ar": f"نص {words}", f"{stem}_ckb": f"دەق {words}"}


def _picker(chance: random.Random) -> Callable[[Any], Any]:
    known: dict[Any, list[Any]] = {}
    turns = count()

    def pick(model: Any) -> Any:
        rows = known.setdefault(model, list(model.objects.order_by("pk")))
        return rows[(next(turns) * 7 + chance.randrange(3)) % len(rows)]

    return pick
