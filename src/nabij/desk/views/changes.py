"""What changes in a household: who comes, who goes, what was wrong, how it is reached; each page asks one thing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nabij.access.pages import drafted, keep
from nabij.access.queries import ground_of
from nabij.desk.forms_changes import Birth, Corrects, Joins, Leaves, Reachable
from nabij.desk.looking_up import Perhaps, people_like
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.pages import entered
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotNow
from nabij.ui.pages import page


def who_lives_here(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show who lives here since when, who did, where, and what can be noted."""
    home = entered(request, key, "wie woont hier")
    by = request.actor
    return page(
        request,
        "desk/change_overview.html",
        home=home,
        may_separate=_may_separate(home),
        addresses=homes.addresses_of(key, by=by),
        corrections=[_in_words(row) for row in homes.corrections_of(key, by=by)[:20]],
    )


def birth(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a child was born."""
    home = entered(request, key, "geboorte")
    form = drafted(request, Birth, today=request.today)
    if request.method == "POST" and form.is_valid():
        child, made = form.told(role="child"), form.cleaned_data["key"]
        if keep(
            request, form, households.join, household=key, person=child, on=child.birth_date,
            today=request.today, reason="geboorte", key=made,
            said=_("Welkom aan %(name)s.") % {"name": child.given_name or child.family_name},
            already=lambda: _lives_here(home, made, child.given_name),
        ):  # fmt: skip
            return redirect("desk:household", key)
    return _asked(request, home, form, "desk/change_birth.html")


def joins(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a partner or somebody else comes to live here; who is known is not written down twice."""
    home = entered(request, key, "erbij")
    form = drafted(request, Joins, today=request.today, initial={"on": request.today})
    matches = _perhaps(request, home, form)
    if request.method == "POST" and form.is_valid():
        chosen = next((m for m in matches if str(m.person_id) == form.cleaned_data["who"]), None)
        if matches and not form.cleaned_data["who"]:
            form.add_error("who", _("Kijk eerst of deze persoon al gekend is. Zo hoeft het verhaal niet opnieuw."))
        elif _join(request, home, form, chosen):
            return redirect("desk:household", key)
    return _asked(request, home, form, "desk/change_joins.html", matches=matches)


def leaves(request: HttpRequest, key: UUID, person: UUID) -> HttpResponse:
    """Note that somebody goes to live elsewhere."""
    home = entered(request, key, "vertrek")
    member = _member(home, person)
    form = drafted(request, Leaves, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, households.leave, household=key, person=person, on=data["on"], reason=data["reason"],
            today=request.today,
            said=_("Genoteerd dat %(name)s hier niet meer woont.") % {"name": member.name},
        ):  # fmt: skip
            return redirect("desk:who-lives-here", key)
    return _asked(request, home, form, "desk/change_leaves.html", member=member, may_separate=_may_separate(home))


def correct(request: HttpRequest, key: UUID, person: UUID) -> HttpResponse:
    """Correct what is written of somebody; what stood there is kept."""
    home = entered(request, key, "verbeteren")
    member = _member(home, person)
    form = drafted(request, Corrects, today=request.today, initial=_as_typed(member.person))
    if request.method == "POST" and form.is_valid():
        if keep(
            request, form, households.correct_person, household=key, person=person,
            changes=form.changes(member.person.languages), reason=form.cleaned_data["reason"],
            today=request.today, said=_("Verbeterd. Wat er stond, blijft bewaard."),
        ):  # fmt: skip
            return redirect("desk:who-lives-here", key)
    before = [_in_words(row) for row in homes.corrections_of(key, by=request.actor) if row.person_id == person]
    return _asked(request, home, form, "desk/change_correct.html", member=member, before=before)


def reachable(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note numbers and e-mail addresses, and where and how the household would rather meet."""
    home = entered(request, key, "bereikbaar")
    initial = {"place": home.household.preferred_place, "note": home.household.preference_note}
    form = drafted(request, Reachable, members=home.members, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(request, form, _reach, home=home, data=data, today=request.today, said=_("Bewaard.")):
            return redirect("desk:reachable", key)
    return _asked(request, home, form, "desk/change_reachable.html")


@require_POST
def not_reachable(request: HttpRequest, key: UUID, point: UUID) -> HttpResponse:
    """Note that a number or e-mail address is no longer theirs."""
    entered(request, key, "bereikbaar")
    households.no_longer_reached_by(
        by=request.actor, household=key, point=point, on=request.today, now=timezone.now(), today=request.today
    )
    messages.success(request, _("Weggehaald. In de geschiedenis blijft staan dat het er was."))
    return redirect("desk:reachable", key)


def _asked(request: HttpRequest, home: homes.OpenHousehold, form: Any, template: str, **more: Any) -> HttpResponse:
    back = reverse("desk:who-lives-here", args=[home.id])
    return page(request, template, form, home=home, back=back, **more)


def _may_separate(home: homes.OpenHousehold) -> bool:
    """Two adults can go apart; a child that goes simply leaves."""
    return sum(member.membership.role != "child" for member in home.members) > 1


def _member(home: homes.OpenHousehold, person: UUID) -> homes.Member:
    for member in home.members:
        if member.person.id == person:
            return member
    raise NotNow(_("Deze persoon woont hier niet meer. Kijk opnieuw wie er woont."))


def _lives_here(home: homes.OpenHousehold, person: UUID, given_name: str) -> bool:
    return any(m.person.id == person and m.person.given_name == given_name for m in home.members)


def _perhaps(request: HttpRequest, home: homes.OpenHousehold, form: Joins) -> list[Perhaps]:
    """Who this might be, of those that do not live here."""
    if request.method != "POST":
        return []
    here = {member.person.id for member in home.members}
    matches = [
        m for m in people_like(by=request.actor, typed=request.POST, today=request.today) if m.person_id not in here
    ]
    form.offer((str(m.person_id), _match_in_words(m)) for m in matches)
    return matches


def _match_in_words(match: Perhaps) -> str:
    words = [f"{match.name}, {match.born}" if match.born else match.name, match.household, match.reasons]
    return " · ".join(word for word in words if word)


def _join(request: HttpRequest, home: homes.OpenHousehold, form: Joins, chosen: Perhaps | None) -> bool:
    by, data, today = request.actor, form.cleaned_data, request.today
    name = chosen.name if chosen else f"{data['given_name']} {data['family_name']}".strip()
    from_there, unreached = None, False
    if chosen and not data["stays_there"] and chosen.household_id != home.id:
        ground = ground_of(by, chosen.household_id, on=today)
        from_there = chosen.household_id if ground and ground.depth >= 2 else None
        unreached = from_there is None
    if not keep(
        request, form, _note_joining, home=home, form=form, chosen=chosen, comes_from=from_there, today=today,
        said=_("%(name)s woont nu hier.") % {"name": name},
        already=lambda: chosen is None and _lives_here(home, data["key"], data["given_name"]),
    ):  # fmt: skip
        return False
    if unreached:
        whom = chosen.charge.lead.name if chosen.charge.lead else chosen.charge.team.name if chosen.charge.team else ""
        messages.warning(
            request,
            _("%(name)s staat ook nog genoteerd bij %(household)s. Laat het even weten aan %(whom)s.")
            % {"name": name, "household": chosen.household, "whom": whom or _("het team van dat gezin")},
        )
    return True


def _note_joining(
    *, by: Actor, home: homes.OpenHousehold, form: Joins, chosen: Perhaps | None, comes_from: UUID | None, now: datetime,
    today: date,
) -> None:  # fmt: skip
    data = form.cleaned_data
    person = chosen.person_id if chosen else form.told(role=data["role"])
    made = households.join(
        by=by, household=home.id, person=person, on=data["on"], now=now, today=today, role=data["role"],
        reason="komt erbij wonen", key=None if chosen else data["key"], comes_from=comes_from,
    )  # fmt: skip
    if data["phone"] and (chosen is None or comes_from is None):
        households.reached_by(
            by=by,
            household=home.id,
            kind="phone",
            value=data["phone"],
            on=data["on"],
            now=now,
            today=today,
            person=made,
        )


def _reach(*, by: Actor, home: homes.OpenHousehold, data: dict[str, Any], now: datetime, today: date) -> None:
    if data["value"]:
        households.reached_by(
            by=by, household=home.id, kind=data["kind"], value=data["value"], on=today, now=now, today=today,
            person=data["person"],
        )  # fmt: skip
    if (data["place"], data["note"]) != (home.household.preferred_place, home.household.preference_note):
        households.set_preferences(by=by, household=home.id, place=data["place"], note=data["note"], today=today)


def _as_typed(person: Any) -> dict[str, Any]:
    born = person.birth_date
    if born:
        born = str(born.year) if person.birth_precision == "year" else f"{born.day}/{born.month}/{born.year}"
    return {
        "given_name": person.given_name, "family_name": person.family_name, "birth_date": born or "",
        "insz": person.insz, "languages": person.languages,
    }  # fmt: skip


FIELD_WORDS = {
    "given_name": gettext_lazy("voornaam"),
    "family_name": gettext_lazy("familienaam"),
    "birth_date": gettext_lazy("geboortedatum"),
    "insz": gettext_lazy("rijksregisternummer"),
    "languages": gettext_lazy("talen"),
    "street": gettext_lazy("straat"),
    "number": gettext_lazy("nummer"),
    "box": gettext_lazy("bus"),
    "postcode": gettext_lazy("postcode"),
    "place": gettext_lazy("gemeente"),
}


def _in_words(row: Any) -> dict[str, Any]:
    """A correction as a person reads it: what stood there, what stands there now."""
    fields = [
        (word, _value(row.before.get(name)), _value(row.after.get(name)))
        for name, word in FIELD_WORDS.items()
        if name in row.before
    ]
    return {"row": row, "about": str(row.person) if row.person else _("het adres"), "fields": fields}


def _value(value: Any) -> str:
    return ", ".join(value).upper() if isinstance(value, list) else str(value or "") or _("niets")
