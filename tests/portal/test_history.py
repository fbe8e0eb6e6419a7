from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pghistory.models import Context
from pytest_django import Settings

from agreements.register.models.directories import Principle
from moc_portal.history import StaffHistoryMiddleware, client_address


def write(request: HttpRequest) -> HttpResponse:
    Principle.objects.create(key="trace", name_en="Trace")
    return HttpResponse()


class TestStaffHistoryMiddleware:
    def test_keeps_who_where_and_from_which_address(self, editor: User, rf: RequestFactory) -> None:
        request = rf.post("/ar/admin/agreements/principle/add/", REMOTE_ADDR="192.0.2.7")
        request.user = editor

        StaffHistoryMiddleware(write)(request)

        assert Context.objects.get().metadata == {
            "user": editor.pk,
            "url": "/ar/admin/agreements/principle/add/",
            "address": "192.0.2.7",
        }

    def test_asks_nothing_of_readers(self, rf: RequestFactory) -> None:
        request = rf.post("/en/verify/")  # it has no session and no user: asking for them would fail

        assert StaffHistoryMiddleware(lambda _request: HttpResponse("read"))(request).content == b"read"


class TestClientAddress:
    def test_is_the_peer_by_default_whatever_the_client_claims(self, rf: RequestFactory) -> None:
        request = rf.get("/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "203.0.113.9"})

        assert client_address(request) == "192.0.2.7"

    def test_is_what_the_trusted_proxy_saw(self, rf: RequestFactory, settings: Settings) -> None:
        settings.TRUST_PROXY = True
        request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "203.0.113.9, 192.0.2.7"})

        assert client_address(request) == "192.0.2.7"
