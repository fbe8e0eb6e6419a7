"""Times publishing and sealing in a running portal that may be thrown away; see portal.py, which calls it."""

import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.contrib.auth.models import User
from django.utils import timezone

from agreements.editions.models import Edition
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_first_agreement
from agreements.summaries.models import Summary
from agreements.vocabulary.zone import day_in_baghdad

ROUNDS = 8
AGREEMENTS = 40
LANGUAGES = 3

editor, reviewer = User.objects.get(username="editor"), User.objects.get(username="reviewer")


def approved() -> int:
    """Another agreement like the first one, ready to be published; its primary key."""
    agreement, at = load_first_agreement(by=editor), timezone.now()
    submit_agreement(agreement.pk, by=editor, at=at)
    warnings = readiness_of(Agreement.objects.get(pk=agreement.pk), on=day_in_baghdad(at)).warnings
    accept_warnings(agreement.pk, [one.key for one in warnings], by=reviewer, at=at, reason="No source states it.")
    approve_agreement(agreement.pk, by=reviewer, at=at)
    return agreement.pk


def publish(key: int) -> Edition:
    return publish_edition(key, by=reviewer, at=timezone.now())


def is_there(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status == 200
    except urllib.error.HTTPError:
        return False


def publish_to_visible() -> float:
    key = approved()
    began = time.monotonic()
    address = f"{os.environ['BENCHMARK_ORIGIN']}/en/agreements/{publish(key).register_number}/"
    while not is_there(address):
        pass
    return time.monotonic() - began


def summaries_a_minute() -> float:
    """With two workers: the portal's own and one more, from the first file to the last."""
    second = subprocess.Popen([sys.executable, "manage.py", "run_worker"], stderr=subprocess.DEVNULL)
    try:
        keys = [approved() for _ in range(AGREEMENTS)]
        time.sleep(5)  # the second worker has started, and earlier jobs are done
        before, began = Summary.objects.count(), time.monotonic()
        for key in keys:
            publish(key)
        while (made := Summary.objects.count() - before) < AGREEMENTS * LANGUAGES:
            time.sleep(0.1)
        return made / (time.monotonic() - began) * 60
    finally:
        second.terminate()
        second.wait()


seen = [publish_to_visible() for _ in range(ROUNDS)]
print(f"| publish to page visible | {statistics.median(seen) * 1000:.0f} ms |", flush=True)
print(f"| summaries a minute, two workers | {summaries_a_minute():.0f} |")
