"""Times home, directories and dates at size: `.venv/bin/python benchmarks/directories.py [agreements]`.

Starts a PostgreSQL of its own that is gone afterwards, and fills what the pages are made of with so many agreements
(100,000 where none are named): 5,000 organisations named eight times an agreement in roles of uneven weight, 300
places, and a date to come for each. Then asks for whole pages through Django's stack in this process.
"""

import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402
from benchmarks.spent import HEAD, Spent, load  # noqa: E402

ROUNDS: Final = 15
SLOW_S: Final = 0.03
"""The slowest query of a page is shown when it takes longer."""
SHOWN: Final = 40
"""Agreements with an edition: the newest, which pages show; the rest are only counted and paged by."""

PAGES: Final = (
    "", "organisations/", "organisations/?q=body 49", "organisations/?after=body-2500", "organisations/body-1/",
    "organisations/body-1/?role=funder", "organisations/body-4000/", "frameworks/", "frameworks/gcm/",
    "frameworks/gcm/11/", "places/", "places/trebil/", "dates/", "dates/?kind=renewal",
)  # fmt: skip

FILL: Final = """
    INSERT INTO agreements_notededition (register_number, sequence, kind, year, activities)
    SELECT 'MOC-' || (100000 + n), n, (ARRAY['protocol', 'amendment', 'other'])[1 + n %% 3], 1990 + n %% 36, n %% 9
    FROM generate_series(1, %(agreements)s) n;

    INSERT INTO agreements_thing (kind, key, name_en, name_ar, name_ckb, part, parent, sequence, sort_en, sort_ar,
                                  sort_ckb, found_by)
    SELECT 'organization', 'body-' || n, 'Body ' || n, 'الجهة ' || n, 'دەزگای ' || n,
           '{"kind": "government", "short_name": {}}', CASE WHEN n > 4950 THEN 'body-1' ELSE '' END, n,
           'body' || n, 'جهة' || n, 'دەزگا' || n, 'body ' || n FROM generate_series(1, 5000) n
    UNION ALL
    SELECT 'place', CASE n WHEN 1 THEN 'trebil' ELSE 'place-' || n END, 'Place ' || n, 'مكان ' || n, 'شوێن ' || n,
           jsonb_build_object('id', 'place-' || n, 'name', jsonb_build_object('en', 'Place ' || n), 'kind', 'city',
                              'latitude', (30 + n %% 7)::text, 'longitude', (40 + n %% 8)::text, 'precision', 'town'),
           '', n, 'place' || n, 'مكان' || n, 'شوێن' || n, 'place ' || n FROM generate_series(1, 300) n
    UNION ALL
    SELECT 'objective', 'gcm/' || n, 'Objective ' || n, '', '', '{}', 'gcm', n, 'o' || n, 'o' || n, 'o' || n, ''
    FROM generate_series(1, 23) n;

    INSERT INTO agreements_mention (thing_id, role, register_number, sequence)
    SELECT DISTINCT t.id, m.role, 'MOC-' || (100000 + n), n
    FROM generate_series(1, %(agreements)s) n
    CROSS JOIN LATERAL (VALUES
        ('organization', 'party', 'body-' || (1 + floor(5000 * power(abs(hashint4(n)) / 2147483647.0, 4)))),
        ('organization', 'party', 'body-1'),
        ('organization', 'funder', 'body-' || (1 + floor(5000 * power(abs(hashint4(n + 7)) / 2147483647.0, 3)))),
        ('organization', 'funder', 'body-' || (1 + n %% 3)),
        ('organization', 'responsible', 'body-' || (1 + n %% 5000)),
        ('organization', 'recipient', 'body-' || (1 + n %% 50)),
        ('organization', 'signed_for', 'body-1'),
        ('organization', 'speaker', 'body-' || (1 + n %% 700)),
        ('objective', 'served', 'gcm/' || (1 + n %% 23)),
        ('objective', 'served', 'gcm/11'),
        ('place', 'activity_place', CASE n %% 4 WHEN 0 THEN 'trebil' ELSE 'place-' || (2 + n %% 290) END)
    ) AS m (kind, role, key) JOIN agreements_thing t ON t.kind = m.kind AND t.key = m.key;

    INSERT INTO agreements_mentioncount (thing_id, role, agreements)
    SELECT thing_id, role, count(*) FROM agreements_mention GROUP BY 1, 2
    UNION ALL SELECT thing_id, '', count(DISTINCT sequence) FROM agreements_mention GROUP BY 1;

    INSERT INTO agreements_comingdate (register_number, sequence, kind, status, earliest, latest, title, what)
    SELECT 'MOC-' || (100000 + n), n, (ARRAY['renewal', 'obligation', 'planned_end'])[1 + n %% 3], '',
           current_date + n %% 4000, current_date + n %% 4000, '{"en": "Agreement"}', NULL
    FROM generate_series(1, %(agreements)s) n;
    ANALYZE;
"""


def main(agreements: int) -> None:
    with own_portal():
        prepare(agreements)
        measure()


def prepare(agreements: int) -> None:
    from django.db import connection  # noqa: PLC0415

    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"agreements": agreements})
    add_editions(agreements)
    print(f"{agreements:,} agreements filled in {time.monotonic() - began:.0f} s", flush=True)


def add_editions(agreements: int) -> None:
    """Give the newest agreements an edition, all with the content of the shipped record."""
    from django.utils import timezone  # noqa: PLC0415

    from agreements.editions.models import Edition, LogEntry  # noqa: PLC0415

    canonical = Path(ROOT, "tests/editions/frozen/version-2.json").read_bytes()
    for n in range(agreements - SHOWN, agreements + 1):
        number, digest = f"MOC-{100_000 + n}", f"{n:064d}"
        entry = LogEntry.objects.create(
            sequence=n, kind="publication", register_number=number, edition_number=1, content_hash=digest,
            at=timezone.now(), by="staff:1", previous_hash=f"{n - 1:064d}", entry_hash=digest,
        )  # fmt: skip
        Edition.objects.create(
            register_number=number, number=1, schema_version=2, canonical=canonical, content_hash=digest,
            published_at=timezone.now(), code=f"B{n}", entry=entry,
        )  # fmt: skip


def measure() -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client()
    print(load(), HEAD, sep="\n\n", flush=True)
    for path in PAGES:
        spent = Spent.on(lambda path=path: client.get(f"/en/{path}"), rounds=ROUNDS)  # type: ignore[misc]
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/en/{path}")
        slowest = max(asked.captured_queries, key=lambda one: float(one["time"]))
        in_database = 1000 * sum(float(one["time"]) for one in asked.captured_queries)
        if float(slowest["time"]) > SLOW_S:
            print(f"    {slowest['time']} s: {slowest['sql'][:300]}")
        told = f"{answer.status_code} /{path}: {len(asked)} queries, {in_database:.0f} ms"
        print(spent.row(told), flush=True)
    print(f"\n{load()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
