"""What the administrator says of a directory: its addresses, its rules, whom it knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Team, User
from nabij.access.roles import FUNCTIONS
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow
from nabij.kernel.secrets import seal
from nabij.signin.oidc import events, fetching, permissions, queries
from nabij.signin.oidc.actions.visits import end_visits
from nabij.signin.oidc.models import Directory, Link, Rule


@dataclass(frozen=True)
class Settings:
    """What a directory is called, where it is, and in which claims it says what."""

    kind: str
    name: str
    issuer: str
    client: str
    scope: str
    key_claim: str
    address_claim: str
    organisation_claim: str
    organisation: str
    proof_claim: str = ""
    proof_values: tuple[str, ...] = ()


@transaction.atomic
def set_up(*, by: Actor, settings: Settings, secret: str) -> Directory:
    """Set up a directory, closed until it is opened; raises `BadInput` for an address that Nabij may not ask."""
    permissions.manage_municipality(by)
    _check(settings)
    if not secret:
        raise BadInput(_("Geef het geheim dat de aanmelddienst voor Nabij maakte."), field="secret")
    made = Directory(municipality_id=by.municipality_id, secret=seal(secret, use=queries.USE), **_fields(settings))
    with spoken():
        made.save(force_insert=True)
    trail.record(events.SET_UP, by=by, about=_about(made.id), issuer=settings.issuer, name=settings.name)
    return made


@transaction.atomic
def change(*, by: Actor, directory: UUID, settings: Settings, secret: str = "") -> Directory:
    """Change a directory, and its secret when one is given; raises `BadInput`, `NotNow`. Another issuer loses its links."""
    permissions.manage_municipality(by)
    _check(settings)
    found = _found(directory)
    before = {name: getattr(found, name) for name in _fields(settings)}
    for name, value in _fields(settings).items():
        setattr(found, name, value)
    if secret:
        found.secret = seal(secret, use=queries.USE)
    with spoken():
        found.save()
    changed = sorted(name for name, value in _fields(settings).items() if before[name] != value)
    if {"issuer", "key_claim"} & set(changed):  # a key is of who gave it: elsewhere it is somebody else's
        Link.objects.filter(directory_id=found.id).delete()
        end_visits(by=by, directory=found.id)
    trail.record(events.CHANGED, by=by, about=_about(found.id), changed=changed, secret=bool(secret))
    return found


@transaction.atomic
def open_or_close(*, by: Actor, directory: UUID, is_open: bool) -> None:
    """Let workers in along a directory, or no longer: then who came in along it is out.

    Raises `NotLetIn` when it does not answer as it should, `NotNow` when it gives no function to anybody.
    """
    permissions.manage_municipality(by)
    found = _found(directory)
    if found.is_open == is_open:
        return
    if is_open:
        if not found.rules.exists():
            raise NotNow(_("Zeg eerst welke waarde welke functie geeft. Zonder die regels mag niemand binnen."))
        fetching.published(found.issuer)
    found.is_open = is_open
    found.save(update_fields=["is_open"])
    if not is_open:
        end_visits(by=by, directory=found.id)
    trail.record(events.OPENED if is_open else events.CLOSED, by=by, about=_about(found.id))


@transaction.atomic
def add_rule(*, by: Actor, directory: UUID, claim: str, value: str, function: str, team: UUID | None = None) -> Rule:
    """Let a value of a claim give a function; raises `BadInput` for an unknown function, `NotNow` for a rule that is there."""
    permissions.manage_municipality(by)
    if function not in FUNCTIONS:
        raise BadInput(_("Deze functie bestaat niet."), field="function")
    if team and not Team.objects.filter(id=team).exists():
        raise BadInput(_("Dit team bestaat niet."), field="team")
    claim, value = claim.strip(), value.strip()
    if not claim or not value:
        raise BadInput(_("Geef het gegeven en de waarde, zoals de aanmelddienst ze schrijft."), field="value")
    rule = Rule(
        municipality_id=by.municipality_id, directory=_found(directory), claim=claim, value=value, function=function,
        team_id=team,
    )  # fmt: skip
    with spoken():
        rule.save(force_insert=True)
    trail.record(events.RULE_ADDED, by=by, about=_about(directory), **_said(rule))
    return rule


@transaction.atomic
def drop_rule(*, by: Actor, rule: UUID) -> UUID:
    """Take a rule away, and return the key of its directory; functions end at the next sign-in. Raises `NotNow`."""
    permissions.manage_municipality(by)
    found = Rule.objects.filter(id=rule).first()
    if found is None:
        raise NotNow(_("Deze regel is al weg."))
    found.delete()
    trail.record(events.RULE_DROPPED, by=by, about=_about(found.directory_id), **_said(found))
    return found.directory_id


@transaction.atomic
def link(*, by: Actor, directory: UUID, worker: UUID, subject: str, now: datetime) -> Link:
    """Tie a worker to the lasting key that a directory has for him; raises `NotNow` when either is tied already."""
    permissions.manage_municipality(by)
    subject = subject.strip()
    if not subject or len(subject) > 255:
        raise BadInput(_("Geef de sleutel van deze medewerker bij de aanmelddienst."), field="subject")
    if not User.objects.filter(id=worker, municipality_id=by.municipality_id).exists():
        raise BadInput(_("Deze medewerker is er niet."), field="worker")
    made = Link(
        municipality_id=by.municipality_id, directory=_found(directory), worker_id=worker, subject=subject,
        linked_at=now, linked_by=by.id,
    )  # fmt: skip
    with spoken():
        made.save(force_insert=True)
    trail.record(events.LINKED, by=by, about=f"access.user:{worker}", subject=subject)
    return made


@transaction.atomic
def unlink(*, by: Actor, link: UUID) -> UUID:
    """Untie a worker, end what he opened along the directory, and return its key; raises `NotNow`."""
    permissions.manage_municipality(by)
    found = Link.objects.filter(id=link).first()
    if found is None:
        raise NotNow(_("Deze medewerker is al losgemaakt."))
    found.delete()
    end_visits(by=by, directory=found.directory_id, worker=found.worker_id)
    trail.record(events.UNLINKED, by=by, about=f"access.user:{found.worker_id}", subject=found.subject)
    return found.directory_id


def _said(rule: Rule) -> dict[str, Any]:
    return {"claim": rule.claim, "value": rule.value, "function": rule.function, "team": rule.team_id}


def _check(settings: Settings) -> None:
    fetching.check_issuer(settings.issuer)
    if "openid" not in settings.scope.split():
        raise BadInput(_("Het bereik (scope) bevat altijd het woord openid."), field="scope")
    if not settings.organisation or not settings.organisation_claim:
        raise BadInput(
            _("Zeg waaraan je ziet dat iemand van je gemeente is: het gegeven en de waarde."), field="organisation"
        )
    if settings.proof_values and not settings.proof_claim:
        raise BadInput(_("Zeg in welk gegeven staat hoe iemand zich aanmeldde."), field="proof_claim")


def _fields(settings: Settings) -> dict[str, Any]:
    return {**settings.__dict__, "proof_values": list(settings.proof_values)}


def _found(directory: UUID) -> Directory:
    found = Directory.objects.filter(id=directory).first()
    if found is None:
        raise NotNow(_("Deze aanmelddienst is er niet meer."))
    return found


def _about(directory: UUID) -> str:
    return f"oidc.directory:{directory}"
