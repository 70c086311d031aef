"""Keys of a demo or a development machine: made once, kept in one file that only its owner can read.

A real installation sets the variables itself, from its own store of secrets; then this file is neither read nor made.
"""

import base64
import json
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

FEWEST = 10  # different characters of a key that somebody did not type himself
NAMES = ("NABIJ_SECRET_KEY", "NABIJ_NOTES_KEY", "NABIJ_TRAIL_KEY")


def fresh() -> dict[str, str]:
    """Return new keys: of sessions, of sealed notes (Fernet) and of the trail's chain (32 bytes)."""
    return {
        "NABIJ_SECRET_KEY": secrets.token_urlsafe(48),
        "NABIJ_NOTES_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "NABIJ_TRAIL_KEY": secrets.token_hex(32),
    }


def are_good_for_notes(keys: str) -> bool:
    """Return whether this is a list, newest first, of different random keys of sealed texts."""
    each = keys.split(",")
    try:
        [Fernet(key) for key in each]
    except ValueError:
        return False
    return len(set(each)) == len(each) and all(len(set(key)) >= FEWEST for key in each)


def kept(file: Path) -> dict[str, str]:
    """Return the keys of this file, made the first time; raises `Refusal` when the file is damaged."""
    if not file.exists():
        _make(file)
    file.chmod(0o600)
    try:
        keys = json.loads(file.read_text())
        return {name: str(keys[name]) for name in NAMES}
    except (ValueError, KeyError, TypeError):
        raise Refusal(
            _(
                "Het sleutelbestand {file} is beschadigd. Zet een kopie terug: zonder deze sleutels blijven verzegelde "
                "notities dicht. Is er niets te verliezen? Verwijder dan dat bestand en start met --fresh."
            ).format(file=file)
        ) from None


def export(file: Path) -> None:
    """Put the keys in the environment, where they are not set yet; raises `Refusal`."""
    if all(os.environ.get(name) for name in NAMES):
        return
    for name, key in kept(file).items():
        if not os.environ.get(name):
            os.environ[name] = key


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".keys-")  # born with 0600
    try:
        with os.fdopen(handle, "w") as out:
            json.dump(fresh(), out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)  # the first of two that start together wins; the other reads what it made
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
