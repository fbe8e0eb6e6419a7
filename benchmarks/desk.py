"""Times the editorial desk at size: `.venv/bin/python benchmarks/desk.py`.

Starts a PostgreSQL of its own that is gone afterwards, fills it with 100,000 agreements and one that has
60 activities and 300 participants, and asks for the desk's pages as a browser would, through the whole stack
in this process. Arguments choose rows of the table by words in them: `benchmarks/desk.py save review`.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402

ROUNDS = 5
OPENED = "?" + "&".join(f"open=participations-{place}" for place in range(100, 110))
ROW = "participations-105-note_en"
FILTERS = (
    "working_state__exact=in_review",
    "working_state__exact=approved",
    "kind__exact=protocol",
    "legal_character__exact=not_stated",
    "legal_character__exact=binding",
    "translations=lacks_en",
    "translations=lacks_ar",
    "translations=lacks_ckb",
    "translations=is_older",
    "translations=lacks_ckb&p=900",
    "translations=lacks_ckb&q=migration",
    "working_state__exact=in_review&kind__exact=protocol",
)
"""Every filter of the list: one value that many agreements have, one that none has, and some together."""


def main(wanted: list[str]) -> None:
    with own_portal():
        measure(wanted)


def measure(wanted: list[str]) -> None:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    from agreements.staff.roles import update_roles  # noqa: PLC0415
    from benchmarks.desk_data import AGREEMENTS, fill  # noqa: PLC0415

    update_roles()
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    began = time.perf_counter()
    large = fill(editor)
    print(f"{AGREEMENTS:,} agreements made in {time.perf_counter() - began:.0f} s\n")
    print("| page | median | slowest | queries | answer |\n| --- | --- | --- | --- | --- |", flush=True)
    for title, act in pages(editor, large):
        if all(word in title for word in wanted):
            print(row(title, act), flush=True)


def pages(editor: Any, large: Any) -> list[tuple[str, Callable[[], Any]]]:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.desk_data import AGREEMENTS  # noqa: PLC0415

    client = Client()
    client.force_login(editor)
    listed = reverse("admin:agreements_agreement_changelist")
    form = reverse("admin:agreements_agreement_change", args=[large.pk])

    def get(address: str) -> Callable[[], Any]:
        return lambda: client.get(address)

    def own(name: str) -> Callable[[], Any]:
        return get(reverse(f"admin:agreement_{name}", args=[large.pk]))

    return [
        ("first page", get(reverse("admin:index"))),
        ("list", get(listed)),
        ("list in Arabic", get(listed.replace("/en/", "/ar/"))),
        ("list, English word searched", get(f"{listed}?q=migration")),
        ("list, rare English words searched", get(f"{listed}?q=memorandum+4711")),
        ("list, Arabic word searched", get(f"{listed}?q=الهجرة")),
        ("list, Kurdish word searched", get(f"{listed}?q=کۆچ")),
        ("list, nothing found", get(f"{listed}?q=nowhere")),
        *((f"list, filtered: {words}", get(f"{listed}?{words}")) for words in FILTERS),
        ("list, last page", get(f"{listed}?p={last_page(AGREEMENTS)}")),
        ("list, sorted by title", get(f"{listed}?o=2")),
        ("list, sorted by title, last page", get(f"{listed}?o=2&p={last_page(AGREEMENTS)}")),
        ("form, opened", get(form)),
        ("form, opened in Arabic", get(form.replace("/en/", "/ar/"))),
        ("form, one row opened", get(f"{form}?part=participations&open=participations-150")),
        ("form, saved with one text changed", saving(client, form, title_en="Text {n}")),
        ("form, saved with nothing changed", saving(client, form)),
        ("form, saved with one row changed of ten opened", saving(client, form, OPENED, **{ROW: "Text {n}"})),
        ("form, saved with a mistake", saving(client, form, OPENED, kind="none such")),
        ("review page", own("review")),
        ("preview", own("preview")),
        ("history", get(reverse("admin:agreements_agreement_history", args=[large.pk]))),
        ("organisations", get(reverse("admin:agreements_organization_changelist"))),
    ]


def last_page(agreements: int) -> int:
    return agreements // 100 + 1


def saving(client: Any, address: str, opened: str = "", **typed: str) -> Callable[[], Any]:
    """Opens the form unmeasured, and gives the save that follows."""
    from tests.staff.desk import form_of  # noqa: PLC0415

    numbers = iter(range(1000))

    def prepare() -> Callable[[], Any]:
        number = next(numbers)
        sent = form_of(client, address + opened) | {name: text.format(n=number) for name, text in typed.items()}
        return lambda: client.post(address, sent)

    prepare.is_prepared = True  # type: ignore[attr-defined]
    return prepare


def row(title: str, act: Callable[[], Any]) -> str:
    """One line of the table: times without counting, then the queries of one more round."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def ready() -> Callable[[], Any]:
        return act() if hasattr(act, "is_prepared") else act  # type: ignore[no-any-return]

    ready()()
    took = []
    for _ in range(ROUNDS):
        one = ready()
        began = time.perf_counter()
        answer = one()
        took.append((time.perf_counter() - began) * 1000)
    one = ready()
    with CaptureQueriesContext(connection) as queries:
        one()
    assert answer.status_code in (200, 302), answer
    size = f"{answer.status_code}, {len(answer.content) / 1024:.0f} KB"
    return f"| {title} | {statistics.median(took):.0f} ms | {max(took):.0f} ms | {len(queries)} | {size} |"


if __name__ == "__main__":
    main(sys.argv[1:])
