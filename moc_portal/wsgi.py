"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from moc_portal.collector import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moc_portal.settings")
application = get_wsgi_application()
collect_seldom()
