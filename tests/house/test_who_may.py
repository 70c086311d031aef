"""Who may what: every address × every function × every ground × every state of a file, against the page that a jurist reads."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import click
import pytest
from tests.factories import enrol, town
from tests.house import pressing, who_may, worlds
from tests.house.addresses import IN_THE_FILE, ROUTES, SEALED, Lived

from nabij.access import queries as who
from nabij.access.models import Reach
from nabij.access.roles import FUNCTIONS, GUIDES, Ground
from nabij.audit import trail
from nabij.config.cli import cli
from nabij.config.commands.worker import JOBS
from nabij.desk.forms_team import NOBODY
from nabij.households.models import Membership
from nabij.kernel.actor import acting

DOCUMENT = who_may.read()
# What these do leaves no event: they are about whoever presses, and not about a household.
TRACELESS = {"access:draft", "access:language", "access:sign-in", "access:sign-out", "access:demo-sign-in"}
# Who guides, who divides, and who should never: in the other states the rest is tried without a ground, and as case manager.
USUAL = ("social_worker", "coordinator", "director")
# About whoever is signed in, with codes and devices of their own: `tests/rooms/signin` tries these.
OWN = {
    f"signin:{name}"
    for name in ("prove", "mine", "app", "passkey", "codes", "password", "remove-factor", "end-session", "end-others")
}
OTHERS = tuple(slug for slug in FUNCTIONS if slug not in GUIDES)
READERS = ("worker", "coordinator", "desk", "administrator", "privacy_officer")


def test_every_address_stands_on_the_page() -> None:
    assert {name for name, _parts in ROUTES} == set(DOCUMENT.rules)
    assert not DOCUMENT.doubles


def test_every_function_ground_and_state_stands_on_the_page() -> None:
    assert set(DOCUMENT.functions.values()) == set(FUNCTIONS)
    assert {term: FUNCTIONS[slug].name for term, slug in DOCUMENT.functions.items()} == {
        term: term for term in DOCUMENT.functions
    }
    assert set(DOCUMENT.grounds.values()) == {str(ground) for ground in Ground}
    serving = {(ground, f) for ground in Ground for f in FUNCTIONS if DOCUMENT.serving[ground].holds(f, None)}
    assert serving == {(ground, f) for ground in Ground for f in ground.functions}
    assert set(DOCUMENT.states.values()) == set(worlds.STATES)


def test_every_line_says_who() -> None:
    silent = [rule.names for rule in DOCUMENT.rules.values() if "Ziet" not in rule.text and "Doet" not in rule.text]
    assert not silent


def test_every_command_and_job_stands_on_the_page() -> None:
    there = {f"nabij {name}" for name in commands(cli)} | {job.function for job in JOBS}
    assert there == set(DOCUMENT.works)
    assert set(DOCUMENT.works.values()) <= {
        "eigenaar",
        "toepassing",
        "spoor",
        "kopie",
        "beheer van de server",
        "niemand",
    }


def commands(group: click.Group, above: str = "") -> Iterator[str]:
    """The commands that do something, by their whole name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}"


@pytest.mark.django_db
@pytest.mark.parametrize("functions", [GUIDES, OTHERS], ids=["guides", "others"])
@pytest.mark.parametrize("state", worlds.STATES)
def test_who_may_what(state: str, functions: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    here = town()
    world = worlds.STATES[state](here)
    addresses = {name: address for name, address in world.addresses().items() if counts(name, address, state, world)}
    payloads = typed(world, addresses)
    done = heard(monkeypatch)
    wrong: list[str] = []
    tried = 0
    for function, ground in tries(state, functions):
        opened = ground if ground and DOCUMENT.serving[ground].holds(function, None) else None
        with pressing.undone():
            client, choices = somebody(world, function, ground, opens=opened is not None), chosen(world)
            for name, address in addresses.items():
                rule = DOCUMENT.rules[name]
                if rule.sees.strangers or name == "access:sign-out" or name in OWN or (ground and not of_file(name)):
                    continue
                sees, does = (one.holds(function, opened, state) for one in (rule.sees, rule.does))
                got = pressing.asked(client, "get", address)
                words = got.content.decode(errors="replace")
                own = {form.action: form.filled(here.today) for form in pressing.forms_of(got, address)}
                if (got.status_code == 200) != sees or (not sees and IN_THE_FILE in words) or SEALED in words:
                    wrong.append(f"{function} {ground} {name}: ziet {got.status_code}")
                tried += 1
                if ground and not opened:
                    continue  # no row of the flat table: what a function without a ground does was tried already
                done.clear()
                typed_here = own.get(address, payloads.get(address, {})) | choices.get(name, {})
                sent = pressing.asked(client, "post", address, typed_here)
                did = sent.status_code < 400 and (bool(done) or name in TRACELESS)
                if did != does or sent.status_code >= 500 or (sent.status_code == 200 and not (sees or does)):
                    wrong.append(f"{function} {ground} {name}: doet {sent.status_code} {done} {said(sent)}")
                tried += 1
    assert not wrong, f"{len(wrong)} of {tried}:\n" + "\n".join(wrong)


def tries(state: str, functions: tuple[str, ...]) -> Iterator[tuple[str, Ground | None]]:
    """Yield every function with every ground, and with none; in the other states the unusual ones with less."""
    for function in functions:
        for ground in (None, *(Ground if state == "open" or function in USUAL else [Ground.LEAD])):
            # A team reaches its households through who guides there; need is taken by who guides, says the database.
            if function in GUIDES or ground not in (Ground.TEAM, Ground.EMERGENCY):
                yield function, ground


def somebody(world: Lived, function: str, ground: Ground | None, *, opens: bool) -> Any:
    """Return the browser of a new worker with this function and this ground; the flat table has a row if it `opens`."""
    here = world.here
    team = (here.teams[0] if ground == Ground.TEAM else here.teams[1]) if function in GUIDES else None
    user = enrol(here, f"Iemand {ground or 'zonder'}", function, team)
    if ground and ground != Ground.TEAM:
        worlds.give(world, user, ground)
    actor = who.actor_for(user, on=here.today)
    with acting(actor):
        assert Reach.objects.filter(worker_id=user.id, household_id=world.household).exists() == opens
    return pressing.signed_in(user)


def counts(name: str, address: str, state: str, world: Lived) -> bool:
    """Return whether the state of the file matters to this address, and what it is about is there."""
    there = state == "closed" or name in world.behind or address.startswith(("/gezin/", "/onthaal/gezin/"))
    return state == "open" or (of_file(name) and (there or not dict(ROUTES)[name]))


def of_file(name: str) -> bool:
    """Return whether an address is about one household, or its line names a ground."""
    rule = DOCUMENT.rules[name]
    named = any(one.grounds is not None for one in [*rule.sees.who, *rule.does.who])
    return named or bool({"key", "household"} & set(dict(ROUTES)[name]))


def typed(world: Lived, addresses: dict[str, str]) -> dict[str, pressing.Payload]:
    """Return what each form would send when it is filled in by somebody to whom it is shown."""
    found: dict[str, pressing.Payload] = {}
    here = world.here
    for reader in READERS:
        client = pressing.signed_in(here.users[reader])
        for address in addresses.values():
            answer = pressing.asked(client, "get", address)
            if answer.status_code == 200:
                for form in pressing.forms_of(answer, address):
                    found.setdefault(form.action, form.filled(here.today))
    return found


def chosen(world: Lived) -> dict[str, pressing.Payload]:
    """Return what cannot be read from a form: a choice that makes sense, by the name of the address."""
    here, key = world.here, world.household
    with acting(here.coordinator):
        lead = who.in_charge([key], by=here.coordinator, on=here.today)[key].lead
        leaving = Membership.objects.get(household_id=key, person__given_name="Emre").person_id
    next_one = here.colleague if lead is None or lead.id != here.colleague.id else here.worker
    today = {"on": [here.today.isoformat()]}
    handing = today | {"to": [str(next_one.id)], "reason": ["ziek"]}
    return {
        "access:draft": {"draft-key": ["/"], "words": ["half"]},
        "casework:goals-order": {"omlaag": [str(world.behind.get("casework:goal-edit", {}).get("key", ""))]},
        "casework:scores": {"income": ["3"]},
        "desk:elsewhere": {"helping": [str(here.teams[2].id)]},
        "desk:absences": {"substitute": [""]},
        "desk:close-appointment": {"status": ["held"]},
        "desk:move": {"step": ["confirm"]},
        **{f"informing:{name}": today for name in ("at-desk", "explain", "withdraw")},
        "oversight:street": {"street": ["Kerkstraat"], "postcode": ["9999"]},
        "desk:correct": {"given_name": ["Aysel"]},
        "desk:separate": {"leaving": [str(leaving)]},
        "desk:hand-over": handing,
        "privacy:copy": {"read": ["on"]},
        "privacy:hold": {"until": [(here.today + timedelta(days=30)).isoformat()]},
        "desk:hand-over-many": handing | {"households": [f"{key}|{lead.id if lead else NOBODY}"], "step": ["confirm"]},
    }


def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every event of a verb is added."""
    kinds: list[str] = []
    for name in ("record", "record_many"):
        whole = getattr(trail, name)

        def hear(event: Any, /, *, _whole: Any = whole, **kwargs: Any) -> Any:
            kinds.append(event.slug)
            return _whole(event, **kwargs)

        monkeypatch.setattr(trail, name, hear)
    return kinds


def said(answer: Any) -> str:
    """Return what stands beside the boxes of a form that came back."""
    form = (answer.context or {}).get("form") if answer.status_code == 422 else None
    return str({name: list(errors) for name, errors in form.errors.items()}) if form is not None else ""
