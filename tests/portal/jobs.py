"""Jobs that tests queue; they leave their traces in a table that the test made."""

import os
import signal
import time
from datetime import datetime

from django.db import connection
from django_tasks import task

from agreements.reminders.daily import queue_todays_reminders
from agreements.vocabulary.zone import BAGHDAD

TRACES = "CREATE TABLE traces (moment timestamptz DEFAULT clock_timestamp(), name text, what text, pid integer)"


def trace(name: str, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO traces (name, what, pid) VALUES (%s, %s, %s)", [name, what, os.getpid()])


def traces(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM traces WHERE name = %s ORDER BY moment", [name])
        return [what for (what,) in cursor.fetchall()]


def process_of(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM traces WHERE name = %s ORDER BY moment DESC", [name])
        return int(cursor.fetchone()[0])


def wait_for(name: str, what: str, *, times: int = 1) -> None:
    """Until the job left this trace so often; a generous limit turns a hang into a failure."""
    deadline = time.monotonic() + 40
    while traces(name).count(what) < times:
        assert time.monotonic() < deadline, f"{name} left {traces(name)}, not {times} × {what}"
        time.sleep(0.02)


@task()
def note(name: str) -> str:
    trace(name, "done")
    return name


@task()
def hold(name: str) -> None:
    """Runs until the test opens the gate: a trace that says so."""
    trace(name, "begun")
    while "open" not in traces(name):
        time.sleep(0.02)
    trace(name, "done")


@task()
def fail(name: str) -> None:
    trace(name, "failed")
    raise ValueError(name)


@task()
def kill_own_worker(name: str) -> None:
    trace(name, "killed")
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def lose_connection(name: str) -> None:
    trace(name, "lost")
    if traces(name).count("lost") == 1:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    trace(name, "done")


def fail_by_the_clock(*, at: datetime) -> None:
    trace("clock", "failed")
    raise ValueError(at)


def trace_by_the_clock(*, at: datetime) -> None:
    trace("clock", "asked")


def remind_as_if_at_noon(*, at: datetime) -> None:
    queue_todays_reminders(at=at.astimezone(BAGHDAD).replace(hour=12))
