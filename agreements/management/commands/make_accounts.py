"""One account a role, for a portal that has none yet."""

import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from agreements.staff.roles import ROLES, update_roles


class Command(BaseCommand):
    help = (
        "Bring the four roles up to date; where there is no staff account yet, make one for each role "
        "with a random password that is printed once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", metavar="NAME", help="give this account a new random password, and print it")

    @transaction.atomic
    def handle(self, *args: Any, reset: str | None = None, **options: Any) -> None:
        update_roles()
        if reset is not None:
            self._reset(reset)
        elif User.objects.filter(is_staff=True).exists():
            self.stdout.write("    there are staff accounts already: nothing to do")
        else:
            for role in ROLES:
                account = User.objects.create_user(role, is_staff=True)
                account.groups.add(Group.objects.get(name=role))
                self._give_password(account)

    def _reset(self, name: str) -> None:
        account = User.objects.filter(username=name, is_active=True).first()
        if account is None:
            raise CommandError(f"There is no active account {name}.")
        self._give_password(account)

    def _give_password(self, account: User) -> None:
        password = secrets.token_urlsafe(15)
        account.set_password(password)
        account.save(update_fields=["password"])
        self.stdout.write(f"    account {account.username:<14} password {password}   (shown once)")
