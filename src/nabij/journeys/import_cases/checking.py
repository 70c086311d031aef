"""The dry run: everything that a file says, beside what this municipality has; errors stop it, warnings do not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access import permissions
from nabij.access import queries as who
from nabij.access.models import Team
from nabij.households import queries as households
from nabij.households.actions import NewAddress, NewHousehold, OldFile
from nabij.journeys.import_cases import doubles
from nabij.journeys.import_cases.columns import columns
from nabij.journeys.import_cases.drafts import Draft, gather
from nabij.kernel.actor import Actor
from nabij.kernel.tables import LineError, read_table
from nabij.kernel.tables.columns import heading
from nabij.territory import queries as territory
from nabij.territory.models import Neighbourhood


@dataclass(frozen=True)
class Ready:
    """A household that can come over: the file of it, since when it is guided, and what was noted."""

    file: OldFile
    since: date | None
    notes: tuple[str, ...]


@dataclass
class Report:
    """What a file holds; with errors nothing of it comes over."""

    ready: list[Ready] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    warnings: list[LineError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    to_mend: int = 0

    @property
    def people(self) -> int:
        """Return how many people come over."""
        return sum(len(ready.file.household.people) for ready in self.ready)

    @property
    def without_lead(self) -> int:
        """Return how many households with a case come over without a case manager."""
        return sum(1 for ready in self.ready if ready.since and not ready.file.lead)


@dataclass
class Here:
    """What the municipality has: teams and workers by name, streets, and references that came over before."""

    teams: dict[str, Team]
    central: Team | None
    team_of_wijk: dict[UUID, Team]
    workers: dict[str, UUID]
    known: set[str]
    wijk_of: Callable[[str, str, str], Neighbourhood | None]


def check(path: str | Path, *, by: Actor, today: date) -> Report:
    """Read a file and compare it with this municipality; raises `Denied`, or `FileRefused` when it is no table."""
    permissions.manage_municipality(by)
    table = read_table(path, columns(today))
    drafts, errors = gather(table.rows, today)
    report = Report(errors=[*table.errors, *errors], ignored=table.ignored)
    here = _here(drafts, by=by, today=today)
    for draft in drafts:
        _judge(draft, here, report, today)
    # Of a file that came over before, everybody is known: one error says it.
    fresh = [draft for draft in drafts if draft.reference not in here.known]
    report.warnings += [*doubles.in_file(fresh), *doubles.known(fresh, by=by)]
    report.errors.sort()
    report.warnings.sort()
    return report


def _here(drafts: list[Draft], *, by: Actor, today: date) -> Here:
    teams = who.teams(by=by)
    wijken = {wijk.id: team for wijk in territory.wijken(by=by) if (team := who.team_for(wijk.id, by=by))}
    return Here(
        teams={heading(team.name): team for team in teams},
        central=who.team_for(None, by=by),
        team_of_wijk=wijken,
        workers={user.email.lower(): user.id for user in who.case_workers(by=by, on=today)},
        known=households.brought_over_before([draft.reference for draft in drafts], by=by),
        wijk_of=territory.wijk_finder(by=by),
    )


def _judge(draft: Draft, here: Here, report: Report, today: date) -> None:
    """Add a household to what is ready, or say what stands in the way."""
    errors = [*_reference(draft, here), *_workers(draft, here)]
    address, team = draft.address, None
    if draft.said.get("team"):
        team = here.teams.get(heading(draft.said["team"]))
        errors += [] if team else [draft.error("team", _no_team(draft.said["team"], here))]
    if address:
        wijk = here.wijk_of(address.street, address.number, address.postcode) if address.street else None
        address = replace(address, neighbourhood_id=wijk.id if wijk else None)
        team = team or (here.team_of_wijk.get(wijk.id) if wijk else None)
        if address.street and not wijk:
            report.to_mend += 1
            report.warnings.append(draft.error("straat", _uncovered(f"{address.street} {address.number}".strip())))
    team = team or here.central
    if team is None:
        errors.append(draft.error("team", _("Er is geen centraal team (Sociaal Huis) voor wie in geen wijk woont.")))
    report.errors += errors
    if not errors and team:
        report.ready.append(_ready(draft, address, team, here, today))


def _ready(draft: Draft, address: NewAddress | None, team: Team, here: Here, today: date) -> Ready:
    lead = here.workers.get(draft.said.get("dossierhouder", ""))
    reached = [
        (place, kind, value)
        for place, somebody in enumerate(draft.people)
        for kind, values in (("phone", somebody.phones), ("email", (somebody.email,)))
        for value in values
        if value
    ]
    household = NewHousehold(
        people=tuple(somebody.person for somebody in draft.people), address=address, old_reference=draft.reference
    )
    duo = here.workers.get(draft.said.get("duo", ""))
    file = OldFile(household, team.id, lead, duo, tuple(_each_once(reached)))
    # Who has a case manager is guided, since today when nobody wrote since when.
    return Ready(file, draft.said.get("dossier sinds") or (today if lead else None), draft.notes)


def _each_once(reached: list[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """A number that stands on every line of a household is the household's: it is kept once, with the first."""
    seen: set[tuple[str, str]] = set()
    for place, kind, value in reached:
        if (kind, value) not in seen:
            seen.add((kind, value))
            yield place, kind, value


def _reference(draft: Draft, here: Here) -> Iterator[LineError]:
    if draft.reference in here.known:
        said = {"reference": draft.reference}
        yield draft.error(
            "dossier", _("Dossier %(reference)s is al overgebracht. Haal deze regels uit het bestand.") % said
        )


def _workers(draft: Draft, here: Here) -> Iterator[LineError]:
    for column in ("dossierhouder", "duo"):
        email = draft.said.get(column)
        if email and email not in here.workers:
            yield draft.error(column, _no_worker(email, here))
    if draft.said.get("duo") and draft.said.get("duo") == draft.said.get("dossierhouder"):
        yield draft.error(
            "duo", _("De duo is iemand anders dan de dossierhouder. Laat dit vak leeg, of kies een collega.")
        )


def _no_worker(email: str, here: Here) -> str:
    sentence = str(_("%(email)s is hier vandaag geen maatschappelijk werker.") % {"email": email})
    if close := get_close_matches(email, here.workers, n=1, cutoff=0.85):
        return sentence + " " + str(_("Is het %(email)s?") % {"email": close[0]})
    return sentence + " " + str(_("Geef die persoon een account, of laat dit vak leeg: dan kiest de coördinator."))


def _no_team(name: str, here: Here) -> str:
    names = ", ".join(team.name for team in here.teams.values()) or "–"
    return str(_("Het team “%(name)s” is niet gekend. Er zijn: %(names)s.") % {"name": name, "names": names})


def _uncovered(address: str) -> str:
    return str(
        _(
            "%(address)s ligt in geen wijk: dit gezin gaat naar het Sociaal Huis, "
            "en het adres op de lijst om na te kijken."
        )
        % {"address": address}
    )
