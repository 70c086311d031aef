"""Twice somebody needed a file in an emergency: once it is reviewed, once it waits and still runs."""

from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from nabij.access.roles import Permission
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.workforce import Worker
from nabij.households import queries as homes
from nabij.kernel.actor import acting
from nabij.oversight import actions
from nabij.oversight.models import Emergency
from nabij.oversight.policies import Named

BEFORE = (
    "Een buur belde: er werd geroepen, en de kinderen zaten op de trap. De dossierhouder nam niet op. Ik moest weten wie "
    "ik kon bellen."
)
NOW = (
    "Ze stond overstuur aan de deur van het Sociaal Huis. Ik wil weten of er iemand is bij wie ze vannacht terechtkan."
)


def need(house: House, files: list[File]) -> None:
    """Let two social workers of other teams take access to a household of a colleague who is shown at sign-in."""
    if house.clock.now > timezone.now() + timedelta(minutes=1):
        return  # the database refuses an emergency of a day to come
    takers = [w for w in house.shown() if "social_worker" in w.functions]
    led = [(file, taker) for taker in takers for file in files if _is_of_another(file, taker, takers)]
    first = next(
        (one for pair in led if (one := _took(house, *pair, BEFORE, house.clock.now - timedelta(days=6)))), None
    )
    if first is None:
        return
    rest = [(file, taker) for file, taker in led if file.id != first.household_id]
    _reviewed(house, files, first)
    for pair in islice(rest, 5):
        if _took(house, *pair, NOW, house.clock.now - timedelta(hours=2)):
            return


def _is_of_another(file: File, taker: Worker, shown: list[Worker]) -> bool:
    return file.lead in shown and file.lead != taker and file.team != taker.team


def _took(house: House, file: File, taker: Worker, reason: str, now: datetime) -> Emergency | None:
    by, on = house.actors[taker.key], now.astimezone().date()
    assert file.lead  # noqa: S101
    with acting(house.actors[file.lead.key]):
        people = homes.members_of([file.id], by=house.actors[file.lead.key], on=house.today)[file.id]
    known = [m.person for m in people if m.person.birth_date and m.person.given_name and m.person.family_name]
    where = file.told.address_on(house.today)
    if not known or not where.street or file.came > on:
        return None
    whom = Named(known[0].given_name, known[0].family_name, known[0].birth_date, where.street, str(where.number))
    with acting(by):
        made = actions.ask_emergency(by=by, whom=whom, reason=reason, on=on, now=now, clock=now)
    return made if made.state == Emergency.State.OPENED else None


def _reviewed(house: House, files: list[File], made: Emergency) -> None:
    lead = next(file.lead for file in files if file.id == made.household_id)
    assert lead  # noqa: S101
    by, now = house.actors[lead.key], made.asked_at
    with acting(by):
        actions.remark(
            by=by, emergency=made.id, text="Goed dat je belde. Ik was op huisbezoek; het gezin is gebleven.",
            on=house.today, now=now + timedelta(hours=15),
        )  # fmt: skip
    officers = [house.actors[w.key] for w in house.workers if w.shown]
    for officer in [one for one in officers if one.holds(Permission.REVIEW_TRAIL)][:1]:
        with acting(officer):
            actions.review_emergency(
                by=officer, emergency=made.id, outcome="justified", now=now + timedelta(days=1),
                text="Er was gevaar, en niemand was te bereiken. De collega keek alleen wie te bellen was.",
            )  # fmt: skip
