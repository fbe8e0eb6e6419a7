"""The page store of a process that serves."""

import os

from django.conf import settings
from django.core.cache import caches

from moc_portal.pages.build import Build
from moc_portal.pages.generation import Generations
from moc_portal.pages.shared import SharedPages
from moc_portal.pages.store import Application, PageStore
from moc_portal.pages.warm import Warmer
from moc_portal.pages.watch import Watch


def opened_store(application: Application) -> PageStore:
    """The store in front of Django's application, with the threads that keep it right and warm.

    They are started again in a child process: threads do not survive a fork.
    """
    build = Build()
    generations = Generations(build=build, memory_bytes=settings.PAGES_MEMORY_BYTES)
    shared = SharedPages(caches["pages"]) if "pages" in settings.CACHES else None
    store = PageStore(application, generations, shared=shared)
    watch, warmer = Watch(generations, build), Warmer(store, generations)

    def start() -> None:
        watch.start()
        warmer.start()

    os.register_at_fork(after_in_child=start)
    start()
    return store
