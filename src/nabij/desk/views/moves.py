"""A household has another address, or becomes two; first what it changes, then whether it is right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.access.permissions import lead_cases
from nabij.access.roles import Ground
from nabij.desk.forms_changes import Moves, Separate, TeamStays
from nabij.desk.looking_up import completed, town_map
from nabij.households.pages import entered
from nabij.households.queries import OpenHousehold
from nabij.households.rows import NewAddress
from nabij.journeys import moving_house, separation
from nabij.kernel.actor import Actor
from nabij.kernel.forms import attempt
from nabij.territory import queries as territory
from nabij.ui.pages import page


def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note a new address: first its wijk and team, and what the household wants; then it is saved."""
    home = entered(request, key, "verhuis")
    form = drafted(request, Moves, has_address=bool(home.address), initial=_as_typed(home, request))
    step = request.POST.get("step", "")
    if request.method == "POST" and step != "edit" and form.is_valid():
        told = completed(form.told(), by=request.actor)
        proposal = attempt(
            form, moving_house.propose, by=request.actor, household=key, address=told, today=request.today
        )
        if proposal:
            choice = _choice(request, proposal, confirmed=step == "confirm")
            if step == "confirm" and (choice is None or choice.is_valid()):
                keep_team = bool(choice and choice.cleaned_data["keep_team"])
                if keep(request, form, _move, household=key, form=form, address=told, keep_team=keep_team,
                        today=request.today, said=_moved(proposal, keep_team)):  # fmt: skip
                    return _back_to(request, key)
            if not form.errors:
                town = town_map(by=request.actor, here=proposal.address.neighbourhood_id if proposal.address else None)
                return page(
                    request, "desk/change_move_confirm.html", choice, told=form, proposal=proposal, home=home,
                    areas=_areas(town), town=town, near=_near(request.actor, proposal),
                )  # fmt: skip
    back = reverse("desk:who-lives-here", args=[key])
    return page(request, "desk/change_move.html", form, home=home, back=back)


def separate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that two people go apart: two households, each with its own file from here on."""
    by = request.actor
    home = entered(request, key, "uit elkaar")
    form = drafted(
        request, Separate, members=home.members, may_guide=_may_guide(by, home), initial={"on": request.today}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, separation.separate, household=key, leaving=data["leaving"],
            both_homes=data.get("both_homes", []), address=completed(form.told(), by=by), on=data["on"],
            today=request.today, guide_both=data.get("guide_both", False), key=data["key"],
            said=_("Genoteerd. Dit is het nieuwe gezin: het heeft een eigen dossier. Plan en notities bleven bij het andere."),
        ):  # fmt: skip
            return redirect("desk:household", data["key"])
    return page(request, "desk/change_separate.html", form, home=home, back=reverse("desk:who-lives-here", args=[key]))


def _choice(request: HttpRequest, proposal: moving_house.Proposal, *, confirmed: bool) -> TeamStays | None:
    """Ask which team the household wants, where the address has another one."""
    if not (proposal.changes_team and proposal.old_team):
        return None
    form = TeamStays(request.POST if confirmed else None)
    form.offer(
        _("%(team)s: het team dat dit gezin al kent") % {"team": proposal.old_team.name},
        _("%(team)s: het team van het nieuwe adres") % {"team": proposal.new_team.name},
    )
    return form


def _move(*, form: Moves, address: NewAddress | None, **common: Any) -> None:
    if form.is_wrong and address:
        moving_house.correct(address=address, reason=str(_("adres verkeerd genoteerd")), **common)
    else:
        moving_house.move(address=address, on=form.cleaned_data["on"], **common)


def _moved(proposal: moving_house.Proposal, keep_team: bool) -> str:
    if proposal.changes_team and not keep_team:
        return _("Het adres is bewaard. %(team)s helpt dit gezin nu verder.") % {"team": proposal.new_team.name}
    return _("Het adres is bewaard.")


def _back_to(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the household, for who still reaches it: with a move it may have gone to another team."""
    ground = who.ground_of(request.actor, key, on=request.today)
    if ground and ground.depth >= 2:
        return redirect("desk:household", key)
    messages.info(request, _("Het dossier is nu van het andere team, en staat niet meer voor jou open."))
    return redirect("desk:my-day")


def _may_guide(by: Actor, home: OpenHousehold) -> bool:
    return lead_cases.ok(by) and home.ground == Ground.LEAD


def _as_typed(home: OpenHousehold, request: HttpRequest) -> dict[str, Any]:
    if request.GET.get("wat") != Moves.WRONG or not home.address:
        return {"on": request.today}
    told = {name: getattr(home.address, name) for name in ("street", "number", "box", "postcode", "place")}
    return told | {"what": Moves.WRONG, "on": request.today}


def _near(by: Actor, proposal: moving_house.Proposal) -> list[str]:
    """Streets that may have been meant, where no wijk covers the address."""
    if proposal.covered or not proposal.address:
        return []
    return [name for name, _code in territory.streets_like(proposal.address.street, by=by)]


def _areas(town: Any) -> list[dict[str, Any]]:
    return [{"path": path, "label": name, "highlighted": here} for name, path, here in town.wijken]
