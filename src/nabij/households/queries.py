"""The public questions about households; `open_household` is the one door."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Reach
from nabij.access.queries import ground_of, valid
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.households import events
from nabij.households.languages import called
from nabij.households.models import Address, ContactPoint, Correction, Household, Membership, Person
from nabij.households.recognition.dates import BirthDate
from nabij.households.recognition.names import fold
from nabij.households.recognition.score import Candidate, Match, Query, rank
from nabij.kernel.actor import Actor
from nabij.kernel.names import fold as plain_words
from nabij.kernel.refusals import Denied, NotOpen
from nabij.territory.models import Neighbourhood

READS_ONLY = _("Je leest dit dossier mee, maar je past er niets in aan. Vraag het de dossierhouder.")
MEETS_ONLY = _("In nood lees je mee, en noteer je een contact of een afspraak. De rest is aan de dossierhouder.")
NOT_OPEN = _("Dit dossier is niet voor jou open. De dossierhouder kan je toegang geven.")


@dataclass
class Member:
    """A person in a household on a day."""

    person: Person
    membership: Membership
    age: int | None = None

    @property
    def name(self) -> str:
        """Return the whole name."""
        return str(self.person)

    @property
    def speaks(self) -> list[str]:
        """Return the languages in Dutch."""
        return called(self.person.languages)


@dataclass
class OpenHousehold:
    """A household that somebody may see, with the ground on which; made by the door only."""

    household: Household
    ground: Ground
    members: list[Member] = field(default_factory=list)
    former: list[Member] = field(default_factory=list)
    address: Address | None = None
    contact_points: list[ContactPoint] = field(default_factory=list)
    also: Any = None

    @property
    def id(self) -> UUID:
        """Return the key of the household."""
        return self.household.id

    @property
    def name(self) -> str:
        """Return how people call this household."""
        return self.household.name

    @property
    def in_file(self) -> bool:
        """Return whether the ground reaches the file, and not only the name."""
        return self.ground.depth >= 2


def open_household(key: UUID, *, by: Actor, on: date, purpose: str, also: str = "null") -> OpenHousehold:
    """Check the basis of access, leave the look, and return the household.

    `also` is an expression in SQL on this household `h` that a room above asks in the same statement: never what was typed.
    Raises `NotOpen`, with the same sentence, for a household that is hidden and for one that does not exist.
    """
    household: Any = next(
        iter(Household.objects.raw(_DOOR.replace("@also", also), {"worker": by.id, "on": on, "key": key})), None
    )
    if household is None or not household.ground:
        trail.look(events.LOOK_REFUSED, by=by, household=key, ground="", purpose=purpose)
        raise NotOpen(NOT_OPEN)
    trail.look(events.LOOKED, by=by, household=key, ground=household.ground, purpose=purpose)
    return _filled(household, Ground(household.ground), on)


def touch_household(key: UUID, *, by: Actor, on: date, depth: int = 2, meets: bool = False) -> Ground:
    """Check, for a verb, that `by` reaches a household; the verb's own event is its look.

    With `meets` the verb notes a contact or an appointment, which who is there in an emergency may do as well.
    Raises `NotOpen`, or `Denied` for who may read it only.
    """
    ground = ground_of(by, key, on=on, writes=True)
    if ground and ground.depth >= depth:
        return ground
    reads = ground_of(by, key, on=on)
    if meets and reads and reads.meets and reads.depth >= depth:
        return reads
    if reads and reads.depth >= depth:
        raise Denied(reads_only(reads))
    raise NotOpen(NOT_OPEN)


def reads_only(ground: Ground) -> Any:
    """Return the sentence for who reaches a household and changes nothing in its file, or the empty string."""
    return "" if ground.writes else MEETS_ONLY if ground == Ground.EMERGENCY else READS_ONLY


def hold(keys: Iterable[UUID], *, by: Actor) -> None:
    """Let the verbs of others on these households wait until this transaction ends; read after it what holds now."""
    rows = Household.objects.select_for_update(no_key=True).filter(id__in=list(keys)).order_by("id")
    list(rows.values_list("id"))


def face_of(key: UUID, *, by: Actor) -> str:
    """Return what a household is called, for the desk before which it stands; leaves a look; raises `NotOpen`."""
    with connection.cursor() as cursor:
        cursor.execute("select households_face(%s)", [key])
        name = cursor.fetchone()[0]
    if name is None:
        trail.look(events.LOOK_REFUSED, by=by, household=key, ground="", purpose="onthaal")
        raise NotOpen(NOT_OPEN)
    trail.look(events.LOOKED, by=by, household=key, ground=Ground.FRONT_DESK, purpose="onthaal")
    return str(name)


def is_known(person: UUID) -> bool:
    """Return whether a key is that of a person of this municipality, reached or not."""
    with connection.cursor() as cursor:
        cursor.execute("select households_known(%s)", [person])
        return bool(cursor.fetchone()[0])


def streets_without_wijk(*, by: Actor) -> list[tuple[str, str, int]]:
    """Return (street, postcode, number of households) of what no wijk covers, for who manages the municipality."""
    with connection.cursor() as cursor:
        cursor.execute("select * from households_streets_without_wijk()")
        return [(street, postcode, households) for street, postcode, households in cursor.fetchall()]


def names_of(keys: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return the names of those of these households that `by` reaches."""
    return dict(Household.objects.filter(id__in=set(keys)).values_list("id", "name"))


def members_of(keys: Iterable[UUID], *, by: Actor, on: date) -> dict[UUID, list[Member]]:
    """Return who lives in each of these households on a day, adults first, eldest first."""
    found: dict[UUID, list[Member]] = defaultdict(list)
    rows = Membership.objects.filter(valid(on), household_id__in=list(keys)).select_related("person")
    for row in sorted(rows, key=_eldest_first):
        found[row.household_id].append(Member(row.person, row, age_of(row.person, on)))
    return found


def search(typed: str, *, by: Actor, limit: int = 20) -> list[Household]:
    """Return households that `by` reaches of which the name, or a member, holds every word that was typed."""
    # The plain form, with particles apart: “van den berghe” is found in “vandenberghe”, and “ben claes” in “ben claes”.
    words = plain_words(typed).split()[:8]
    if not words:
        return []
    # First what one reaches, as a list: the names are then compared for some hundreds of files, not for the whole town.
    mine = list(Reach.objects.filter(worker_id=by.id).values_list("household_id", flat=True).distinct())
    lives_here = Membership.objects.filter(*[Q(person__search_name__contains=word) for word in words], valid_until=None)
    found = set(lives_here.filter(household_id__in=mine).values_list("household_id", flat=True))
    named = Q(*[Q(sort_key__contains=word) for word in words])
    rows = Household.objects.filter(named | Q(id__in=found), id__in=mine)
    return list(rows.order_by("sort_key", "id")[: limit + 1])


def without_wijk(*, by: Actor, on: date, limit: int = 50) -> list[Address]:
    """Return the addresses that no wijk covers: the list to mend."""
    rows = Address.objects.filter(valid(on), neighbourhood=None).exclude(street="").select_related("household")
    return list(rows.order_by("street", "number", "id")[:limit])


def corrections_of(key: UUID, *, by: Actor) -> list[Correction]:
    """Return what was corrected in a household, latest first, with what stood there before."""
    return list(Correction.objects.filter(household_id=key).select_related("person").order_by("-corrected_at", "id"))


def addresses_of(key: UUID, *, by: Actor) -> list[Address]:
    """Return every address of a household, latest first."""
    return list(Address.objects.filter(household_id=key).order_by("-valid_from", "id"))


def candidates(*, by: Actor, folded: str, born: list[date], insz: str, phone: str) -> list[dict[str, Any]]:
    """Return the short list of people that somebody might be, of the whole municipality, without addresses."""
    with connection.cursor() as cursor:
        cursor.execute("select * from households_candidates(%s, %s::date[], %s, %s)", [folded, born, insz, phone])
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def brought_over_before(references: Iterable[str], *, by: Actor) -> set[str]:
    """Return which of these references of an older system are here already."""
    with connection.cursor() as cursor:
        cursor.execute("select households_old_references(%s::text[])", [list(references)])
        return {str(reference) for (reference,) in cursor.fetchall()}


@dataclass(frozen=True)
class PerhapsOne:
    """A household that is helped elsewhere, and another file that may be of the same people."""

    household_id: UUID
    name: str
    other_id: UUID
    other_name: str
    given_name: str
    family_name: str
    birth_date: date | None
    birth_precision: str
    team: str
    registered_at: datetime


def perhaps_one(*, by: Actor) -> list[PerhapsOne]:
    """Return the doubtful doubles of the households helped elsewhere that `by` reaches; leaves a look where there are."""
    with connection.cursor() as cursor:
        cursor.execute("select * from households_doubles()")
        found = [PerhapsOne(*row) for row in cursor.fetchall()]
    if found:
        trail.look(events.SEARCHED, by=by, household=None, ground="", purpose="misschien dubbel")
    return found


def wrote_who_lives(household: UUID, *, by: Actor) -> bool:
    """Return whether it was `by` who noted a member, a correction or a way to reach this household."""
    noted = {"household_id": household, "noted_by": by.id}
    return (
        Membership.objects.filter(**noted).exists()
        or ContactPoint.objects.filter(**noted).exists()
        or Correction.objects.filter(household_id=household, corrected_by=by.id).exists()
    )


def known_alike(people: Sequence[Query], *, by: Actor) -> dict[int, list[Match]]:
    """Return, by place in `people`, who of the whole municipality that perhaps is, best first; leaves a look."""
    trail.look(events.SEARCHED, by=by, household=None, ground="", purpose="overbrenging")
    found: dict[int, list[Candidate]] = defaultdict(list)
    asked = [(fold(q.name), q.birth.date if q.birth else None, q.insz, q.phone) for q in people]
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*asked, strict=True)] or [[], [], [], []]
        cursor.execute("select * from households_alike(%s::text[], %s::date[], %s::text[], %s::text[])", columns)
        for place, given, family, born, precision, insz, phones in cursor.fetchall():
            birth = BirthDate(born, precision) if born else None
            found[place].append(Candidate("", given, family, birth, tuple(phones), insz))
    ranked = {place: rank(people[place], candidates) for place, candidates in found.items()}
    return {place: matches for place, matches in ranked.items() if matches}


def age_of(person: Person, on: date) -> int | None:
    """Return somebody's age in whole years on a day; None when the birth date is not known."""
    born = person.birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None


def _filled(household: Any, ground: Ground, on: date) -> OpenHousehold:
    rows = list(Membership.objects.filter(household=household).select_related("person"))
    now = [row for row in rows if row.valid_from <= on and (row.valid_until is None or row.valid_until > on)]
    here = {row.person_id for row in now}
    # Who left and came back lives here; and a row that was replaced on its first day was never true for a day.
    gone = [r for r in rows if r.valid_until and r.valid_from < r.valid_until <= on and r.person_id not in here]
    past = {row.person_id: row for row in sorted(gone, key=lambda row: row.valid_until or date.max)}.values()
    return OpenHousehold(
        household=household,
        ground=ground,
        members=[Member(row.person, row, age_of(row.person, on)) for row in sorted(now, key=_eldest_first)],
        former=[Member(row.person, row, age_of(row.person, on)) for row in sorted(past, key=_eldest_first)],
        address=_address(json.loads(household.address_now or "null")),
        contact_points=[ContactPoint(**_keyed(point)) for point in json.loads(household.points_now or "[]")],
        also=json.loads(household.also_now or "null"),
    )


# Asked on every page of a household, so it is written in SQL: Django takes ten times as long to put it together as
# PostgreSQL to answer it. Row-level security holds here as everywhere. The flat table is asked first: of a household that is
# hidden not a row is read, so it takes as long as one that does not exist.
_DOOR = """
select h.*,
  (select r.ground from access_reach r
   where r.worker_id = %(worker)s and r.household_id = h.id and r.since <= %(on)s and (r.until is null or r.until > %(on)s)
     and r.depth > 0 and (r.expires_at is null or r.expires_at > now())
   order by r.depth desc, r.writes desc, r.ground limit 1) as ground,
  (select jsonb_build_object(
     'id', a.id, 'street', a.street, 'number', a.number, 'box', a.box, 'postcode', a.postcode, 'place', a.place,
     'neighbourhood_id', a.neighbourhood_id, 'valid_from', a.valid_from, 'wijk', n.name)
   from households_address a left join territory_neighbourhood n on n.id = a.neighbourhood_id
   where a.household_id = h.id and a.valid_from <= %(on)s and (a.valid_until is null or a.valid_until > %(on)s)
   order by a.valid_from desc, a.id limit 1) as address_now,
  (select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'value', c.value, 'person_id', c.person_id)
                    order by c.kind, c.value, c.id)
   from households_contactpoint c
   where c.household_id = h.id and c.valid_from <= %(on)s and (c.valid_until is null or c.valid_until > %(on)s)
  ) as points_now, @also as also_now
from households_household h
where h.id = (select r.household_id from access_reach r where r.worker_id = %(worker)s and r.household_id = %(key)s limit 1)
"""


def _address(found: dict[str, Any] | None) -> Address | None:
    if found is None:
        return None
    told = _keyed(found)
    wijk = told.pop("wijk")
    address = Address(**{**told, "valid_from": date.fromisoformat(told["valid_from"])})
    if address.neighbourhood_id:
        address.neighbourhood = Neighbourhood(id=address.neighbourhood_id, name=wijk)
    return address


def _keyed(found: dict[str, Any]) -> dict[str, Any]:
    # JSON knows no keys, only text.
    return {name: UUID(value) if value and name.endswith("id") else value for name, value in found.items()}


def _eldest_first(row: Membership) -> tuple[object, ...]:
    return (row.role != "adult", row.person.birth_date or date.max, row.person.search_name, str(row.person_id))
