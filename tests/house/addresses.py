"""Every address of the house, and a household in whose file there is something behind each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.factories import Town, enrol, household
from tests.rooms.oversight.looking import looked

from nabij.access import actions as access
from nabij.access.models import Post
from nabij.access.roles import Part
from nabij.advice import actions as advice
from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.casework.models import Note
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.households.actions import NewPerson
from nabij.households.models import ContactPoint, Membership
from nabij.informing import actions as informing
from nabij.informing.queries import Telling
from nabij.informing.texts import STANDARD_VERSION
from nabij.kernel.actor import Actor, acting
from nabij.oversight import actions as oversight
from nabij.oversight.policies import Named
from nabij.privacy import actions as privacy
from nabij.privacy import queries as of_privacy
from nabij.signin.oidc import actions as oidc
from nabij.signin.oidc.actions.setting_up import Settings
from nabij.signin.oidc.models import Directory

MOST = 15  # questions that a page may ask
IN_THE_FILE = "Een eigen bed voor Elif"
SEALED = "Wat zij alleen aan Wim vertelde"
COUPLE = (NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day"), NewPerson("Emre", "Yıldız", date(1988, 1, 2), "day"))


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)


ROUTES = sorted(routes())


@dataclass
class Lived:
    """A household with a file, and the key behind every word in an address."""

    here: Town
    household: UUID
    behind: dict[str, dict[str, Any]]
    more: dict[str, Any] = field(default_factory=dict)

    def addresses(self) -> dict[str, str]:
        """Return every address of which each part is there, by its name."""
        keys = {name: self._keys(name) for name, _parts in ROUTES}
        return {
            name: reverse(name, kwargs={part: keys[name][part] for part in parts})
            for name, parts in ROUTES
            if keys[name].keys() >= set(parts)
        }

    def of_household(self) -> dict[str, str]:
        """Return the addresses below the page of the household, and those of its goals and steps."""
        below = (f"/gezin/{self.household}/", "/doelen/", "/stappen/")
        return {name: address for name, address in self.addresses().items() if address.startswith(below)}

    def _keys(self, name: str) -> dict[str, Any]:
        return {"key": self.household, "household": self.household, **self.behind[""], **self.behind.get(name, {})}


def lived(here: Town) -> Lived:
    """Return a household of `here` that has one of everything; `here.worker` leads, and sealed a note."""
    by, today, now = here.worker, here.today, timezone.now()
    key = household(here, people=COUPLE, phones=("+32499000001",), asked=(Asked("housing", "te klein"),))
    of = {"by": by, "now": now, "today": today}
    needed = _needed(here)
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        goal = casework.add_goal(household=key, words=IN_THE_FILE, domain="housing", **of)
        step = casework.add_step(goal=goal.id, description="bellen", doer=Doer(), due_on=today, **of)
        casework.note_progress(goal=goal.id, text="het gaat", **of)
        for kind, text in (("shared", "x"), ("sealed", SEALED)):
            casework.write_note(household=key, kind=kind, text=text, about_on=today, **of)
        for expected in (0, 1):
            casework.freeze(household=key, outcome="agreed", reason="", expected=expected, **of)
        asked = advice.ask(household=key, expert=_expert(here), words=IN_THE_FILE, parts=Part.PLAN, **of)
        away = access.note_absence(
            by=by, worker=by.id, substitute=None, on=today + timedelta(days=90), until=None, now=now
        )
        meetings = [_meeting(here, key, minutes) for minutes in (-10, 60)]
        person = Membership.objects.get(household_id=key, person__given_name="Ayşe").person_id
        of_goal = {
            f"casework:{name}": {"key": goal.id} for name in ("goal-edit", "goal-close", "goal-progress", "step-add")
        }
        behind = {
            "": {"person": person, "number": 1, "other": 2, "slug": "lindegem"},
            **of_goal,
            "casework:step-edit": {"key": step.id},
            "casework:finish-step": {"key": step.id},
            "casework:note-sealed": {"key": Note.objects.get(household_id=key, kind="sealed").id},
            "desk:not-reachable": {"point": ContactPoint.objects.get(household_id=key).id},
            "desk:take-request": {"key": HelpRequest.objects.get(household_id=key).id},
            "desk:answer-request": {"key": HelpRequest.objects.get(household_id=key).id},
            "desk:close-appointment": {"key": meetings[0].id},
            "desk:received": {"key": Contact.objects.filter(household_id=key).values_list("id", flat=True)[0]},
            "desk:give-function": {"key": here.users["colleague"].id},
            "desk:end-function": {"key": Post.objects.filter(worker_id=here.users["colleague"].id).get().id},
            **{name: {"key": asked.id} for name in ("desk:question", "desk:take-back-question")},
            **{name: {"key": away.id} for name in ("desk:stand-in", "desk:back-again")},
            "desk:set-hours": {"key": here.centre.id},
            **_directory(here),
            **agreed(here, key),
            "signin:person": {"worker": here.users["colleague"].id},
            "signin:remove-factor": {"factor": goal.id},
            "signin:end-session": {"session": goal.id},
            "signin:invited": {"token": "geen"},
            "privacy:term": {"category": "file"},
            "privacy:hold": {"announcement": _announced(here)},
            "privacy:request": {"request_key": _asked(here, key, by)},
            "oversight:street": {"worker": by.id},
            **{f"oversight:emergency{page}": {"emergency": needed} for page in ("", "-back", "-review")},
            "oversight:finding": _late_look(here, key, by),
        }
    return Lived(here, key, behind)


def _directory(here: Town) -> dict[str, dict[str, Any]]:
    """Set up a directory that is open but does not answer, with one rule and one worker whom it knows."""
    by = here.administrator
    said = Settings(
        "entra", "Entra ID", "http://127.0.0.1:9/town/v2.0", "nabij", "openid", "oid", "email", "tid", "town"
    )
    with acting(by):
        made = oidc.set_up(by=by, settings=said, secret="geheim")
        rule = oidc.add_rule(by=by, directory=made.id, claim="roles", value="desk", function="front_desk")
        linked = oidc.link(
            by=by, directory=made.id, worker=here.users["desk"].id, subject="oid-desk", now=timezone.now()
        )
        Directory.objects.filter(id=made.id).update(is_open=True)
    names = ("leave", "back", "left", "directory", "change", "open", "add-rule", "link")
    return {
        **{f"oidc:{name}": {"directory": made.id} for name in names},
        "oidc:add": {"kind": "entra"},
        "oidc:drop-rule": {"rule": rule.id},
        "oidc:unlink": {"link": linked.id},
    }


def agreed(here: Town, key: UUID) -> dict[str, dict[str, Any]]:
    """Let the household agree to a referral, and return what stands behind the addresses of what it was told and agreed to."""
    yes = said_yes(here, key)
    behind: dict[str, dict[str, Any]] = {
        f"informing:{name}": {"key": yes} for name in ("answer", "answer-paper", "withdraw")
    }
    behind |= {f"informing:{name}": {"purpose": "referral", "language": "nl"} for name in ("paper", "text")}
    return behind | {"informing:explain": {"purpose": "help"}}


def said_yes(here: Town, key: UUID) -> UUID:
    """Let the household's adult agree to a referral, and return the key of that consent."""
    by, today = here.worker, here.today
    person = Membership.objects.get(household_id=key, person__given_name="Ayşe").person_id
    telling = Telling("referral", "nl", STANDARD_VERSION, "aloud")
    answer = informing.Answer("given", "CAW Zuid", today + timedelta(days=90), said_by=person)
    return informing.record_answer(
        by=by, household=key, person=person, telling=telling, answer=answer, on=today, today=today, now=timezone.now()
    ).id


def _needed(here: Town) -> UUID:
    """Return the key of an access in an emergency to another household of the case manager, that is given back."""
    by, now = here.neighbour, timezone.now()
    key = household(here, people=(NewPerson("Nood", "Geval", date(1980, 1, 2), "day"),))
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=now)
    with acting(by):
        whom = Named("Nood", "Geval", date(1980, 1, 2))
        made = oversight.ask_emergency(by=by, whom=whom, reason="gevaar", on=here.today, now=now)
        oversight.give_back(by=by, emergency=made.id, now=now)
    return made.id


def _announced(here: Town) -> UUID:
    """Let a night announce a household that came once, three years ago."""
    then = timezone.now() - timedelta(days=3 * 366)
    once = household(here, people=(NewPerson("Jef", "Peeters"),), now=then)
    operator = here.operator
    with acting(operator):
        privacy.announce(by=operator, now=timezone.now(), today=here.today)
    with acting(here.privacy_officer):
        found = of_privacy.candidates(by=here.privacy_officer, today=here.today, only=once)[0]
    assert found.announced_id
    return found.announced_id


def _asked(here: Town, key: UUID, by: Actor) -> UUID:
    now, today = timezone.now(), here.today
    return privacy.ask(by=by, household=key, kind="access", words="", asked_on=today, now=now, today=today).id


def _late_look(here: Town, key: UUID, by: Actor) -> dict[str, Any]:
    """Leave a look in the night before, and return what points at it on the page of the privacy officer."""
    night = timezone.make_aware(datetime.combine(here.today - timedelta(days=1), time(3)))
    looked(by, key, when=night)
    return {"rule": "hours", "worker": by.id, "day": (here.today - timedelta(days=1)).isoformat(), "reference": "-"}


def _expert(here: Town) -> UUID:
    return enrol(here, "Ella Energie", "knowledge_cell").id


def _meeting(here: Town, key: UUID, minutes: int) -> Appointment:
    by, begins = here.worker, timezone.now() + timedelta(minutes=minutes)
    return frontdesk.book(
        by=by, household=key, worker=by.id, starts_at=begins, ends_at=begins + timedelta(minutes=5), now=begins
    )
