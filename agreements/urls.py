"""Gathers the faces' addresses; moc_portal/urls.py mounts them."""

from django.urls import URLPattern, URLResolver

neutral_urlpatterns: list[URLPattern | URLResolver] = []
"""Addresses without a language: permanent addresses, and what programs read."""

public_urlpatterns: list[URLPattern | URLResolver] = []
"""Addresses below /en/, /ar/ and /ckb/."""
