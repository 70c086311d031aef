"""Is somebody known already? And where is this wijk? Answers for a page, without an address or a file of anybody."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from nabij.access import queries as who
from nabij.audit import trail
from nabij.households import events, queries
from nabij.households.actions import NewAddress
from nabij.households.recognition.dates import BirthDate, parse_birth_date
from nabij.households.recognition.names import fold
from nabij.households.recognition.phones import parse_phone
from nabij.households.recognition.score import Candidate, Query, rank
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Refusal
from nabij.territory import queries as territory
from nabij.territory.readers.shapes import Frame, svg_path


@dataclass(frozen=True)
class Perhaps:
    """Somebody who might be the person at the desk: name, birth year, why, and who is in charge."""

    name: str
    born: str
    reasons: str
    surely: bool
    household_id: UUID
    household: str
    charge: Any
    person_id: UUID


@dataclass(frozen=True)
class Town:
    """The map of the municipality: a box, and a path for each wijk."""

    view_box: str
    wijken: list[tuple[str, str, bool]]
    here: str


def people_like(*, by: Actor, typed: Any, today: date) -> list[Perhaps]:
    """Return at most five people whom the typed name, birth date, number or phone may mean, likeliest first."""
    name = f"{typed.get('given_name') or ''} {typed.get('family_name') or ''}".strip()
    birth = _or_nothing(parse_birth_date, typed.get("birth_date"), today)
    phone, insz = _or_nothing(parse_phone, typed.get("phone")) or "", _digits(typed.get("insz"))
    folded = fold(name)
    if len(folded) < 3 and not insz and not phone:
        return []
    rows = queries.candidates(by=by, folded=folded, born=_near(birth), insz=insz, phone=phone)
    homes = {row["person_id"]: row for row in rows}
    matches = rank(Query(name=name, birth=birth, phone=phone, insz=insz), [_candidate(row) for row in rows])
    if not matches:
        return []
    charges = who.in_charge([homes[m.candidate.key]["household_id"] for m in matches], by=by, on=today)
    trail.look(events.SEARCHED, by=by, household=None, ground="", purpose=str(len(matches)))
    return [_perhaps(match, homes[match.candidate.key], charges) for match in matches]


def town_map(*, by: Actor, here: UUID | None) -> Town:
    """Return the map with one wijk marked, and its name; without paths when no shapes were loaded."""
    wijken = territory.wijken(by=by)
    name = next((wijk.name for wijk in wijken if wijk.id == here), "")
    drawn = [(wijk, wijk.geometry) for wijk in wijken if wijk.geometry]
    if not drawn:
        return Town("", [], name)
    frame = Frame.around([shape for _wijk, shape in drawn], width=480)
    return Town(frame.view_box, [(wijk.name, svg_path(shape, frame), wijk.id == here) for wijk, shape in drawn], name)


def completed(told: NewAddress | None, *, by: Actor) -> NewAddress | None:
    """Return the address with the postcode and place of the municipality, where the street is one of its streets."""
    if told is None or told.postcode:
        return told
    codes = {code for name, code in territory.streets_like(told.street, by=by) if name.lower() == told.street.lower()}
    if len(codes) != 1:
        return told
    place = told.place or territory.municipality(by=by).name
    return NewAddress(told.street, told.number, told.box, codes.pop(), place)


def _perhaps(match: Any, row: dict[str, Any], charges: dict[UUID, Any]) -> Perhaps:
    born = row["birth_date"]
    return Perhaps(
        name=f"{row['given_name']} {row['family_name']}".strip(),
        born=str(born.year) if born else "",
        reasons=", ".join(str(reason) for reason in match.reasons),
        surely=match.level == "probably",
        household_id=row["household_id"],
        household=row["household_name"],
        charge=charges[row["household_id"]],
        person_id=row["person_id"],
    )


def _candidate(row: dict[str, Any]) -> Candidate:
    birth = BirthDate(row["birth_date"], row["birth_precision"]) if row["birth_date"] else None
    phones = tuple(row["phones"])
    return Candidate(row["person_id"], row["given_name"], row["family_name"], birth, phones, row["insz"])


def _near(birth: BirthDate | None) -> list[date]:
    """Return the date, the date with day and month exchanged, and 1 January of that year: the usual mistakes."""
    if birth is None:
        return []
    born = birth.date
    dates = {born, date(born.year, 1, 1)}
    if born.day <= 12:
        dates.add(date(born.year, born.day, born.month))
    return sorted(dates)


def _digits(text: Any) -> str:
    digits = "".join(character for character in str(text or "") if character.isdigit())
    return digits if len(digits) == 11 else ""


def _or_nothing(reader: Any, text: Any, *more: Any) -> Any:
    try:
        return reader(str(text), *more) if text else None
    except Refusal:
        return None
