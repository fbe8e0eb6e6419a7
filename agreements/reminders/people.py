"""Who is reminded of an agreement's key dates."""

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.register.models.agreements import Agreement

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def readers() -> QuerySet[User]:
    """Active members of staff who may read agreements: nobody else is told of one."""
    return User.objects.with_perm("agreements.view_agreement", backend=_BACKEND).filter(is_staff=True).order_by("pk")


def in_charge(user: User) -> Q:
    """The agreements in a person's charge, as a condition; two queries at most.

    Those in charge are the people named on the record. Where none of them is still on the staff, they are
    who last edited and who submitted it; where those are gone too, all editors: somebody is always told.
    """
    allowed = list(readers().values_list("pk", flat=True))
    if user.pk not in allowed:
        return Q(pk__in=())
    links = Agreement.people_in_charge.through._default_manager.filter(agreement_id=OuterRef("pk"))
    nobody_named = ~Exists(links.filter(user_id__in=allowed))
    named = Q(Exists(links.filter(user_id=user.pk)))
    wrote = Q(last_edited_by=user) | Q(submitted_by=user)
    condition = named | (nobody_named & wrote)
    editors = User.objects.with_perm("agreements.change_agreement", include_superusers=False, backend=_BACKEND)
    if editors.filter(pk=user.pk, is_staff=True).exists():
        condition |= nobody_named & ~Q(last_edited_by__in=allowed) & ~Q(submitted_by__in=allowed)
    return condition
