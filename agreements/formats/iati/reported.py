"""Editions as this portal reports them: by its settings."""

from datetime import date

from django.conf import settings

from agreements.editions.models import Edition
from agreements.formats.iati.subject import Reporter, Subject
from agreements.formats.licence import Licence


def reported(edition: Edition, *, as_of: date) -> Subject:
    """An edition with the portal's reporting organisation, address and licence; ``as_of`` is a day in Baghdad."""
    return Subject(
        edition,
        as_of=as_of,
        reporter=Reporter(**settings.IATI_REPORTING_ORG),
        origin=settings.PUBLIC_ORIGIN,
        licence=declared_licence(),
    )


def declared_licence() -> str:
    """Name and address of the licence that the operator gives the data; empty where none is declared."""
    name: str = settings.DATA_LICENCE_NAME
    return str(Licence(name, settings.DATA_LICENCE_URL)) if name else ""
