"""A frozen version of the plan, and what changed between two, in words that a household reads along."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nabij.casework.models import Goal, PlanVersion, Step
from nabij.casework.queries import RATHER_NOT, SCORE_WORDS, Plan
from nabij.casework.versions import Difference, frozen
from nabij.kernel.domains import LifeDomain
from nabij.ui.templatetags.nabij_text import day, enumerate_names


@dataclass(frozen=True)
class ReadStep:
    """A step as it was agreed."""

    description: str
    who: str
    due: date | None
    status: str


@dataclass(frozen=True)
class ReadGoal:
    """A goal as it was agreed."""

    words: str
    domain: LifeDomain
    for_whom: list[str]
    shielded: list[str]
    is_later: bool
    steps: list[ReadStep]


@dataclass(frozen=True)
class ReadVersion:
    """A version as it was agreed."""

    goals: list[ReadGoal]
    scores: list[tuple[LifeDomain, Any]]
    review_on: date | None


@dataclass(frozen=True)
class Change:
    """One thing that changed: a word for it, the words of the household, and the details."""

    kind: str
    words: str = ""
    details: list[str] = field(default_factory=list)


def read(content: dict[str, Any], people: dict[str, str]) -> ReadVersion:
    """Return frozen content as a page shows it; `people` are names by key."""
    return ReadVersion(
        goals=[_goal(goal, people) for goal in content["goals"]],
        scores=[(LifeDomain(domain), _score(value)) for domain, value in content["scores"].items()],
        review_on=_date(content["review_on"]),
    )


def changes(
    old: PlanVersion, new: PlanVersion, found: Difference, people: dict[str, str], now: dict[str, str]
) -> list[Change]:
    """Return what changed from the old version to the new; `now` says how goals that are over went."""
    said = [
        Change(_("Nieuw doel"), goal["words"], [_step_words(step) for step in goal["steps"]]) for goal in found.added
    ]
    said += [Change(_("Veranderd"), after["words"], _details(before, after, people)) for before, after in found.changed]
    said += [Change(_("Niet meer in het plan"), goal["words"], _ending(goal, now)) for goal in found.gone]
    if found.reordered:
        said.append(
            Change(
                _("Andere volgorde"), details=[_("Nu eerst: %(words)s") % {"words": new.content["goals"][0]["words"]}]
            )
        )
    if scored := _scored(old.content["scores"], new.content["scores"]):
        said.append(Change(_("Zo ziet het gezin het nu"), details=scored))
    if old.content["review_on"] != new.content["review_on"]:
        said.append(
            Change(
                _("Volgende bespreking"), details=[day(_date(new.content["review_on"])) or _("geen dag afgesproken")]
            )
        )
    return said


def same_agreement(plan: Plan, version: PlanVersion, hidden: Iterable[str] = ()) -> bool:
    """Return whether goals and steps still are what the version says; that a step is set meanwhile changes nothing.

    Goals that are `hidden` (by key) from whoever reads along do not count: even that they changed would say something.
    """
    return _promised(frozen(plan), hidden) == _promised(version.content, hidden)


def _promised(content: dict[str, Any], hidden: Iterable[str]) -> list[Any]:
    return [
        goal | {"steps": [_step_promised(step) for step in goal["steps"] if step["status"] != Step.Status.DROPPED]}
        for goal in content["goals"]
        if goal["id"] not in hidden
    ]


def _step_promised(step: dict[str, Any]) -> dict[str, Any]:
    return {key: step[key] for key in ("id", "description", "who", "due")}


def _goal(goal: dict[str, Any], people: dict[str, str]) -> ReadGoal:
    steps = [
        ReadStep(step["description"], step["who"], _date(step["due"]), str(Step.Status(step["status"]).label))
        for step in goal["steps"]
        if step["status"] != Step.Status.DROPPED
    ]
    shielded = [people.get(key, _("iemand die hier niet meer woont")) for key in goal["shielded"]]
    return ReadGoal(
        goal["words"], LifeDomain(goal["domain"]), goal["for"], shielded, goal["status"] == Goal.Status.LATER, steps
    )


def _details(before: dict[str, Any], after: dict[str, Any], people: dict[str, str]) -> list[str]:
    said = []
    if before["words"] != after["words"]:
        said.append(_("Vroeger stond er: “%(words)s”") % {"words": before["words"]})
    if before["domain"] != after["domain"]:
        said.append(_("Het gaat nu over %(domain)s") % {"domain": str(LifeDomain(after["domain"]).label).lower()})
    if before["status"] != after["status"]:
        said.append(_("We werken er nu aan") if after["status"] == Goal.Status.ACTIVE else _("Dit is voor later"))
    if before["for"] != after["for"]:
        said.append(_("Nu voor %(names)s") % {"names": enumerate_names(after["for"]) or _("het hele gezin")})
    if before["shielded"] != after["shielded"]:
        names = [people.get(key, _("iemand die hier niet meer woont")) for key in after["shielded"]]
        said.append(
            _("Afgeschermd voor %(names)s") % {"names": enumerate_names(names)} if names else _("Niet meer afgeschermd")
        )
    return said + _steps(before["steps"], after["steps"])


def _steps(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    old, new = {step["id"]: step for step in before}, {step["id"]: step for step in after}
    said = [_("Nieuwe stap: %(step)s") % {"step": _step_words(step)} for key, step in new.items() if key not in old]
    said += [
        _("Stap: %(step)s") % {"step": _step_words(new[key])} for key in old if key in new and old[key] != new[key]
    ]
    return said + [
        _("Stap weg: %(step)s") % {"step": step["description"]} for key, step in old.items() if key not in new
    ]


def _step_words(step: dict[str, Any]) -> str:
    parts = [step["description"], step["who"], day(_date(step["due"]))]
    if step["status"] != Step.Status.TO_DO:
        parts.append(str(Step.Status(step["status"]).label))
    return ", ".join(part for part in parts if part)


def _ending(goal: dict[str, Any], now: dict[str, str]) -> list[str]:
    return [str(now[goal["id"]])] if goal["id"] in now else []


def _scored(old: dict[str, int | None], new: dict[str, int | None]) -> list[str]:
    changed = [
        domain
        for domain in LifeDomain
        if domain.value in new and (domain.value not in old or old[domain] != new[domain])
    ]
    return [f"{domain.label}: {_score(new[domain])}" for domain in changed]


def _score(value: int | None) -> Any:
    return RATHER_NOT if value is None else SCORE_WORDS[value]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
