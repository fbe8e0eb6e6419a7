"""Roles of the staff: what editors, reviewers, auditors and administrators may do."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

_ACTS_OF_REVIEW: Final = ("approve_agreement", "publish_agreement", "withdraw_agreement", "answer_report", "retry_job")
_ACTS_OF_WRITING: Final = ("submit_agreement", "answer_report")

_RECORD: Final = Q(content_type__app_label="agreements") & ~Q(codename__regex="event$")
_VIEW: Final = Q(codename__startswith="view_")
_WRITE: Final = Q(codename__regex="^(add|change|delete)_")
_NEVER_BY_HAND: Final = Q(
    codename__regex="_(edition|logentry|summary|timelineentry|reviewcomment|acceptedwarning|textstate|confirmedtranslation"
    "|partylink|seallink|otherseal|othersealdecision|correction|report|attempts|staffprofile|dailyrun|digest|digestdelivery|reminder"
    "|delivery|origin|importrow|importname|importedagreement|savedmapping)$"
)
"""What only the desk's own acts write."""

_PEOPLE: Final = Q(content_type__app_label="auth", content_type__model__in=("user", "group"))

ROLES: Final = {
    "editor": _RECORD & (_VIEW | (_WRITE & ~_NEVER_BY_HAND) | Q(codename__in=_ACTS_OF_WRITING)),
    "reviewer": _RECORD & (_VIEW | Q(codename__in=_ACTS_OF_REVIEW)),
    "auditor": _VIEW & (Q(content_type__app_label__in=("agreements", "pghistory", "admin")) | _PEOPLE),
    # What readers write, with names and addresses, is for those who answer it and those who audit them.
    "administrator": _PEOPLE | (_RECORD & ((_VIEW & ~Q(codename="view_report")) | Q(codename="retry_job"))),
}
"""Each role's permissions, as a condition on Django's own."""


def update_roles() -> None:
    """Make the four groups, and give each exactly its permissions; safe to repeat."""
    for name, condition in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(condition))
