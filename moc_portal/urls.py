"""Addresses: neutral ones (permanent addresses, data, health), then those in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from agreements.urls import neutral_urlpatterns, other_side_urlpatterns, public_urlpatterns
from moc_portal import health
from moc_portal.language import redirect_to_language

urlpatterns = [
    path("", redirect_to_language, name="choose-language"),
    path("admin/", redirect_to_language),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("", include((neutral_urlpatterns, "agreements"), namespace="neutral")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include((other_side_urlpatterns, "agreements"), namespace="confirm")),
        path("", include((public_urlpatterns, "agreements"), namespace="site")),
        prefix_default_language=True,
    ),
]

handler400 = "moc_portal.errors.bad_request"
handler403 = "moc_portal.errors.forbidden"
handler404 = "moc_portal.errors.not_found"
handler500 = "moc_portal.errors.server_error"
