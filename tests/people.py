"""Staff for tests, one a role."""

from itertools import count

from django.contrib.auth.models import Group, User

from agreements.staff.roles import update_roles

_numbers = count(1)


def make_user(role: str | None = None) -> User:
    """A member of staff with this role; without a role, an account that may log in and nothing more."""
    user = User.objects.create_user(f"{role or 'nobody'}-{next(_numbers)}", password="secret", is_staff=True)
    if role is not None:
        if not Group.objects.filter(name=role).exists():
            update_roles()
        user.groups.add(Group.objects.get(name=role))
    return user
