"""The second factor: setting one up, using it, taking it away. Who uses one has shown a password before."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow
from nabij.kernel.secrets import seal
from nabij.signin import codes, events, queries, totp
from nabij.signin.models import Factor

WRONG_CODE = _("Deze code klopt niet, of ze is al gebruikt. Wacht op de volgende code en probeer opnieuw.")
MOST_PASSKEYS = 8


@transaction.atomic
def add_app(*, by: Actor, secret: str, code: str, now: datetime) -> Factor:
    """Set up an app with codes, of which this is one now; raises `BadInput` for another code, `NotNow` for a second app."""
    step = totp.accept(secret, code, now=now, after=0)
    if step is None:
        raise BadInput(_("Deze code klopt niet. Kijk of de klok van je telefoon juist staat."), field="code")
    return _added(by, Factor.Kind.APP, {"secret": secret}, now, last_step=step)


@transaction.atomic
def add_passkey(*, by: Actor, credential: dict[str, Any], name: str, now: datetime) -> Factor:
    """Keep a passkey or security key under a name; raises `NotNow` when there are many, or this one is there already."""
    there = queries.passkeys(by=by)
    if len(there) >= MOST_PASSKEYS:
        raise NotNow(_("Je hebt al acht sleutels. Haal er eerst een weg."))
    if any(queries.secret_of(one)["credential"] == credential["credential"] for one in there):
        raise NotNow(_("Deze sleutel staat er al."))
    return _added(by, Factor.Kind.PASSKEY, credential, now, name=name.strip()[:60])


def _added(by: Actor, kind: str, secret: dict[str, Any], now: datetime, **more: Any) -> Factor:
    factor = Factor(
        municipality_id=by.municipality_id,
        worker_id=by.id,
        kind=kind,
        secret=seal(json.dumps(secret), use=queries.USE),
        added_at=now,
        added_by=by.id,
        **more,
    )
    with spoken():
        factor.save(force_insert=True)
    if kind != Factor.Kind.CODES:
        trail.record(events.FACTOR_ADDED, by=by, about=f"access.user:{by.id}", factor=kind)
    return factor


@transaction.atomic
def make_codes(*, by: Actor, now: datetime) -> list[str]:
    """Make new recovery codes, and return them: the only time that anybody can read them. Older ones are void."""
    Factor.objects.filter(worker_id=by.id, kind=Factor.Kind.CODES).delete()
    made = codes.fresh()
    _added(by, Factor.Kind.CODES, {"codes": [codes.hashed(one, worker=str(by.id)) for one in made]}, now)
    trail.record(events.CODES_MADE, by=by, about=f"access.user:{by.id}")
    return made


@transaction.atomic
def use_app(*, by: Actor, code: str, now: datetime) -> None:
    """Use a code of the app, once; raises `BadInput` for one that is wrong, too old, or was used before."""
    for app in Factor.objects.select_for_update().filter(worker_id=by.id, kind=Factor.Kind.APP):
        step = totp.accept(queries.secret_of(app)["secret"], code, now=now, after=app.last_step)
        if step is not None:
            app.last_step, app.last_used = step, now
            app.save(update_fields=["last_step", "last_used"])
            return
    raise BadInput(WRONG_CODE, field="code")


@transaction.atomic
def use_code(*, by: Actor, code: str, now: datetime) -> int:
    """Use a recovery code, once, and return how many are left; raises `BadInput` for one that is none."""
    for sheet in Factor.objects.select_for_update().filter(worker_id=by.id, kind=Factor.Kind.CODES):
        left = codes.without(queries.secret_of(sheet)["codes"], code, worker=str(by.id))
        if left is not None:
            sheet.secret, sheet.last_used = seal(json.dumps({"codes": left}), use=queries.USE), now
            sheet.save(update_fields=["secret", "last_used"])
            trail.record(events.CODE_USED, by=by, about=f"access.user:{by.id}", left=len(left))
            return len(left)
    raise BadInput(WRONG_CODE, field="code")


@transaction.atomic
def use_passkey(*, by: Actor, passkey: UUID, counter: int, now: datetime) -> None:
    """Note that a passkey was shown, with its counter; raises `BadInput` when it is gone."""
    factor = Factor.objects.select_for_update().filter(worker_id=by.id, id=passkey, kind=Factor.Kind.PASSKEY).first()
    if factor is None:
        raise BadInput(_("Deze sleutel is hier niet meer gekend."))
    secret = queries.secret_of(factor) | {"counter": counter}
    factor.secret, factor.last_used = seal(json.dumps(secret), use=queries.USE), now
    factor.save(update_fields=["secret", "last_used"])


@transaction.atomic
def remove_factor(*, by: Actor, factor: UUID, compulsory: bool) -> None:
    """Take an app or a passkey away; raises `NotNow` when it is gone, or the last one where a second step is compulsory.

    With the last one the recovery codes go as well.
    """
    mine = Factor.objects.select_for_update().filter(worker_id=by.id).exclude(kind=Factor.Kind.CODES)
    all_of_them = {one.id for one in mine}
    if factor not in all_of_them:
        raise NotNow(_("Die is al weg."))
    if compulsory and len(all_of_them) == 1:
        raise NotNow(_("Dit is je laatste. Stel eerst een andere in: zonder tweede stap kan je je niet aanmelden."))
    Factor.objects.filter(id=factor).delete()
    if len(all_of_them) == 1:
        Factor.objects.filter(worker_id=by.id).delete()
    trail.record(events.FACTOR_REMOVED, by=by, about=f"access.user:{by.id}")
