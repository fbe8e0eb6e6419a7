"""Keys that seal: in PKCS#12, PEM and tokens; what is wrong with them is said by the setting's name."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from agreements.summaries import keys, tokens
from agreements.summaries.errors import CertificateRefused, SealNotConfigured, TokenFailed
from agreements.summaries.keys import Sealer, current_sealer
from agreements.summaries.seal import seal_pdf
from agreements.summaries.trust import trusted_roots
from tests.authorities import Authority, Issued, authority, written_pem
from tests.summaries.plain import PLAIN
from tests.summaries.tokens import PIN, soft_token

PASSWORD = "only the operator knows"


@pytest.fixture(scope="module")
def ca() -> Iterator[Authority]:
    with authority() as one:
        yield one


@pytest.fixture(scope="module")
def issued(ca: Authority) -> dict[str, Issued]:
    return {"ec": ca.seal("A ministry", kind="ec"), "rsa": ca.seal("A ministry", kind="rsa")}


@pytest.fixture
def use(settings: Settings) -> Iterator[Callable[..., None]]:
    """Set settings; what an earlier test loaded is forgotten."""

    def setting(**named: object) -> None:
        for name, value in named.items():
            setattr(settings, name, str(value))

    yield setting
    keys._loaded = None


def holds(sealed: bytes, ca: Authority) -> bool:
    seal = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    status = validate_pdf_signature(seal, ValidationContext(trust_roots=[ca.root.asn1]))
    return bool(status.bottom_line) and sealed.startswith(PLAIN)


def seal_with(sealer: Sealer) -> bytes:
    return seal_pdf(PLAIN, sealer=sealer, level="B-B")


def named_pkcs12(issued: Issued, folder: Path) -> dict[str, object]:
    path = issued.pkcs12(folder / "seal.p12", password=PASSWORD)
    return {"SEAL_PKCS12": path, "SEAL_PKCS12_PASSWORD": PASSWORD}


def named_pem(issued: Issued, folder: Path, *, password: str = PASSWORD) -> dict[str, object]:
    return {
        "SEAL_PEM_KEY": issued.key_pem(folder / "seal.key", password=password),
        "SEAL_PEM_PASSWORD": password,
        "SEAL_CERTIFICATE": issued.certificate_pem(folder / "seal.pem"),
        "SEAL_CHAIN": issued.chain_pem(folder / "chain.pem"),
    }


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize("where", ["pkcs12", "pem", "pem without a password", "token"])
def test_seals_with_a_key_from(
    where: str, kind: str, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        if where == "pkcs12":
            use(**named_pkcs12(issued[kind], tmp_path))
        elif where == "token":
            token = stack.enter_context(soft_token(tmp_path, issued[kind], label=f"of {kind}"))
            use(**token.settings, SEAL_CHAIN=issued[kind].chain_pem(tmp_path / "chain.pem"))
        else:
            use(**named_pem(issued[kind], tmp_path, password="" if "without" in where else PASSWORD))

        sealer = current_sealer()

        assert holds(seal_with(sealer), ca)
        assert trusted_roots() == [ca.root.der]
        assert not sealer.is_development


class TestToken:
    # python-pkcs11 can't close a search in a session that is gone, and says so when it is thrown away.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_its_session_is_opened_again_when_it_is_lost(
        self, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path
    ) -> None:
        with soft_token(tmp_path, issued["ec"], label="lost") as token:
            use(**token.settings, SEAL_CHAIN=issued["ec"].chain_pem(tmp_path / "chain.pem"))
            sealer = current_sealer()
            seal_with(sealer)

            sealer.signer._token._session.close()  # type: ignore[attr-defined]

            assert holds(seal_with(sealer), ca)

    def test_serves_threads_and_a_process_that_was_forked(
        self, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path
    ) -> None:
        with soft_token(tmp_path, issued["ec"], label="shared") as token:
            use(**token.settings, SEAL_CHAIN=issued["ec"].chain_pem(tmp_path / "chain.pem"))
            sealer = current_sealer()
            sealed: list[bytes] = [seal_with(sealer)]
            threads = [threading.Thread(target=lambda: sealed.append(seal_with(sealer))) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

            child = os.fork()
            if child == 0:
                os._exit(0 if holds(seal_with(sealer), ca) else 1)

            assert os.waitpid(child, 0)[1] == 0
            assert len(sealed) == 5
            assert all(holds(one, ca) for one in sealed)
            assert holds(seal_with(sealer), ca)

    def test_a_wrong_pin_is_tried_once_so_that_the_token_is_not_locked(
        self, issued: dict[str, Issued], use: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with soft_token(tmp_path, issued["ec"], label="guarded") as token:
            certificate = issued["ec"].certificate_pem(tmp_path / "seal.pem")
            use(**token.settings | {"SEAL_PKCS11_PASSWORD": "9999"}, SEAL_CERTIFICATE=certificate)
            sealer = current_sealer()
            with pytest.raises(SealNotConfigured, match="MOC_SEAL_PKCS11_PIN"):
                seal_with(sealer)

            monkeypatch.setattr(tokens.pkcs11, "lib", lambda _module: pytest.fail("asked again"))

            with pytest.raises(SealNotConfigured, match="MOC_SEAL_PKCS11_PIN") as refusal:
                seal_with(sealer)
            assert "9999" not in str(refusal.value)

    def test_a_token_that_is_not_there_is_a_failure_that_may_pass(
        self, issued: dict[str, Issued], use: Any, tmp_path: Path
    ) -> None:
        with soft_token(tmp_path, issued["ec"], label="here") as token:
            certificate = issued["ec"].certificate_pem(tmp_path / "seal.pem")
            use(**token.settings | {"SEAL_PKCS11_TOKEN": "elsewhere"}, SEAL_CERTIFICATE=certificate)

            with pytest.raises(TokenFailed, match="MOC_SEAL_PKCS11_TOKEN"):
                seal_with(current_sealer())

    def test_a_key_that_is_not_in_it_is_named(self, issued: dict[str, Issued], use: Any, tmp_path: Path) -> None:
        with soft_token(tmp_path, issued["ec"], label="other key") as token:
            certificate = issued["ec"].certificate_pem(tmp_path / "seal.pem")
            use(**token.settings | {"SEAL_PKCS11_KEY": "unknown"}, SEAL_CERTIFICATE=certificate)

            with pytest.raises(SealNotConfigured, match="no key of that name: check MOC_SEAL_PKCS11_KEY"):
                seal_with(current_sealer())


class TestWrongSettings:
    @pytest.mark.parametrize(
        ("named", "said"),
        [
            ({"SEAL_PKCS12": "a.p12", "SEAL_PEM_KEY": "a.key"}, "MOC_SEAL_PKCS12 and MOC_SEAL_PEM_KEY are both set"),
            ({"SEAL_PEM_KEY": "a.key"}, "MOC_SEAL_CERTIFICATE"),
            ({"SEAL_PKCS12": "a.p12", "SEAL_CERTIFICATE": "a.pem"}, "remove MOC_SEAL_CERTIFICATE"),
            ({"SEAL_PKCS11_MODULE": "a.so"}, "MOC_SEAL_PKCS11_TOKEN"),
            ({"SEAL_PKCS11_MODULE": "a.so", "SEAL_PKCS11_TOKEN": "t"}, "MOC_SEAL_PKCS11_KEY"),
            (
                {"SEAL_PKCS11_MODULE": "a.so", "SEAL_PKCS11_TOKEN": "t", "SEAL_PKCS11_KEY_ID": "zz"},
                "MOC_SEAL_PKCS11_KEY_ID is not hexadecimal",
            ),
        ],
    )
    def test_are_said_by_name_and_by_the_check(self, named: dict[str, str], said: str, use: Any) -> None:
        use(**named)

        with pytest.raises(SealNotConfigured, match=said):
            current_sealer()

        assert [said in one.msg for one in run_checks() if one.id == "agreements.E011"] == [True]

    def test_a_wrong_password_is_said_without_it(self, issued: dict[str, Issued], use: Any, tmp_path: Path) -> None:
        use(**named_pkcs12(issued["ec"], tmp_path) | {"SEAL_PKCS12_PASSWORD": "wrong guess"})

        with pytest.raises(SealNotConfigured, match="MOC_SEAL_PKCS12_PASSWORD") as refusal:
            current_sealer()

        assert "wrong guess" not in f"{refusal.value!r}{refusal.value.__cause__!r}"

    def test_a_key_of_another_certificate_is_refused(self, issued: dict[str, Issued], use: Any, tmp_path: Path) -> None:
        use(**named_pem(issued["ec"], tmp_path))
        issued["rsa"].certificate_pem(tmp_path / "seal.pem")

        with pytest.raises(SealNotConfigured, match="not that of its certificate"):
            current_sealer()

    def test_a_file_without_certificates_is_named(self, issued: dict[str, Issued], use: Any, tmp_path: Path) -> None:
        use(**named_pem(issued["ec"], tmp_path))
        (tmp_path / "chain.pem").write_text("nothing here")

        with pytest.raises(SealNotConfigured, match="MOC_SEAL_CHAIN"):
            current_sealer()

    @pytest.mark.parametrize(("days", "since", "said"), [(-1, 30, "ended on"), (30, -1, "is valid from")])
    def test_nothing_is_sealed_outside_the_certificate_s_time(
        self, days: int, since: int, said: str, ca: Authority, use: Any, tmp_path: Path
    ) -> None:
        use(**named_pkcs12(ca.seal(days=days, since=since), tmp_path))

        with pytest.raises(CertificateRefused, match=said):
            seal_with(current_sealer())


class TestRotation:
    def test_a_replaced_file_is_taken_by_the_running_process(
        self, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path
    ) -> None:
        use(**named_pkcs12(issued["ec"], tmp_path))
        current_sealer()

        ca.seal("The new one").pkcs12(tmp_path / "new.p12", password=PASSWORD).rename(tmp_path / "seal.p12")

        assert current_sealer().name == "The new one"

    def test_the_old_key_goes_on_while_the_new_files_do_not_fit(
        self, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        use(**named_pem(issued["ec"], tmp_path))
        new = ca.seal("The new one")
        current_sealer()

        new.certificate_pem(tmp_path / "seal.pem")
        between = current_sealer()
        new.key_pem(tmp_path / "seal.key", password=PASSWORD)

        assert between.name == "A ministry"
        assert "act=load_seal_key keeps=A ministry" in caplog.text
        assert current_sealer().name == "The new one"

    def test_former_certificates_stay_trusted(
        self, issued: dict[str, Issued], ca: Authority, use: Any, tmp_path: Path
    ) -> None:
        with authority("The next root") as after:
            use(**named_pkcs12(after.seal(), tmp_path))
            use(SEAL_FORMER_CERTIFICATES=written_pem(tmp_path / "former.pem", ca.root.certificate))

            assert trusted_roots() == [after.root.der, ca.root.der]


def test_no_secret_shows_in_what_is_printed(issued: dict[str, Issued], use: Any, tmp_path: Path) -> None:
    with soft_token(tmp_path, issued["ec"], label="quiet") as token:
        use(**token.settings)
        sealer = current_sealer()

        shown = f"{sealer!r} {vars(sealer)!r} {sealer.signer!r} {vars(sealer.signer)!r} {keys._loaded!r}"

    assert PIN not in shown
