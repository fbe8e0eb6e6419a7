"""A key that never leaves its token: signing over PKCS#11, by a session that outlives whatever ends it."""

import logging
import os
import threading
from asyncio import to_thread
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import pkcs11
from asn1crypto.x509 import Certificate
from django.views.decorators.debug import sensitive_variables
from pkcs11 import Attribute, ObjectClass, PKCS11Error, Session
from pkcs11 import exceptions as refused
from pyhanko.sign.pkcs11 import select_pkcs11_signing_params
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.summaries.errors import SealNotConfigured, TokenFailed

_T = TypeVar("_T")
_PIN_REFUSED: Final = (
    refused.PinIncorrect, refused.PinInvalid, refused.PinLenRange, refused.PinLocked, refused.PinExpired,
    refused.UserPinNotInitialized,
)  # fmt: skip

logger = logging.getLogger(__name__)


class Token:
    """One key in one token. Opens its session when it is first needed, and again after a failure or in a new process.

    Only one thread signs at a time: a session can do no more (PKCS #11 2.40, 2.6).
    """

    @sensitive_variables("pin")
    def __init__(self, module: str, *, label: str, key_label: str, key_id: bytes, pin: str) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._wanted: dict[Attribute, Any] = {}
        if key_label:
            self._wanted[Attribute.LABEL] = key_label
        if key_id:
            self._wanted[Attribute.ID] = key_id
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._process = 0
        self._pin_was_refused = False

    def certificate(self) -> Certificate | None:
        """The certificate beside the key, under the same label and id; ``None`` where there is none, or several.

        Raises:
            SealNotConfigured, TokenFailed: as ``sign``.
        """
        wanted = self._wanted | {Attribute.CLASS: ObjectClass.CERTIFICATE}
        found = self._use(lambda session: [one[Attribute.VALUE] for one in session.get_objects(wanted)])
        return Certificate.load(found[0]) if len(found) == 1 else None

    def sign(self, data: bytes, *, parameters: Any) -> bytes:
        """The signature of the data, as a CMS message holds it.

        Raises:
            SealNotConfigured: the token, the key or the PIN is not what the settings say.
            TokenFailed: the token does not answer, also when its session is opened again.
        """

        def act(session: Session) -> bytes:
            (key,) = self._private_keys(session)
            signature: bytes = key.sign(parameters.pre_sign_transform(data), **parameters.sign_kwargs)
            finish = parameters.post_sign_transform
            return finish(signature) if finish else signature

        return self._use(act)

    def _private_keys(self, session: Session) -> list[Any]:
        found = list(session.get_objects(self._wanted | {Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
        if len(found) == 1:
            return found
        many = "several keys" if found else "no key"
        raise SealNotConfigured(
            f"The token has {many} of that name: check MOC_SEAL_PKCS11_KEY and MOC_SEAL_PKCS11_KEY_ID; set both where "
            "one is not enough."
        )

    def _use(self, act: Callable[[Session], _T]) -> _T:
        with self._lock:
            try:
                return act(self._open())
            except PKCS11Error as failure:
                logger.warning("act=reopen_token cause=%s", type(failure).__name__)
                self._drop()
            try:
                return act(self._open())
            except PKCS11Error as failure:
                self._drop()
                raise TokenFailed(
                    f"The token with the sealing key does not answer ({type(failure).__name__}): check that it is "
                    "there, MOC_SEAL_PKCS11_MODULE and MOC_SEAL_PKCS11_TOKEN."
                ) from failure

    def _open(self) -> Session:
        if self._session is not None and self._process == os.getpid():
            return self._session
        if self._pin_was_refused:
            # A token locks itself after a few wrong PINs: this process does not ask twice.
            raise SealNotConfigured(_WRONG_PIN)
        library = pkcs11.lib(self._module)
        if self._process:
            # After a failure or a fork the library has to look at its tokens anew (PKCS #11 2.40, 5.4).
            library.reinitialize()
        try:
            self._session = library.get_token(token_label=self._label).open(user_pin=self._pin or None)
        except _PIN_REFUSED as refusal:
            self._pin_was_refused = True
            raise SealNotConfigured(_WRONG_PIN) from refusal
        self._process = os.getpid()
        return self._session

    def _drop(self) -> None:
        session, self._session = self._session, None
        self._process = self._process or -1
        try:
            if session is not None:
                session.close()
        except PKCS11Error:
            logger.debug("act=close_token already closed")


_WRONG_PIN: Final = (
    "The token refuses the PIN: mend MOC_SEAL_PKCS11_PIN, then start the portal again. A token locks itself after a "
    "few wrong ones."
)


class TokenSigner(Signer):
    """Signs through a token."""

    def __init__(self, token: Token, certificate: Certificate, chain: Iterable[Certificate]) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._token = token

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(_longest_signature(self.signing_cert))
        # Raw: the token gets a hash. SoftHSM and some cards know no other mechanism for elliptic curves.
        parameters = select_pkcs11_signing_params(
            self.get_signature_mechanism_for_digest(digest_algorithm),
            digest_algorithm,
            use_raw_mechanism=True,
            sign_kwargs={},
        )
        return await to_thread(self._token.sign, data, parameters=parameters)


def _longest_signature(certificate: Certificate) -> int:
    """In bytes; the frame round the two numbers of an elliptic curve takes twelve at most (RFC 3279, 2.2.3)."""
    key = certificate.public_key
    size: int = key.byte_size
    return size if key.algorithm == "rsa" else 2 * size + 12
