"""The calendar of a member of staff at its private address: whoever knows the address may read it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.reminders.feed import calendar_of
from agreements.reminders.profile import profile_with_secret
from agreements.staff.preview import kept_from_others
from agreements.vocabulary.zone import day_in_baghdad


@require_safe
@kept_from_others
def calendar(_request: HttpRequest, secret: str) -> HttpResponse:
    """No session, no cookie; a wrong or revoked address answers 404 and does not say which of the two."""
    profile = profile_with_secret(secret)
    if profile is None:
        return HttpResponse("There is no calendar at this address.\n", status=404, content_type="text/plain")
    return HttpResponse(
        calendar_of(profile, today=day_in_baghdad(timezone.now())),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="key-dates.ics"', "Content-Language": profile.language},
    )
