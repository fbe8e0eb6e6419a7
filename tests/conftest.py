"""What every test may ask for: the moment, the staff, databases, a served portal, a browser."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from agreements.register.shipped import load_directories
from agreements.summaries import edition_file, examine
from moc_portal.collector import collect_seldom
from moc_portal.embedded.postgres import throwaway_server
from moc_portal.embedded.steps import compile_translations
from moc_portal.env import database_from_url
from tests.databases import copied_database, database_url, leave_database, undone
from tests.people import make_user
from tests.portals import Portal, served_portal
from tests.published import first_agreement

StartWorker = Callable[[], "subprocess.Popen[bytes]"]

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Baghdad"))

expect.set_options(timeout=20_000)  # milliseconds; other tests use the machine as well

CHROMIUM = shutil.which("chromium")
_CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Start a throw-away server where DATABASE_URL names none; parallel workers share it."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or config.option.collectonly:
        return
    compile_translations()
    if connection.settings_dict["PORT"] == "9":
        stack = ExitStack()
        server = stack.enter_context(throwaway_server())
        config.add_cleanup(stack.close)
        os.environ["DATABASE_URL"] = server.url()
        connection.settings_dict |= database_from_url(server.url())


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests of the served portal run in one worker, so that it is started once; those of a module as well.

    But for those with a group of their own: they wait for minutes on the clock, while the other workers work.
    """
    fixtures = getattr(item, "fixturenames", ())
    if "browser" in fixtures:
        item.add_marker("browser")
    # Not later: xdist reads the groups when all is collected.
    if not item.get_closest_marker("xdist_group"):
        group = "live_portal" if "live_portal" in fixtures else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """What takes longest begins first: the journeys, then the desk. Not before pytest-django has put its order in."""
    yield
    items.sort(key=_begins)


def _begins(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    group: str = marker.args[0] if marker else ""
    first = ("life", "live_portal", "supervised_portal", "tests/staff/", "tests/portal/", "tests/summaries/")
    return next((place for place, start in enumerate(first) if group.startswith(start)), len(first))


def pytest_collection_finish() -> None:
    """As in the web server: the suite took 706 s without, 605 s with it."""
    collect_seldom()


_browser_loop: list[asyncio.AbstractEventLoop] = []
"""Playwright's event loop, while there is a browser: between its calls it counts as running in this thread."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests with a browser find Playwright's event loop running, which ends without; all others find none.

    Before any fixture: Django keeps another connection while a loop runs.
    """
    _take_up(_browser_loop if "browser" in getattr(item, "fixturenames", ()) else [])


def _take_up(loops: list[asyncio.AbstractEventLoop]) -> None:
    asyncio._set_running_loop(loops[0] if loops else None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The migrated test database with the shipped directories, also where only copies of it are asked for."""
    with django_db_blocker.unblock():
        before = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        load_directories()
    yield
    with django_db_blocker.unblock():
        leave_database()
        teardown_databases(before, verbosity=0)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language the one before asked for."""
    translation.activate("en")
    yield
    translation.deactivate_all()


@pytest.fixture
def noon() -> datetime:
    """The moment of these tests: 23 November 2026, 12:00 in Baghdad."""
    return NOON


@pytest.fixture
def patient_verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verifier waits for a machine that other tests keep busy, where it would ask people to come again."""
    monkeypatch.setattr(examine, "BOUNDS", replace(examine.BOUNDS, wall_s=60, wait_s=60))
    monkeypatch.setattr(edition_file, "BOUNDS", replace(edition_file.BOUNDS, wall_s=60, wait_s=60))


@pytest.fixture
def editor(db: None) -> User:
    return make_user("editor")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer")


@pytest.fixture
def auditor(db: None) -> User:
    return make_user("auditor")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user("administrator")


@pytest.fixture(scope="module")
def one_for_all_tests(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a module's own fixtures write is there for each of its tests, and gone after the last.

    Each test runs in a savepoint inside, so that none sees what another wrote.
    """
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module")
def shipped_draft(one_for_all_tests: None) -> int:
    """The shipped record as a draft, written once for a module's tests; each finds it as it was."""
    return first_agreement().pk


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Django on a database of this test's own, where commits are real; its name.

    For threads and other processes. The usual way, emptying all tables afterwards, is refused by
    the append-only tables.
    """
    with django_db_blocker.unblock(), copied_database() as name:
        before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


@pytest.fixture
def start_worker(committed_db: str) -> Iterator[StartWorker]:
    """Starts workers, as they are run in production, on the test's own database; kills them afterwards."""
    own = {"DATABASE_URL": database_url(name=committed_db), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        environment = os.environ | own  # with what the test has set meanwhile
        command = [sys.executable, "manage.py", "run_worker"]
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def live_portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """A served portal with the first agreement published, on a database of its own."""
    with django_db_blocker.unblock(), served_portal(tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("no browser: chromium is missing (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_CHROMIUM_FLAGS)
        _browser_loop.append(asyncio.get_running_loop())
        yield browser
        _take_up(_browser_loop)
        browser.close()
    _browser_loop.clear()
    _take_up([])


@pytest.fixture
def page(browser: Browser, live_portal: Portal) -> Iterator[Page]:
    """A fresh browser page without cookies; ``page.goto("/en/")`` is relative to the live portal."""
    context = browser.new_context(base_url=live_portal.url)
    yield context.new_page()
    context.close()
