import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from agreements.staff.roles import ROLES

pytestmark = pytest.mark.django_db


def make_accounts(*arguments: str) -> dict[str, str]:
    """Run the command; the passwords that it printed, by account."""
    printed = StringIO()
    call_command("make_accounts", *arguments, stdout=printed)
    return dict(re.findall(r"account (\S+)\s+password (\S+)", printed.getvalue()))


class TestMakeAccounts:
    def test_makes_one_account_a_role_that_can_log_in(self) -> None:
        passwords = make_accounts()

        assert list(passwords) == list(ROLES)
        for name, password in passwords.items():
            account = authenticate(username=name, password=password)
            assert account is not None
            assert [group.name for group in account.groups.all()] == [name]

    def test_prints_no_password_and_makes_nothing_the_second_time(self) -> None:
        make_accounts()
        User.objects.get(username="editor").delete()

        assert make_accounts() == {}
        assert not User.objects.filter(username="editor").exists()

    def test_makes_no_superuser(self) -> None:
        make_accounts()

        assert not User.objects.filter(is_superuser=True).exists()

    def test_gives_one_account_a_new_password(self) -> None:
        former = make_accounts()["editor"]

        passwords = make_accounts("--reset", "editor")

        assert list(passwords) == ["editor"]
        assert authenticate(username="editor", password=passwords["editor"]) is not None
        assert authenticate(username="editor", password=former) is None

    def test_refuses_to_reset_an_account_that_is_not_there(self) -> None:
        with pytest.raises(CommandError, match="There is no active account nobody"):
            make_accounts("--reset", "nobody")
