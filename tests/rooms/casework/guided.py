"""A household with a plan: what the tests of verbs and pages stand on."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from tests.factories import Town, household

from nabij.casework import actions, queries
from nabij.casework.actions.steps import Doer
from nabij.households.actions import NewPerson
from nabij.households.queries import members_of
from nabij.kernel.actor import Actor, acting

FAMILY = (
    NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day"),
    NewPerson("Tom", "Van den Berghe", date(1988, 7, 1), "day"),
    NewPerson("Noor", "Yıldız", date(2016, 3, 4), "day", role="child"),
)


class Guided:
    """A household with an open case that the worker of the town leads, and her colleague as duo."""

    def __init__(self, where: Town) -> None:
        self.town, self.key = where, household(where, people=FAMILY)
        self.lead, self.duo = where.worker, where.colleague
        self.as_lead(actions.open_case, on=where.today)
        self.as_lead(actions.choose_duo, worker=self.duo.id, on=where.today)
        with acting(self.lead):
            members = members_of([self.key], by=self.lead, on=where.today)[self.key]
        self.people = {member.person.given_name: member.person.id for member in members}

    def run(self, by: Actor, verb: Callable[..., Any], **kwargs: Any) -> Any:
        with acting(by):
            return verb(by=by, now=timezone.now(), **kwargs)

    def as_lead(self, verb: Callable[..., Any], **kwargs: Any) -> Any:
        return self.run(self.lead, verb, household=self.key, **kwargs)

    def goal(self, words: str = "Elk kind een eigen bed", by: Actor | None = None, **kwargs: Any) -> UUID:
        asked = {"domain": "housing", "today": self.town.today} | kwargs
        return self.run(by or self.lead, actions.add_goal, household=self.key, words=words, **asked).id

    def step(self, goal: UUID, doer: Doer | None = None, by: Actor | None = None, **kwargs: Any) -> UUID:
        asked = {"description": "De huurpremie aanvragen", "due_on": None, "today": self.town.today} | kwargs
        return self.run(by or self.lead, actions.add_step, goal=goal, doer=doer or Doer(), **asked).id

    def plan(self, by: Actor | None = None, **kwargs: Any) -> queries.Plan:
        by = by or self.lead
        with acting(by):
            return queries.plan_of(self.key, by=by, on=self.town.today, **kwargs)

    def freeze(self, expected: int, outcome: str = "agreed", reason: str = "") -> Any:
        asked = {"outcome": outcome, "reason": reason, "expected": expected, "today": self.town.today}
        return self.as_lead(actions.freeze, **asked)
