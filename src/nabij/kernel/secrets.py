"""What only its author may read is encrypted with a key that is kept outside the database."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import Refusal


@cache
def _box() -> MultiFernet:
    # Several keys, newest first, separated by commas: so a key can be rotated.
    return MultiFernet([Fernet(key) for key in settings.NABIJ_NOTES_KEY.split(",")])


def seal(text: str) -> bytes:
    """Return the text, encrypted."""
    return _box().encrypt(text.encode())


def unseal(token: bytes) -> str:
    """Return the text again; raises `Refusal` when the key of this installation does not fit."""
    try:
        return _box().decrypt(bytes(token)).decode()
    except InvalidToken:
        raise Refusal(
            _("Deze tekst is verzegeld met een sleutel die hier niet meer is. Vraag het de beheerder.")
        ) from None
