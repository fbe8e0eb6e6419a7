"""Acts on many agreements in the background; the job keeps what became of each, in words of every language."""

from functools import partial
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks import task

from agreements.intake.words import in_all_languages
from agreements.publishing.together import Seen, act_on_each
from agreements.staff.explain import explain


def queue_act(act: str, agreements: list[Seen], *, by: User, reason: str, page: str) -> str:
    """Have a worker act on each; the number of the job, which the page of results is asked by."""
    pairs = [[one.agreement_id, one.revision] for one in agreements]
    return str(act_on_many.enqueue(act, pairs, by.pk, reason, page).id)


@task()
def act_on_many(act: str, pairs: list[list[int]], user_id: int, reason: str, page: str) -> list[dict[str, Any]]:
    """Safe to run again. What became of each: its number, whether it was done, and why not by language."""
    user = User.objects.get(pk=user_id)
    seen = [Seen(pk, revision) for pk, revision in pairs]
    results = []
    with pghistory.context(user=user_id, url=page):
        for one in act_on_each(act, seen, by=user, at=timezone.now(), reason=reason):
            why = {} if one.refusal is None else in_all_languages(partial(explain, one.refusal))
            results.append({"id": one.agreement_id, "why": why, "was_done": one.was_done})
    return results
