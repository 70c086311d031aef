"""What only its author may read is encrypted with a key that is kept outside the database."""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import NotNow

PROOF = 32  # of a Fernet token: its last bytes, made with the first half of the key


class KeyIsGone(NotNow):
    """The key with which this was sealed is not here."""


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
    """Return the text again; raises `KeyIsGone` when the key of this installation, or of this use, does not fit."""
    try:
        return _box(use).decrypt(bytes(token)).decode()
    except InvalidToken:
        raise _gone() from None


def reseal(token: bytes, *, use: str = "") -> bytes:
    """Return the same text sealed with the newest key; raises `KeyIsGone`."""
    try:
        return _box(use).rotate(bytes(token))
    except InvalidToken:
        raise _gone() from None


def sealed_with(token: bytes, *, use: str = "") -> int | None:
    """Return which of the keys, 0 the newest, sealed a text, by its proof alone: nothing is opened; None when none did."""
    try:
        raw = base64.urlsafe_b64decode(bytes(token))
    except ValueError:
        return None
    for number, key in enumerate(settings.NABIJ_NOTES_KEY.split(",")):
        signing = base64.urlsafe_b64decode(_of_use(key, use))[:16]
        if hmac.compare_digest(hmac.digest(signing, raw[:-PROOF], "sha256"), raw[-PROOF:]):
            return number
    return None


def _gone() -> KeyIsGone:
    return KeyIsGone(
        _(
            "Deze tekst is verzegeld met een sleutel die hier niet meer is. De tekst is er nog, en gaat weer open met een "
            "kopie van die sleutel. Vraag het de beheerder."
        )
    )
