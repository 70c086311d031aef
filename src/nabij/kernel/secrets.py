"""What only its author may read is encrypted with a key that is kept outside the database."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import Refusal


@cache
def _box(use: str = "") -> MultiFernet:
    # Several keys, newest first, separated by commas: so a key can be rotated.
    return MultiFernet([Fernet(_of_use(key, use)) for key in settings.NABIJ_NOTES_KEY.split(",")])


def _of_use(key: str, use: str) -> bytes:
    if not use:
        return key.encode()
    derived = HKDF(SHA256(), 32, None, f"nabij {use}".encode()).derive(base64.urlsafe_b64decode(key))
    return base64.urlsafe_b64encode(derived)


def seal(text: str, *, use: str = "") -> bytes:
    """Return the text, encrypted; another `use` than notes has a key of its own, derived from theirs."""
    return _box(use).encrypt(text.encode())


def unseal(token: bytes, *, use: str = "") -> str:
    """Return the text again; raises `Refusal` when the key of this installation, or of this use, does not fit."""
    try:
        return _box(use).decrypt(bytes(token)).decode()
    except InvalidToken:
        raise Refusal(
            _("Deze tekst is verzegeld met een sleutel die hier niet meer is. Vraag het de beheerder.")
        ) from None
