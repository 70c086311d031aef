"""Recovery codes: for who lost phone and key. Kept as keyed hashes only, each good once."""

import hashlib
import hmac
import secrets

MANY = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def fresh() -> list[str]:
    """Return new codes, of 49 bits each, as they are read aloud: two groups of five."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(MANY)]


def hashed(code: str, *, worker: str) -> str:
    """Return what is kept of a code: a hash bound to its worker; what is kept is encrypted as well."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hmac.new(f"nabij.codes:{worker}".encode(), plain.encode(), hashlib.sha256).hexdigest()


def without(kept: list[str], typed: str, *, worker: str) -> list[str] | None:
    """Return what is left when this code is used; None when it is none of them."""
    wanted = hashed(typed, worker=worker)
    left = [one for one in kept if not hmac.compare_digest(one, wanted)]
    return left if len(left) < len(kept) else None
