"""Mails on their way: a real mail server on loopback, one that fails, and workers that are killed."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from agreements.reminders.daily import remind
from agreements.reminders.deliver import RETRY_AFTER, deliver_digest
from agreements.reminders.digest import make_digests
from agreements.reminders.models import Digest, DigestDelivery, Reminder
from agreements.reminders.profile import choose
from tests.conftest import StartWorker
from tests.databases import database_url, run_sql
from tests.reminders.records import agreement, person
from tests.wait import wait_until


class Post:
    """What the mail server was given, and what it answers."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"
        self.answer_recipient = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.answer_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_recipient

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # its names
        if self.answer.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return self.answer


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """A mail server on loopback, and Django set up to use it."""
    handler, port = Post(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "MOC Portal <register@example.org>"
    yield handler
    controller.stop()


def digest(noon: datetime, *, language: str = "en") -> Digest:
    someone = person()
    choose(someone, language=language, wants_digest=True)  # type: ignore[arg-type]
    agreement(("planned_end", "2026-12-20"), by=someone, title_ar="مذكرة تعاون", title_ckb="یاداشتی هاوکاری")
    (made,) = make_digests(at=noon)
    return made


@pytest.mark.django_db
class TestDeliverDigest:
    @pytest.mark.parametrize(
        ("language", "title"), [("en", "A memorandum"), ("ar", "مذكرة تعاون"), ("ckb", "یاداشتی هاوکاری")]
    )
    def test_arrives_as_it_was_written(self, post: Post, noon: datetime, language: str, title: str) -> None:
        made = digest(noon, language=language)

        assert deliver_digest.call(made.pk) == "sent"

        (message,) = post.messages
        text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
        subject = message["Subject"].lstrip()  # the fold before the first word (RFC 5322, 2.2.3)
        assert (message["To"], subject) == (made.address, made.subject)
        assert message["From"] == "MOC Portal <register@example.org>"
        assert message["Message-ID"] == f"<digest-{made.pk}.2026-11-23@register.example>"
        assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", language)
        assert text is not None
        assert html is not None
        assert title in text.get_content()
        assert title in html.get_content()

    def test_is_sent_once(self, post: Post, noon: datetime) -> None:
        made = digest(noon)

        assert [deliver_digest.call(made.pk) for _ in range(3)] == ["sent", "nothing to do", "nothing to do"]
        assert len(post.messages) == 1

    def test_goes_to_nobody_who_left_meanwhile(self, post: Post, noon: datetime) -> None:
        made = digest(noon)
        made.person.groups.clear()

        assert deliver_digest.call(made.pk) == "not on the staff any more"
        assert post.messages == []

    def test_is_tried_again_later_where_the_server_is_busy(self, post: Post, noon: datetime) -> None:
        made = digest(noon)
        post.answer = "451 Later"
        queued = set(DBTaskResult.objects.values_list("pk", flat=True))

        assert deliver_digest.call(made.pk) == "again"

        (job,) = DBTaskResult.objects.exclude(pk__in=queued)
        assert job.args_kwargs["args"] == [made.pk, 2]
        assert job.run_after is not None
        assert job.run_after > timezone.now() + RETRY_AFTER[0] / 2
        post.answer = "250 OK"
        assert deliver_digest.call(made.pk, 2) == "sent"

    def test_is_tried_again_without_a_server(self, settings: Settings, post: Post, noon: datetime) -> None:
        made = digest(noon)
        settings.EMAIL_PORT = 9

        assert deliver_digest.call(made.pk) == "again"
        with pytest.raises(OSError, match="refused"):
            deliver_digest.call(made.pk, len(RETRY_AFTER) + 1)

    def test_fails_at_once_where_the_address_is_refused_for_good(self, post: Post, noon: datetime) -> None:
        made = digest(noon)
        post.answer_recipient = "550 No such mailbox"

        with pytest.raises(SMTPRecipientsRefused):
            deliver_digest.call(made.pk)
        assert not DigestDelivery.objects.exists()


class TestWorkers:
    def test_remind_once_though_one_is_killed_in_the_act_and_two_take_over(
        self, committed_db: str, start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch, post: Post,
        settings: Settings,
    ) -> None:  # fmt: skip
        monkeypatch.setenv("MOC_EMAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("MOC_EMAIL_PORT", str(settings.EMAIL_PORT))
        monkeypatch.setenv("MOC_EMAIL_SECURITY", "none")
        monkeypatch.setenv("MOC_EMAIL_FROM", "register@example.org")
        soon = (timezone.localdate() + timedelta(days=3)).isoformat()
        people = [person() for _ in range(3)]
        for one in people:
            agreement(("planned_end", soon), by=one)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE agreements_digest IN SHARE ROW EXCLUSIVE MODE")  # stops it half way
            remind.enqueue()
            remind.enqueue()  # as if queued twice
            cursor.execute("COMMIT; BEGIN; LOCK TABLE agreements_digest IN SHARE ROW EXCLUSIVE MODE")
            first = start_worker()
            wait_until(lambda: waits_for_a_lock(committed_db), "the worker to write a digest")
            first.kill()
            first.wait()
            start_worker()
            start_worker()
            wait_until(lambda: waits_for_a_lock(committed_db), "another worker to take over")
            cursor.execute("COMMIT")

        wait_until(lambda: not unfinished(), "all jobs to end")
        assert sorted(one["To"] for one in post.messages) == sorted(one.email for one in people)
        assert Reminder.objects.count() == Digest.objects.count() == DigestDelivery.objects.count() == 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def waits_for_a_lock(name: str) -> bool:
    waiting = run_sql(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND NOT granted", url=database_url(name=name)
    )
    return bool(waiting[0][0])


def unfinished() -> bool:
    return DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
