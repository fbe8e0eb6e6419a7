"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from moc_portal.collector import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moc_portal.settings")
_django = get_wsgi_application()

from moc_portal.pages.opened import opened_store  # noqa: E402  # needs Django set up
from moc_portal.rates import opened_rates  # noqa: E402

application = opened_rates(opened_store(_django))
collect_seldom()
