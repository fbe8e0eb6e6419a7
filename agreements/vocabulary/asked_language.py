"""The language of a reader who has not chosen one."""

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def asked_language(header: str) -> str:
    """The first of the portal's languages in an Accept-Language header (RFC 9110, section 12.5.4).

    Kurdish without a dialect means Central Kurdish where it names Iraq, Iran or the Arabic script.
    Cookies are not read, unlike in Django's own function: the answer may vary by this header only.
    """
    for wanted, _weight in parse_accept_lang_header(header.lower()):
        tag = "ckb" if wanted in {"ku-iq", "ku-ir"} or wanted.startswith("ku-arab") else wanted
        try:
            return translation.get_supported_language_variant(tag)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
