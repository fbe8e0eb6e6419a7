"""Real PKCS#11 tokens: SoftHSM, in a folder of the test's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest

from tests.authorities import Issued

PIN = "8423-correct-horse"
_PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@dataclass(frozen=True)
class SoftToken:
    """A token that holds a key named ``seal`` with the id ``0a``; ``settings`` name it, with its PIN."""

    module: str
    folder: Path
    label: str

    @property
    def settings(self) -> dict[str, str]:
        return {
            "SEAL_PKCS11_MODULE": self.module,
            "SEAL_PKCS11_TOKEN": self.label,
            "SEAL_PKCS11_KEY": "seal",
            "SEAL_PKCS11_KEY_ID": "0a",
            "SEAL_PKCS11_PASSWORD": PIN,
        }


@contextmanager
def soft_token(folder: Path, issued: Issued, *, label: str, with_certificate: bool = True) -> Iterator[SoftToken]:
    """A token with this key, which SoftHSM never gives out again."""
    module = next((place for place in _PLACES if Path(place).exists()), "")
    if not module or shutil.which("softhsm2-util") is None:
        pytest.skip("no token: softhsm2 is missing (on Debian: apt-get install softhsm2)")
    (folder / "tokens").mkdir(exist_ok=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before, os.environ["SOFTHSM2_CONF"] = os.environ.get("SOFTHSM2_CONF"), str(configuration)
    try:
        _run("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0000-so-pin")
        key = issued.key_pem(folder / f"{label}.key")
        _run("--import", str(key), "--token", label, "--label", "seal", "--id", "0a", "--pin", PIN)
        key.unlink()
        # A library that was loaded before reads its folder only once.
        library = pkcs11.lib(module)
        library.reinitialize()
        if with_certificate:
            with library.get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
                session.create_object(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                        pkcs11.Attribute.TOKEN: True,
                        pkcs11.Attribute.LABEL: "seal",
                        pkcs11.Attribute.ID: b"\x0a",
                        pkcs11.Attribute.SUBJECT: issued.asn1.subject.dump(),
                        pkcs11.Attribute.VALUE: issued.der,
                    }
                )
        yield SoftToken(module, folder, label)
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


def _run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
