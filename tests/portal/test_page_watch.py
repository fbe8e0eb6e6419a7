"""How a process learns what others have published: on a database where commits are real."""

import select

import psycopg2

from agreements.editions.log import append_edition
from agreements.vocabulary.languages import LocalisedText
from moc_portal.pages.build import Build
from moc_portal.pages.generation import Generations
from moc_portal.pages.watch import CHANNEL, Watch
from tests.conftest import NOON
from tests.databases import database_url
from tests.editions.contents import shipped
from tests.wait import wait_until


def publish() -> None:
    append_edition(shipped(), by="somebody", at=NOON, note=LocalisedText())


def sequence(generations: Generations) -> int | None:
    now = generations.at(generations.clock())
    return now.head.sequence if now else None


class TestWatch:
    def test_learns_of_a_publication_that_another_made(self, committed_db: str) -> None:
        build = Build()
        generations = Generations(build=build, memory_bytes=1024**2)
        watch = Watch(generations, build)
        watch.start()
        try:
            wait_until(lambda: sequence(generations) == 0, "the first look")
            publish()
            wait_until(lambda: sequence(generations) == 1, "the publication")
        finally:
            watch.stop()

    def test_is_woken_by_the_database(self, committed_db: str) -> None:
        listener = psycopg2.connect(database_url())
        listener.autocommit = True
        try:
            listener.cursor().execute(f"LISTEN {CHANNEL}")
            publish()
            select.select([listener], [], [], 60)
            listener.poll()

            assert [notice.channel for notice in listener.notifies] == [CHANNEL]
        finally:
            listener.close()
