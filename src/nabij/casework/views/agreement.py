"""Agreement: the plan read aloud together, what the household says of it, and the versions that stay."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.casework import actions, queries
from nabij.casework.forms import AgreementForm
from nabij.casework.version_words import changes, read
from nabij.casework.versions import compare as differences
from nabij.casework.versions import frozen
from nabij.casework.views.door import (
    Home,
    Reading,
    hidden_goals,
    may_write,
    plan_read,
    plan_url,
    reading_along,
    to_plan,
)
from nabij.casework.views.plan import readers, shielded_from
from nabij.households.pages import entered
from nabij.kernel.refusals import NotNow, NotOpen
from nabij.ui.pages import page


def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read the plan aloud together, and note what the household says of it; that freezes a version."""
    home = entered(request, key, "akkoord over het plan")
    may_write(request, home)
    whole, found, reading = plan_read(request, home)
    form = drafted(request, AgreementForm)
    if request.method == "POST" and form.is_valid() and _freeze(request, key, form, whole):
        return to_plan(request, home)
    _as_shown_now(form, whole)
    context = {"readers": readers(home, reading), "shielded_from": shielded_from(found), "latest": whole.latest_version}
    where = {"home": home, "reading": reading, "back": plan_url(reading, home), "query": reading.keep("")}
    return page(request, "casework/agreement.html", form, plan=found, **context, **where)


def versions(request: HttpRequest, key: UUID) -> HttpResponse:
    """List what was agreed, latest first."""
    home = entered(request, key, "versies van het plan")
    found = queries.versions_of(key, by=request.actor)
    names = who.names_of([version.frozen_by for version in found], by=request.actor)
    before = [*found[1:], None][: len(found)]
    rows = [(version, names.get(version.frozen_by, ""), old) for version, old in zip(found, before, strict=True)]
    return page(request, "casework/versions.html", rows=rows, **_around(request, home))


def version(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Show one version as it was frozen."""
    home = entered(request, key, "een versie van het plan")
    _plan, (found,) = _numbered(request, home, number)
    names = who.names_of([found.frozen_by], by=request.actor)
    shown = read(found.content, _people(home))
    by_whom = names.get(found.frozen_by, "")
    return page(request, "casework/version.html", version=found, shown=shown, by_whom=by_whom, **_around(request, home))


def compare(request: HttpRequest, key: UUID, number: int, other: int) -> HttpResponse:
    """Say in words what changed between two versions."""
    home = entered(request, key, "versies vergelijken")
    plan, (old, new) = _numbered(request, home, *sorted((number, other)))
    now = {str(goal.goal.id): goal.goal.get_status_display() for goal in plan.closed_goals}
    said = changes(old, new, differences(old, new), _people(home), now)
    return page(request, "casework/compare.html", old=old, new=new, said=said, **_around(request, home))


def _freeze(request: HttpRequest, key: UUID, form: AgreementForm, whole: queries.Plan) -> bool:
    data = dict(form.cleaned_data)  # a refusal takes its field out of the form

    def freeze(**kwargs: Any) -> Any:
        if data["expected"] == _latest(whole) and data["shown"] != _digest(whole):
            raise NotNow(_("Intussen veranderde er iets in het plan. Lees het opnieuw samen."))
        return actions.freeze(**kwargs)

    return keep(
        request, form, freeze, household=key, outcome=data["outcome"], reason=data["reason"],
        expected=data["expected"], today=request.today,
        said=_("Vastgelegd. Geef het gezin het plan mee op papier."), already=lambda: _frozen_by(request, key, data),
    )  # fmt: skip


def _frozen_by(request: HttpRequest, key: UUID, data: dict[str, Any]) -> bool:
    latest = queries.versions_of(key, by=request.actor)[:1]
    asked = (data["expected"] + 1, data["outcome"], data["reason"].strip(), request.actor.id)
    return any((v.number, v.outcome, v.reason, v.frozen_by) == asked for v in latest)


def _as_shown_now(form: AgreementForm, whole: queries.Plan) -> None:
    # Also on a form that came back: the plan stands anew beside it, so that is what would be agreed on.
    now = {"expected": _latest(whole), "shown": _digest(whole)}
    form.initial |= now
    if form.is_bound:
        form.data = form.data.copy()
        for name, value in now.items():
            form.data[name] = str(value)


def _latest(plan: queries.Plan) -> int:
    return plan.latest_version.number if plan.latest_version else 0


def _digest(plan: queries.Plan) -> str:
    return hashlib.sha256(json.dumps(frozen(plan), sort_keys=True).encode()).hexdigest()


def _numbered(request: HttpRequest, home: Home, *numbers: int) -> tuple[queries.Plan, list[Any]]:
    """Return the plan of now and these versions, all as whoever reads along may see them."""
    there = {version.number: version for version in queries.versions_of(home.id, by=request.actor)}
    if not there.keys() >= set(numbers):
        raise NotOpen(_("Deze versie van het plan is er niet."))
    whole, shown, reading = plan_read(request, home)
    hidden = hidden_goals(whole, shown)
    for version in there.values():  # in memory: what is shielded now stays hidden in what was agreed before
        goals = [g for g in version.content["goals"] if g["id"] not in hidden and not reading.hides(g["shielded"])]
        version.content = {**version.content, "goals": goals}
    return shown, [there[number] for number in numbers]


def _people(home: Home) -> dict[str, str]:
    return {str(member.person.id): member.person.given_name or member.name for member in (*home.members, *home.former)}


def _around(request: HttpRequest, home: Home) -> dict[str, Any]:
    reading: Reading = reading_along(request, home)
    return {"home": home, "reading": reading, "back": plan_url(reading, home), "query": reading.keep("")}
