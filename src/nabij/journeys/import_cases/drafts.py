"""Lines become households: those with one reference belong together. Still without teams, workers or anybody known."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.households.models import Membership
from nabij.households.recognition.dates import BirthDate
from nabij.households.recognition.insz import parse_insz
from nabij.households.recognition.names import fold
from nabij.households.rows import NewAddress, NewPerson
from nabij.journeys.import_cases.columns import OF_HOUSEHOLD
from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import LineError, Row

MOST_PEOPLE = 40


@dataclass(frozen=True)
class Somebody:
    """A line of the file: a person, and how that person is reached."""

    row: Row
    person: NewPerson
    phones: tuple[str, ...]
    email: str

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.person.given_name} {self.person.family_name}".strip()

    @property
    def birth(self) -> BirthDate | None:
        """Return the birth date with what is known of it."""
        born, precision = self.person.birth_date, self.person.birth_precision
        return BirthDate(born, "day" if precision == "day" else "year") if born else None


@dataclass
class Draft:
    """A household as the file tells it; `said` holds what is of the whole household, `where` the line that said it."""

    reference: str
    people: list[Somebody] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    where: dict[str, Row] = field(default_factory=dict)

    @property
    def first(self) -> Row:
        """Return the first line of the household."""
        return self.people[0].row

    def error(self, column: str, sentence: Any) -> LineError:
        """Return a remark in the cell that said it, or on the first line."""
        return self.where.get(column, self.first).error(column, sentence)

    @property
    def address(self) -> NewAddress | None:
        """Return the address, when anything of it was told."""
        told = [self.said.get(column, "") for column in ("straat", "huisnummer", "bus", "postcode", "gemeente")]
        return NewAddress(*told) if any(told) else None

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was noted, each text once."""
        return tuple(dict.fromkeys(somebody.row["notitie"] for somebody in self.people if somebody.row["notitie"]))


def gather(rows: list[Row], today: date) -> tuple[list[Draft], list[LineError]]:
    """Return the households in the order of the file, and what is wrong with them."""
    drafts: dict[str, Draft] = {}
    errors: list[LineError] = []
    for row in rows:
        try:
            somebody = _somebody(row, today)
        except BadInput as refusal:
            errors.append(row.error(refusal.field or "", refusal.sentence))
            continue
        draft = drafts.setdefault(row["dossier"], Draft(row["dossier"]))
        draft.people.append(somebody)
        errors += _say(draft, row)
    for draft in drafts.values():
        errors += _doubled(draft)
    return list(drafts.values()), errors


def _somebody(row: Row, today: date) -> Somebody:
    if not row["voornaam"] and not row["familienaam"]:
        raise BadInput(_("Hier staat geen naam. Vul een voornaam of een familienaam in."), field="familienaam")
    birth, insz = row["geboortedatum"], row["rijksregisternummer"] or ""
    if insz:
        try:
            number = parse_insz(insz, birth)
        except BadInput as refusal:
            raise BadInput(refusal.sentence, field="rijksregisternummer") from refusal
        if birth is None and number.birth_date:
            birth = BirthDate(number.birth_date)
    person = NewPerson(
        given_name=row["voornaam"] or "",
        family_name=row["familienaam"] or "",
        birth_date=birth.date if birth else None,
        birth_precision=birth.precision if birth else "unknown",
        insz=insz,
        languages=row["taal"] or (),
        role=row["rol"] or _role_by_age(birth, today),
    )
    return Somebody(row, person, row["telefoon"] or (), row["e-mail"] or "")


def _role_by_age(birth: BirthDate | None, today: date) -> str:
    if birth is None:
        return Membership.Role.ADULT
    born = birth.date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Membership.Role.CHILD if age < 18 else Membership.Role.ADULT


def _say(draft: Draft, row: Row) -> Iterator[LineError]:
    for column in OF_HOUSEHOLD:
        value = row[column]
        if value is None:
            continue
        earlier = draft.where.get(column)
        if earlier is None:
            draft.said[column], draft.where[column] = value, row
        elif heading_of(value) != heading_of(draft.said[column]):
            said = {"line": earlier.line, "value": draft.said[column]}
            yield row.error(
                column,
                _("Op regel %(line)s staat voor hetzelfde dossier “%(value)s”. Maak ze gelijk, of laat dit vak leeg.")
                % said,
            )


def heading_of(value: Any) -> str:
    """Return a value in a form in which two spellings of it are equal."""
    return fold(str(value)).replace(" ", "") or str(value)


def _doubled(draft: Draft) -> Iterator[LineError]:
    if len(draft.people) > MOST_PEOPLE:
        said = {"many": len(draft.people), "reference": draft.reference}
        yield draft.error("dossier", _("Dossier %(reference)s heeft %(many)s personen. Klopt deze referentie?") % said)
    seen: dict[tuple[str, Any], Somebody] = {}
    for somebody in draft.people:
        person = somebody.person
        marks: list[tuple[str, Any]] = [("insz", person.insz)] if person.insz else []
        marks.append(("name", (heading_of(somebody.name), person.birth_date)))
        other = next((seen[mark] for mark in marks if mark in seen), None)
        if other:
            said = {"name": other.name, "line": other.row.line}
            yield somebody.row.error(
                "familienaam", _("%(name)s staat in dit dossier ook op regel %(line)s. Laat er één over.") % said
            )
        seen |= dict.fromkeys(marks, somebody)


def by_key(drafts: list[Draft]) -> dict[str, list[tuple[Draft, Somebody]]]:
    """Return the people of the file under everything by which a double may show: number, phone, birth date, name."""
    found: dict[str, list[tuple[Draft, Somebody]]] = defaultdict(list)
    for draft in drafts:
        for somebody in draft.people:
            keys = [f"name {heading_of(somebody.name)}", *(f"phone {phone}" for phone in somebody.phones)]
            if somebody.person.insz:
                keys.append(f"insz {somebody.person.insz}")
            if somebody.person.birth_date:
                keys.append(f"birth {somebody.person.birth_date}")
            for key in keys:
                found[key].append((draft, somebody))
    return found
