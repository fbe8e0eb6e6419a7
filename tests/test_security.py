"""What every public answer carries, and what it never does; asked of a served portal."""

import http.client
from urllib.parse import urlsplit

import pytest

from moc_portal.bodies import MAX_BODY_BYTES
from tests.portals import Portal

RECORD = "agreements/MOC-0001"
IN_A_LANGUAGE = (
    "",
    "agreements/",
    f"{RECORD}/",
    f"{RECORD}/editions/",
    f"{RECORD}/editions/1/",
    f"{RECORD}/editions/?older=1&newer=1",
    f"{RECORD}/editions/1/compare/1/",
    f"{RECORD}/summary.pdf",
    f"{RECORD}/report/",
    "reports/",
    "verify/",
    "verify/?code=AAAA",
    "about/",
    "no-such-page/",
    "agreements/MOC-9999/",
)
PUBLIC = (
    "/", "/id/MOC-0001", "/id/MOC-0001.json", "/id/MOC-0001/1", "/nothing-here", "/health/live", "/health/ready",
    "/api/v1/agreements", "/api/v1/nothing",
    *(f"/{language}/{page}" for language in ("en", "ar", "ckb") for page in IN_A_LANGUAGE),
)  # fmt: skip


def ask(
    portal: Portal, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=60)
    connection.request(method, path, headers=headers or {}, body=body)
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


class TestPublicAnswers:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_set_no_cookie_and_do_not_vary_by_one(self, live_portal: Portal, path: str) -> None:
        response = ask(live_portal, path, headers={"Cookie": "sessionid=somebody; django_language=ar"})

        assert response.status < 500
        assert response.getheader("Set-Cookie") is None
        assert "cookie" not in response.getheader("Vary", "").lower()

    @pytest.mark.parametrize("path", PUBLIC)
    def test_carry_the_strict_headers(self, live_portal: Portal, path: str) -> None:
        response = ask(live_portal, path)

        policy = response.getheader("Content-Security-Policy", "")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert response.getheader("X-Content-Type-Options") == "nosniff"
        assert response.getheader("X-Frame-Options") == "DENY"
        assert response.getheader("Referrer-Policy") == "same-origin"
        assert response.getheader("Cross-Origin-Opener-Policy") == "same-origin"
        assert "camera=()" in response.getheader("Permissions-Policy", "")

    @pytest.mark.parametrize("path", ["/en/", "/ar/agreements/MOC-0001/", "/id/MOC-0001.json", "/api/v1/log"])
    def test_are_not_sent_again_while_they_are_the_same(self, live_portal: Portal, path: str) -> None:
        tag = ask(live_portal, path).getheader("ETag")
        assert tag is not None

        again = ask(live_portal, path, headers={"If-None-Match": tag})

        assert again.status == 304
        assert again.body == b""

    def test_of_the_api_come_compressed_and_say_what_is_left(self, live_portal: Portal) -> None:
        path = "/api/v1/agreements/MOC-0001/editions/1"
        first, second = (ask(live_portal, path, headers={"Accept-Encoding": coding}) for coding in ("br", "gzip"))

        assert [one.getheader("Content-Encoding") for one in (first, second)] == ["br", "gzip"]
        assert [one.getheader("RateLimit-Policy") for one in (first, second)] == ['"client";q=600;w=60'] * 2
        assert all(one.getheader("RateLimit", "").startswith('"client";r=5') for one in (first, second))

    def test_posting_to_the_verifier_sets_no_cookie_either(self, live_portal: Portal) -> None:
        response = ask(live_portal, "/en/verify/", method="POST", body=b"", headers={"Cookie": "sessionid=somebody"})

        assert response.status < 500
        assert response.getheader("Set-Cookie") is None
        assert "cookie" not in response.getheader("Vary", "").lower()


class TestStaticFiles:
    def test_carry_the_policy_and_may_be_kept_for_ever(self, live_portal: Portal) -> None:
        page = ask(live_portal, "/en/").body.decode()
        style_sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]

        response = ask(live_portal, style_sheet)

        assert response.status == 200
        assert "immutable" in response.getheader("Cache-Control", "")
        assert "default-src 'none'" in response.getheader("Content-Security-Policy", "")


class TestStaffPages:
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_lead_strangers_to_the_login(self, live_portal: Portal, language: str) -> None:
        response = ask(live_portal, f"/{language}/admin/agreements/agreement/")

        assert response.status == 302
        assert response.getheader("Location", "").startswith(f"/{language}/admin/login/")

    def test_the_login_is_never_kept_by_caches(self, live_portal: Portal) -> None:
        response = ask(live_portal, "/en/admin/login/")

        assert response.status == 200
        assert "no-store" in response.getheader("Cache-Control", "")

    def test_the_form_s_cookie_is_out_of_reach_for_scripts_and_other_sites(self, live_portal: Portal) -> None:
        cookie = ask(live_portal, "/en/admin/login/").getheader("Set-Cookie", "")

        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_a_post_without_its_token_is_refused_in_words(self, live_portal: Portal) -> None:
        response = ask(live_portal, "/ar/admin/login/", method="POST", body=b"username=a&password=b")

        assert response.status == 403
        assert b'lang="ar"' in response.body

    def test_a_body_beyond_the_limit_is_refused_in_words_before_it_is_read(self, live_portal: Portal) -> None:
        response = ask(
            live_portal, "/en/admin/login/", method="POST", headers={"Content-Length": str(MAX_BODY_BYTES + 1)}
        )

        assert response.status == 413
        assert b"64 MB" in response.body


class TestHosts:
    def test_an_unknown_host_is_refused(self, live_portal: Portal) -> None:
        assert ask(live_portal, "/en/", headers={"Host": "evil.example"}).status == 400
