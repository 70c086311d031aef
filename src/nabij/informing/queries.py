"""The public questions: may this be shared, who was told, what was agreed, and which text is shown today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nabij.access.queries import valid
from nabij.households.models import Membership
from nabij.households.queries import Member
from nabij.informing import policies
from nabij.informing.models import Consent, Text, Told
from nabij.informing.purposes import BASES, FIRST, LANGUAGES, Basis, LegalGround, Purpose
from nabij.informing.texts import STANDARD_VERSION, Shown, for_town, standard
from nabij.kernel.actor import Actor
from nabij.kernel.names import fold
from nabij.kernel.refusals import NotNow, NotOpen
from nabij.territory.models import Municipality


@dataclass(frozen=True)
class Telling:
    """What was shown, and how: for which purpose, in which language, which version."""

    purpose: str
    language: str
    version: str
    how: str


@dataclass(frozen=True)
class Known:
    """Whether somebody of the household was told something, and the last time that this was."""

    member: Member
    told: Told | None

    @property
    def language(self) -> str:
        """Return in which of the languages of the texts this person reads; Dutch where none fits."""
        codes = dict(LANGUAGES)
        return next((code for code in self.member.person.languages if code in codes), LANGUAGES[0][0])


def allowed(
    household: UUID, person: UUID, purpose: str, recipient: str, *, by: Actor, on: date, health: bool = False
) -> bool:
    """Return whether somebody agreed, and still does on a day, that this is shared with this recipient for this purpose.

    `health` asks whether what is about health may go along. Whoever does not reach the file gets no for an answer. Raises
    `BadInput` for a purpose that rests on a duty or a task: there no consent is asked, so none can be missed.
    """
    policies.asks_consent(purpose)
    rows = _counting(on).filter(
        household_id=household, person_id=person, purpose=purpose, recipient_key=fold(recipient)
    )
    return (rows.filter(with_health=True) if health else rows).exists()


def open_consents(household: UUID, *, by: Actor, on: date) -> list[Consent]:
    """Return the consents of a household that count on a day, by person and purpose."""
    return list(_counting(on).filter(household_id=household).order_by("person_id", "purpose", "recipient_key", "id"))


def consents_of(household: UUID, *, by: Actor) -> list[Consent]:
    """Return every answer of a household, latest first, each with its withdrawal."""
    rows = Consent.objects.filter(household_id=household).select_related("person", "said_by", "withdrawal__said_by")
    return list(rows.order_by("-answered_on", "-noted_at", "id"))


def consent(key: UUID, *, household: UUID, by: Actor) -> Consent:
    """Return one answer of a household; raises `NotOpen`."""
    rows = Consent.objects.filter(household_id=household).select_related("person", "said_by", "withdrawal__said_by")
    found = rows.filter(id=key).first()
    if found is None:
        raise NotOpen(_("Deze toestemming bestaat niet, of ze is niet voor jou open."))
    return found


def state_of(one: Consent, members: Iterable[Member], *, on: date) -> str:
    """Return how it stands with an answer on a day: counts, ended, withdrawn, refused, or left (who said it moved out)."""
    if one.outcome == Consent.Outcome.REFUSED:
        return "refused"
    if one.stopped_on:
        return "withdrawn"
    if one.ends_on is None or one.ends_on <= on:
        return "ended"
    return "counts" if one.person_id in {member.person.id for member in members} else "left"


def told(members: Iterable[Member], *, by: Actor, purpose: str = FIRST) -> list[Known]:
    """Return of each of these people when they were last told something; by default who we are, and that we also control.

    Told once is told, also for who moved in from a household that `by` reaches.
    """
    people = list(members)
    return [Known(member, told) for member, told in zip(people, _last_told(people, purpose), strict=True)]


# What `told` answers for the first text, as an expression for the one statement that opens a household.
TOLD_FIRST = f"""(
  select jsonb_object_agg(t.person_id, jsonb_build_object('told_on', t.told_on, 'how', t.how, 'language', t.language))
  from (select distinct on (person_id) person_id, told_on, how, language from informing_told
        where person_id in (select m.person_id from households_membership m where m.household_id = h.id)
          and purpose = '{FIRST.value}' order by person_id, told_on desc, noted_at desc, id) t
)"""  # noqa: S608 - nothing typed by a user


def told_first(members: Iterable[Member], found: dict[str, dict[str, str]] | None) -> list[Known]:
    """Return of each of these people when they were told who we are, from what `TOLD_FIRST` found."""
    last = {
        UUID(key): Told(**{**row, "told_on": date.fromisoformat(row["told_on"])}) for key, row in (found or {}).items()
    }
    return [Known(member, last.get(member.person.id)) for member in members]


def told_by_purpose(members: Iterable[Member], *, by: Actor) -> dict[str, list[Known]]:
    """Return, for each purpose that rests on a duty or a task, of each of these people when they were last told."""
    people = list(members)
    wanted = [purpose.value for purpose in Purpose if BASES[purpose].ground != LegalGround.CONSENT]
    last = _last_told(people, *wanted)
    return {
        purpose: [Known(member, row) for member, row in zip(people, last[at * len(people) :], strict=False)]
        for at, purpose in enumerate(wanted)
    }


def adults(members: Iterable[Member]) -> list[Member]:
    """Return who is told in person: everybody who is no child here."""
    return [member for member in members if member.membership.role != "child"]


def basis_of(purpose: str) -> Basis:
    """Return on which legal ground a purpose rests; raises `NotOpen` for one that does not exist."""
    if purpose not in BASES:
        raise NotOpen(_("Deze uitleg bestaat niet."))
    return BASES[purpose]


def text(purpose: str, language: str, *, by: Actor, on: date) -> Shown:
    """Return what is shown on a day: the municipality's own latest version, or the standard one."""
    rows = Text.objects.filter(
        municipality_id=by.municipality_id, purpose=purpose, language=language, valid_from__lte=on
    )
    own = rows.order_by("-valid_from", "-number").first()
    words = own.words if own else standard(purpose, language)
    return Shown(purpose, language, _version(own), for_town(words, town_of(by)))


def text_as_shown(purpose: str, language: str, version: str, *, by: Actor) -> Shown:
    """Return the version that was on the screen, also when a newer one came meanwhile; raises `NotNow`."""
    if version == STANDARD_VERSION:
        return Shown(purpose, language, version, for_town(standard(purpose, language), town_of(by)))
    number = version.removeprefix("gemeente-")
    rows = Text.objects.filter(municipality_id=by.municipality_id, purpose=purpose, language=language)
    own = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    if own is None:
        raise NotNow(_("Deze versie van de tekst is er niet meer. Lees wat er nu staat, en bewaar opnieuw."))
    return Shown(purpose, language, version, for_town(own.words, town_of(by)))


def template(purpose: str, language: str, *, by: Actor) -> str:
    """Return the latest words as they are written, with the mark for the name of the municipality: what one goes on from."""
    own = next(iter(versions(purpose, language, by=by)), None)
    return own.words if own else standard(purpose, language)


def all_told(household: UUID, people: Iterable[UUID], telling: Telling, *, by: Actor, on: date) -> bool:
    """Return whether all of these people were told this very version on that day."""
    rows = Told.objects.filter(household_id=household, purpose=telling.purpose, version=telling.version, told_on=on)
    return set(people) <= set(rows.values_list("person_id", flat=True))


def versions(purpose: str, language: str, *, by: Actor) -> list[Text]:
    """Return every version that a municipality wrote, latest first."""
    rows = Text.objects.filter(municipality_id=by.municipality_id, purpose=purpose, language=language)
    return list(rows.order_by("-number"))


def latest_versions(*, by: Actor) -> dict[tuple[str, str], Text]:
    """Return the latest version of every own text, by purpose and language."""
    rows = Text.objects.filter(municipality_id=by.municipality_id).order_by("number")
    return {(row.purpose, row.language): row for row in rows}


def town_of(by: Actor) -> str:
    """Return the name of the municipality."""
    return str(Municipality.objects.values_list("name", flat=True).get(id=by.municipality_id))


def _version(own: Text | None) -> str:
    return f"gemeente-{own.number}" if own else STANDARD_VERSION


def _counting(on: date) -> QuerySet[Consent]:
    # Who left said yes to the help of another household: after a separation nothing is shared on that.
    lives_here = Membership.objects.filter(
        valid(on), household_id=OuterRef("household_id"), person_id=OuterRef("person_id")
    )
    runs = Q(ends_on__gt=on) & (Q(stopped_on__isnull=True) | Q(stopped_on__gt=on))
    given = Consent.objects.filter(runs, outcome=Consent.Outcome.GIVEN, answered_on__lte=on)
    return given.filter(Exists(lives_here))


def _last_told(members: list[Member], *purposes: str) -> list[Told | None]:
    """Return the last telling of each purpose to each of these people: purpose by purpose, in their order."""
    people = [member.person.id for member in members]
    rows = Told.objects.filter(person_id__in=people, purpose__in=purposes).order_by("told_on", "noted_at", "-id")
    last = {(row.purpose, row.person_id): row for row in rows}
    return [last.get((purpose, person)) for purpose in purposes for person in people]
