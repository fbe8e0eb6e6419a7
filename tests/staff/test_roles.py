"""What each role may do, act by act."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from agreements.staff.roles import ROLES, update_roles
from tests.people import make_user

pytestmark = pytest.mark.django_db

MAY = {
    "editor": {
        "agreements.change_agreement",
        "agreements.add_organization",
        "agreements.submit_agreement",
        "agreements.answer_report",
    },
    "reviewer": {
        "agreements.view_agreement",
        "agreements.approve_agreement",
        "agreements.publish_agreement",
        "agreements.withdraw_agreement",
    },
    "auditor": {"agreements.view_agreement", "agreements.view_agreementevent", "auth.view_user"},
    "administrator": {"auth.add_user", "auth.change_group", "agreements.view_agreement"},
}


class TestRoles:
    @pytest.mark.parametrize("role", ROLES)
    def test_may_do_its_own_work(self, role: str) -> None:
        assert make_user(role).has_perms(MAY[role])

    @pytest.mark.parametrize(
        ("role", "permission"),
        [
            ("editor", "agreements.publish_agreement"),
            ("editor", "agreements.approve_agreement"),
            ("editor", "auth.change_user"),
            ("reviewer", "agreements.change_agreement"),
            ("reviewer", "agreements.submit_agreement"),
            ("editor", "agreements.change_report"),
            ("auditor", "agreements.answer_report"),
            ("administrator", "agreements.view_report"),
            ("administrator", "agreements.change_agreement"),
            ("administrator", "agreements.publish_agreement"),
        ],
    )
    def test_may_not_do_the_work_of_others(self, role: str, permission: str) -> None:
        assert not make_user(role).has_perm(permission)

    def test_an_auditor_changes_nothing(self) -> None:
        assert all(
            "." in name and name.split(".")[1].startswith("view_")
            for name in make_user("auditor").get_all_permissions()
        )

    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_changes_what_is_published_or_recorded(self, role: str) -> None:
        permissions = make_user(role).get_all_permissions()

        for model in ("edition", "logentry", "agreementevent"):
            for act in ("add", "change", "delete"):
                assert f"agreements.{act}_{model}" not in permissions

    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_writes_reminders_or_another_s_settings_by_hand(self, role: str) -> None:
        permissions = make_user(role).get_all_permissions()

        for model in ("staffprofile", "dailyrun", "digest", "digestdelivery", "reminder"):
            for act in ("add", "change", "delete"):
                assert f"agreements.{act}_{model}" not in permissions


class TestUpdateRoles:
    def test_gives_a_role_exactly_its_permissions_again(self) -> None:
        update_roles()
        editors = Group.objects.get(name="editor")
        before = set(editors.permissions.all())
        editors.permissions.set(Permission.objects.filter(codename="delete_user"))

        update_roles()

        assert set(editors.permissions.all()) == before

    def test_leaves_people_in_their_roles(self) -> None:
        editor: User = make_user("editor")

        update_roles()

        assert editor.groups.filter(name="editor").exists()
