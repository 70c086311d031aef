"""Where backups are kept: their names, the folder, and how long; and the pair of keys that somebody begins with."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nabij.config import embedded, roles
from nabij.config.backups import age, making, marks
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

FOLDER, DAYS = "NABIJ_BACKUP_FOLDER", "NABIJ_BACKUP_DAYS"
KEPT_DAYS = 30  # what was erased in Nabij is gone from its backups too after this
NAME = "nabij-%Y%m%d-%H%M%S.tar.gz.age"
DRAFT = ".nabij-*.part"


def folder() -> Path:
    """Return the folder for backups: `NABIJ_BACKUP_FOLDER`, or one in the folder of Nabij."""
    return Path(os.environ.get(FOLDER) or embedded.project_folder() / "backups").absolute()


def name(now: datetime) -> str:
    """Return the name of a backup made now."""
    return f"{now.astimezone(UTC):{NAME}}"


def make(file: Path, *, now: datetime) -> marks.Mark:
    """Make a backup of the database that Django uses now; raises `Refusal`."""
    from django.db import connections

    used = connections["owner"].settings_dict["NAME"]
    return making.back_up(roles.Addresses.from_environment(), file, now=now, dbname=used)


def tidy(now: datetime) -> list[Path]:
    """Remove the backups in the folder that are older than is kept, never the newest, and return them."""
    made = sorted((when, file) for file in folder().glob("nabij-*.age") if (when := _made(file)))
    limit = now.astimezone(UTC).replace(tzinfo=None) - timedelta(days=kept_days())
    old = [file for when, file in made[:-1] if when < limit]
    drafts = [file for file in folder().glob(DRAFT) if file.stat().st_mtime < (now - timedelta(days=1)).timestamp()]
    for file in [*old, *drafts]:
        file.unlink(missing_ok=True)
    return old


def kept_days() -> int:
    """Return how many days backups are kept; raises `Refusal` when that is no number of days."""
    said = os.environ.get(DAYS) or str(KEPT_DAYS)
    if not said.isdecimal() or int(said) < 1:
        raise Refusal(_("NABIJ_BACKUP_DAYS is geen aantal dagen: {said}. Geef een getal, zoals 30.").format(said=said))
    return int(said)


def new_key(file: Path) -> str:
    """Write a new secret key to a file that is not there yet, and return the public one; raises `Refusal`."""
    public, secret = age.new_key()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"# public key: {public}\n{secret}\n")
    except FileExistsError:
        raise Refusal(
            _("{file} is er al, en een sleutel wordt nooit overschreven. Kies een andere naam.").format(file=file)
        ) from None
    except OSError as error:
        raise Refusal(_("De sleutel kan niet naar {file}: {why}.").format(file=file, why=error.strerror)) from None
    return public


def _made(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name, NAME)  # noqa: DTZ007  # in UTC, as `name` writes it
    except ValueError:
        return None
