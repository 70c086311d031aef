"""The demo city's place in a database: is it there, is it whole, and may it come here at all?

The mark stands in the comment of the database itself, so it comes and goes with what it describes.
"""

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from nabij.config import roles, surroundings
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

SIZES = ("small", "city")
WHOLE, BUILDING = "nabij demo: ", "nabij demo, unfinished: "
Say = Callable[[str], object]


def start_over(around: surroundings.Surroundings) -> None:
    """Drop the demo's database and make an empty one; raises `Refusal` when the server is not ours, or in use."""
    if around.admin is None:
        raise Refusal(
            _("--fresh wist alles, en doet dat alleen op de eigen server van de demo. Haal DATABASE_URL weg.")
        )
    roles.drop_database(around.addresses, around.admin)
    roles.bootstrap(around.addresses, around.admin)


def unfinished(around: surroundings.Surroundings) -> bool:
    """Return whether somebody stopped the building halfway."""
    with roles.connected(around.addresses.owner) as owner:
        return _mark(owner).startswith(BUILDING)


def ensure(around: surroundings.Surroundings, size: str, say: Say, progress: Callable[..., object]) -> None:
    """Build the city where there is nothing yet; raises `Refusal` when real municipalities stand here."""
    with roles.connected(around.addresses.owner) as owner:
        mark = _mark(owner)
        if mark.startswith(WHOLE):
            built = mark.removeprefix(WHOLE)
            if built != size:
                say(
                    _("Lindegem staat er al, in de maat {built}. Voor {size}: nabij demo --fresh --size {size}").format(
                        built=built, size=size
                    )
                )
            return
        if _has_municipalities(owner):
            raise Refusal(_("In deze database staan gemeenten die niet van de demo zijn. Gebruik hier nabij serve."))
        if importlib.util.find_spec("nabij.demo.build") is None:
            say(_("Lindegem is er nog niet: de bouwer ontbreekt in deze installatie."))
            return
        with _building(owner, size):
            start = time.monotonic()
            say(_("Lindegem bouwen ({size}) …").format(size=size))
            importlib.import_module("nabij.demo.build").build(size=size, progress=progress)
            say(_("Lindegem staat er, in {seconds} s.").format(seconds=round(time.monotonic() - start)))


@contextmanager
def _building(owner: psycopg.Connection, size: str) -> Iterator[None]:
    _set_mark(owner, BUILDING + size)
    yield
    _set_mark(owner, WHOLE + size)


def _mark(owner: psycopg.Connection) -> str:
    row = owner.execute(
        "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    ).fetchone()
    return str(row[0] or "") if row else ""


def _set_mark(owner: psycopg.Connection, mark: str) -> None:
    name = sql.Identifier(owner.info.dbname)
    owner.execute(sql.SQL("comment on database {} is {}").format(name, sql.Literal(mark)))


def _has_municipalities(owner: psycopg.Connection) -> bool:
    from django.apps import apps

    table = sql.Identifier(apps.get_model("territory", "Municipality")._meta.db_table)
    owner.execute("set nabij.maintenance = 'on'")  # the owner too sees nothing through a forced policy
    row = owner.execute(sql.SQL("select exists(select from {})").format(table)).fetchone()
    return bool(row and row[0])
