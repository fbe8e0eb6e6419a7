"""Times the audit: `.venv/bin/python benchmarks/audit.py [editions]`.

Starts a PostgreSQL of its own that is gone afterwards, publishes so many editions (1,000 where none are named) of
as many agreements, each with a public document, and keeps three sealed summaries for each. Laying out so many would
take half an hour, so those of one edition are laid out and each is sealed anew: the audit reads and checks every file.
"""

import hashlib
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402

ROUNDS = 200


def main(editions: int) -> None:
    with own_portal():
        prepare(editions)
        measure(editions)


def prepare(editions: int) -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.register.shipped import load_directories, load_first_agreement  # noqa: PLC0415

    load_directories()
    editor = User.objects.create_user("editor")
    agreement = load_first_agreement(by=editor)
    at, began = timezone.now(), time.monotonic()
    first = publish(agreement, editions, at)
    print(f"{editions:,} editions published in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    keep_summaries(first, editions)
    print(f"{3 * editions:,} summaries sealed in {time.monotonic() - began:.0f} s\n", flush=True)


def publish(agreement: Any, editions: int, at: Any) -> Any:
    """The first of so many editions, which differ in their numbers, titles and documents."""
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.files.storage import default_storage  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from agreements.editions.content import Document  # noqa: PLC0415
    from agreements.editions.log import append_edition  # noqa: PLC0415
    from agreements.editions.models import Edition  # noqa: PLC0415
    from agreements.publishing.snapshot import build_content  # noqa: PLC0415
    from agreements.search.index import index_edition  # noqa: PLC0415
    from agreements.search.mentions import note_mentions  # noqa: PLC0415
    from agreements.vocabulary.languages import LocalisedText  # noqa: PLC0415

    content = build_content(type(agreement).objects.get(pk=agreement.pk))
    for number in range(1, editions + 1):
        file = f"The text of agreement {number}. ".encode() * 4000
        digest = hashlib.sha256(file).hexdigest()
        default_storage.save(f"documents/{digest[:2]}/{digest}", ContentFile(file))
        document = Document(
            id=f"document-{number}", title=LocalisedText(en="The text"), kind="authentic_text", language="en",
            version="1", file_name="text.pdf", media_type="application/pdf", size_bytes=len(file), sha256=digest,
        )  # fmt: skip
        title = LocalisedText(en=f"Memorandum {number}", ar=content.title.ar, ckb=content.title.ckb)
        told = {"register_number": f"MOC-{number:06d}", "title": title, "documents": (document,)}
        with transaction.atomic():
            edition = append_edition(content.model_copy(update=told), by="benchmark", at=at, note=LocalisedText())
            index_edition(edition)
            note_mentions(edition)
    return Edition.objects.select_related("entry").order_by("pk").first()


def keep_summaries(edition: Any, editions: int) -> None:
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.files.storage import default_storage  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.editions.checkpoints import checkpoint_with  # noqa: PLC0415
    from agreements.summaries.keys import current_sealer  # noqa: PLC0415
    from agreements.summaries.layout import SealNote, lay_out  # noqa: PLC0415
    from agreements.summaries.levels import level_of  # noqa: PLC0415
    from agreements.summaries.models import Summary  # noqa: PLC0415
    from agreements.summaries.recipe import recipe  # noqa: PLC0415
    from agreements.summaries.seal import seal_pdf  # noqa: PLC0415
    from agreements.summaries.store import proof_for  # noqa: PLC0415
    from agreements.vocabulary.languages import LANGUAGES  # noqa: PLC0415

    sealer, checkpoint = current_sealer(), checkpoint_with(edition.entry)
    level = level_of(sealer)
    note = SealNote(level=level, is_development=sealer.is_development)
    for language in LANGUAGES:
        unsealed = lay_out(edition, language, seal=note, proof=proof_for(edition, checkpoint))
        for _number in range(editions):
            sealed = seal_pdf(unsealed, sealer=sealer, level=level)
            summary = Summary(
                register_number=edition.register_number, edition_number=edition.number, language=language,
                sha256=hashlib.sha256(sealed).hexdigest(), size_bytes=len(sealed), level=level,
                sealed_at=timezone.now(), checkpoint=checkpoint, recipe=recipe(),
                shows_development=sealer.is_development,
            )  # fmt: skip
            default_storage.save(summary.path, ContentFile(sealed))
            summary.save(force_insert=True)


def measure(editions: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.editions.checkpoints import newest_checkpoint, note_in_tree  # noqa: PLC0415
    from agreements.editions.tree import consistency_path, inclusion_path  # noqa: PLC0415

    began, worked = time.monotonic(), time.process_time()
    call_command("audit")
    took, worked = time.monotonic() - began, time.process_time() - worked
    print(
        f"\n| audit of {editions:,} editions without laying out again | {took:.0f} s, {worked:.0f} s of it computing |"
    )

    def sign() -> None:
        with transaction.atomic():
            note_in_tree(at=timezone.now())

    size = newest_checkpoint().size  # type: ignore[union-attr]
    for what, act in {
        "look at the tree and sign a checkpoint": sign,
        "inclusion proof": lambda: inclusion_path(size // 3, size=size),
        "consistency proof": lambda: consistency_path(size // 3, size),
    }.items():
        took = []
        for _round in range(ROUNDS):
            began = time.perf_counter()
            act()
            took.append((time.perf_counter() - began) * 1000)
        print(f"| {what} | {statistics.median(took):.1f} ms |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
