"""Filling a municipality from files: wijken, streets, centres, teams, workers. Each part is said in a line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.models import Team, User
from nabij.access.roles import FUNCTIONS, GUIDES
from nabij.config.words import _, ngettext
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import BadInput, NotNow, Refusal
from nabij.kernel.tables.columns import heading
from nabij.territory import actions as territory
from nabij.territory import queries as places
from nabij.territory.models import Centre, Neighbourhood
from nabij.territory.readers.people_and_places import CentreRecord, WorkerRecord, read_centres, read_workers
from nabij.territory.readers.streets import read_streets
from nabij.territory.readers.teams import TeamRecord, read_teams
from nabij.territory.readers.wijken import WijkRecord, read_wijken

Say = Callable[[str], object]


def load_wijken(path: Path, *, by: Actor, say: Say) -> None:
    """Load the wijken of the municipality out of a GeoJSON file; raises `FileRefused`."""
    before = {wijk.code for wijk in places.wijken(by=by)}
    records = read_wijken(path, nis=places.municipality(by=by).nis)
    territory.load_wijken(by=by, wijken=records)
    new = len({record.code for record in records} - before)
    say(_("{many} wijken geladen, {new} nieuw.").format(many=len(records), new=new))
    if left := sorted(before - {record.code for record in records}):
        say(
            _("Deze wijken waren er al en staan niet in het bestand; ze blijven: {wijken}.").format(
                wijken=", ".join(left)
            )
        )


def load_streets(path: Path, *, by: Actor, say: Say) -> None:
    """Replace the streets by those of a file; raises `FileRefused`, or `Refusal` when there is no wijk yet."""
    wijken = _wijken(by)
    records = read_streets(path, wijken=_records(wijken))
    many = territory.load_streets(by=by, streets=records)
    streets = len({(record.street, record.postcode) for record in records})
    say(_("{many} stukken straat geladen, van {streets} straten.").format(many=many, streets=streets))
    if without := [w.name for w in wijken if w.code not in {record.wijk for record in records}]:
        say(_("Nog zonder straten: {wijken}.").format(wijken=", ".join(without)))


def load_centres(path: Path, *, by: Actor, say: Say) -> None:
    """Open the centres of a file; raises `FileRefused`, or `Refusal` with those that are there already."""
    wijken = {wijk.code: wijk.id for wijk in places.wijken(by=by)}
    records = read_centres(path, wijken=_records(places.wijken(by=by)))
    there = {heading(centre.name) for centre in places.centres(by=by)}
    if double := [record.name for record in records if heading(record.name) in there]:
        raise BadInput(_("Deze centra zijn er al: {names}. Haal ze uit het bestand.").format(names=", ".join(double)))
    for record in records:
        territory.open_centre(
            by=by,
            name=record.name,
            address=record.address,
            kind=Centre.Kind.CENTRAL if record.central else Centre.Kind.NEIGHBOURHOOD,
            neighbourhood=_wijk_of(record, wijken),
            phone=record.phone,
            rooms=record.rooms,
            hours=[(opening.weekday, opening.opens, opening.closes) for opening in record.openings],
        )
    say(ngettext("{many} centrum geladen.", "{many} centra geladen.", len(records)).format(many=len(records)))


def _wijk_of(record: CentreRecord, wijken: dict[str, UUID]) -> UUID | None:
    if record.wijk and record.wijk not in wijken:
        raise BadInput(
            _("Centrum {name}: wijk {wijk} bestaat niet. Laad eerst de wijken.").format(
                name=record.name, wijk=record.wijk
            )
        )
    return wijken.get(record.wijk)


def load_teams(path: Path, *, by: Actor, say: Say) -> None:
    """Form the teams of a file; raises `FileRefused`, or `Refusal` with those that are there already."""
    records = read_teams(path, wijken=_records(_wijken(by)), centres=[centre.name for centre in places.centres(by=by)])
    _form(records, by=by, say=say)


def team_per_wijk(*, by: Actor, say: Say) -> None:
    """Form a team for each wijk that has none, and a central one where that is missing."""
    centres = places.centres(by=by)
    centre_of = {centre.neighbourhood_id: centre.name for centre in centres if centre.neighbourhood_id}
    house = next((centre.name for centre in centres if centre.kind == Centre.Kind.CENTRAL), "")
    served = _served(by)
    wijken = _wijken(by)
    names = [wijk.name for wijk in wijken]
    records = [
        TeamRecord(
            wijk.name if names.count(wijk.name) == 1 else f"{wijk.name} ({wijk.code})",
            centre_of.get(wijk.id, ""),
            (wijk.code,),
            False,
        )
        for wijk in wijken
        if wijk.id not in served
    ]
    if not any(team.is_central for team in who.teams(by=by)):
        records.append(TeamRecord(_("Sociaal Huis"), house, (), True))
    _form(records, by=by, say=say)


def _form(records: list[TeamRecord], *, by: Actor, say: Say) -> None:
    codes = {wijk.code: wijk for wijk in places.wijken(by=by)}
    centres = {centre.name: centre.id for centre in places.centres(by=by)}
    served = _served(by)
    there = {heading(team.name) for team in who.teams(by=by)}
    wrong = [_("Team “{name}” is er al.").format(name=r.name) for r in records if heading(r.name) in there]
    wrong += [
        _("Wijk {wijk} heeft al een team: {team}.").format(wijk=codes[code].name, team=served[codes[code].id])
        for record in records
        for code in record.wijken
        if codes[code].id in served
    ]
    _refuse(wrong)
    for record in records:
        access.form_team(
            by=by,
            name=record.name,
            centre=centres.get(record.centre),
            neighbourhoods=[codes[code].id for code in record.wijken],
            is_central=record.central,
        )
    say(ngettext("{many} team gevormd.", "{many} teams gevormd.", len(records)).format(many=len(records)))
    served = _served(by)
    if without := [wijk.name for wijk in codes.values() if wijk.id not in served]:
        say(
            _("Nog zonder team: {wijken}. Wie daar woont, gaat naar het Sociaal Huis.").format(
                wijken=", ".join(without)
            )
        )
    if not any(team.is_central for team in who.teams(by=by)):
        say(_("Er is nog geen centraal team (Sociaal Huis): voor een adres dat in geen wijk ligt, is er dan niemand."))


def load_workers(path: Path, *, by: Actor, say: Say) -> None:
    """Give the workers of a file an account and a function from today; raises `FileRefused`, `Refusal` for others."""
    words = [str(function.name) for function in FUNCTIONS.values()]
    records = read_workers(path, functions=[*words, *FUNCTIONS])
    wrong = []
    for record in records:
        try:
            _take_on(record, by=by)
        except Refusal as refusal:
            wrong.append(f"{record.given_name} {record.family_name} ({record.email}): {refusal}")
    _refuse(wrong)
    loaded = ngettext("{many} medewerker geladen.", "{many} medewerkers geladen.", len(records))
    say(f"{loaded.format(many=len(records))} {_('Laat ze zelf een wachtwoord kiezen: nabij user invite')}")


def _take_on(record: WorkerRecord, *, by: Actor) -> User:
    name = f"{record.given_name} {record.family_name}"
    team, centre = place_of(record.team, by=by)
    return engage(by=by, name=name, email=record.email, function=record.function, team=team, centre=centre)


def engage(
    *,
    by: Actor,
    name: str,
    email: str,
    function: str,
    team: Team | None = None,
    centre: Centre | None = None,
    password: str | None = None,
    on: date | None = None,
) -> User:
    """Give somebody an account and a function; raises `NotNow` when the address is taken, `BadInput` for the rest."""
    slug = function_slug(function)
    if slug in GUIDES and team is None and centre is not None:
        team = who.team_of_centre(centre.id, by=by)
    centre_id = centre.id if centre else team.centre_id if team else None
    user = access.enrol(by=by, name=name, email=email, password=password)
    access.appoint(
        by=by, worker=user.id, function=slug, on=on or timezone.localdate(),
        team=team.id if team else None, centre=centre_id,
    )  # fmt: skip
    return user


def function_slug(word: str) -> str:
    """Return the slug of a function by its slug or its Dutch name; raises `BadInput` with the list."""
    known = {heading(word): slug for slug, function in FUNCTIONS.items() for word in (slug, str(function.name))}
    if slug := known.get(heading(word)):
        return slug
    words = ", ".join(f"{slug} ({function.name})" for slug, function in FUNCTIONS.items())
    raise BadInput(_("De functie “{word}” bestaat niet. Kies uit: {words}.").format(word=word, words=words))


def place_of(word: str, *, by: Actor) -> tuple[Team | None, Centre | None]:
    """Return the team, or else the centre, of this name; raises `BadInput` when there is none."""
    if not word.strip():
        return None, None
    for team in who.teams(by=by):
        if heading(team.name) == heading(word):
            return team, None
    return None, centre_of(word, by=by)


def team_of(word: str, *, by: Actor) -> Team | None:
    """Return the team of this name; raises `BadInput` when there is none."""
    teams = who.teams(by=by)
    found = next((team for team in teams if heading(team.name) == heading(word)), None)
    if word and found is None:
        there = ", ".join(team.name for team in teams) or _("nog geen; maak ze met nabij territory teams")
        raise BadInput(_("Het team “{word}” is niet gekend. Er zijn: {there}.").format(word=word, there=there))
    return found


def centre_of(word: str, *, by: Actor) -> Centre | None:
    """Return the centre of this name; raises `BadInput` when there is none."""
    centres = places.centres(by=by)
    found = next((centre for centre in centres if heading(centre.name) == heading(word)), None)
    if word and found is None:
        there = ", ".join([*(team.name for team in who.teams(by=by)), *(centre.name for centre in centres)]) or "–"
        raise BadInput(_("“{word}” is geen team of centrum. Er zijn: {there}.").format(word=word, there=there))
    return found


def _wijken(by: Actor) -> list[Neighbourhood]:
    wijken = places.wijken(by=by)
    if not wijken:
        raise Refusal(
            _(
                "Deze gemeente heeft nog geen wijken. Laad ze eerst: "
                "nabij territory load --municipality {slug} --wijken BESTAND.geojson"
            ).format(slug=places.municipality(by=by).slug)
        )
    return wijken


def _records(wijken: list[Neighbourhood]) -> list[WijkRecord]:
    return [WijkRecord(wijk.code, wijk.name, wijk.geometry or {}) for wijk in wijken]


def _served(by: Actor) -> dict[UUID, str]:
    return dict(
        Team.objects.filter(municipality_id=by.municipality_id, areas__isnull=False).values_list(
            "areas__neighbourhood_id", "name"
        )
    )


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise NotNow("\n  ".join([_("Er is niets ingelezen:"), *wrong]))
