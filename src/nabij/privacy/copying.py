"""A copy for one person of what stands there about that person (articles 15 and 20 GDPR), as plain data.

What is of others in the household stays out. That somebody shields a goal, or that a worker sealed a note, is itself a
secret: the copy says in the same words, always, that such things are never in it, and not whether they are there. So nobody
learns from a copy that a partner keeps something apart, or that a youth worker heard something.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from nabij.advice import queries as advice
from nabij.casework import queries as casework
from nabij.casework.models import GoalPerson, Progress
from nabij.frontdesk import queries as frontdesk
from nabij.households import queries as households
from nabij.households.languages import called
from nabij.households.models import ContactPoint, Membership
from nabij.households.queries import Member, OpenHousehold
from nabij.informing.models import Consent, Told
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotOpen
from nabij.privacy import queries

SCHEMA = "nabij-kopie-1"
MANY = 100_000
R = TypeVar("R", bound=Model)

# The same for everybody, whether such things are there or not.
NEVER_IN_IT: list[tuple[Any, Any]] = [
    (
        _(
            "Gegevens van anderen van uw gezin: hun geboortedatum, telefoonnummer of e-mailadres, en wat over hen verbeterd werd."
        ),
        _("Dat zijn hun rechten (art. 15.4 AVG). Zij kunnen zelf een kopie vragen."),
    ),
    (
        _("Doelen die iemand van het gezin voor zichzelf houdt. Dit blad zegt niet of die er zijn."),
        _("Dat zijn hun rechten (art. 15.4 AVG)."),
    ),
    (
        _(
            "Aantekeningen die een medewerker voor zichzelf verzegelt. Wie deze kopie maakte, kan ze niet lezen, en dit blad zegt "
            "niet of die er zijn."
        ),
        _(
            "Beroepsgeheim: wat iemand in vertrouwen hoort, blijft bij wie het hoorde. U kunt het die medewerker zelf vragen."
        ),
    ),
    (
        _(
            "Vroegere plannen in hun geheel: ze zijn van heel het gezin. De dag en wat er afgesproken werd, staan er wel."
        ),
        _("Het gezin kreeg ze op papier, en kan ze opnieuw vragen."),
    ),
    (
        _("Wie in uw dossier keek."),
        _("Daarvan is er een aparte lijst. Vraag ze: u hoeft niet te zeggen waarom."),
    ),
    (
        _("Wat in een ander dossier zou staan, als u ook bij een ander gezin hoort."),
        _("Elk dossier heeft zijn eigen kopie. Vraag ze waar u geholpen wordt."),
    ),
]
LEFT_BY_HAND = _("Teksten die over iemand anders gaan: %(n)s.")
LEFT_BY_HAND_WHY = _("Een medewerker las ze na (art. 15.4 AVG). Vraag gerust welke soort tekst het was.")


@dataclass(frozen=True)
class Text:
    """A text in free words that somebody reads before it goes into a copy: it may be about somebody else."""

    key: UUID
    kind: Any
    when: date
    words: str


def member(home: OpenHousehold, person: UUID) -> Member:
    """Return who in this household, now or before, the copy is for; raises `NotOpen`."""
    for one in (*home.members, *home.former):
        if one.person.id == person:
            return one
    raise NotOpen(_("Deze persoon staat niet in dit dossier."))


def texts(home: OpenHousehold, *, by: Actor, person: UUID) -> list[Text]:
    """Return the free words that `by` reads before giving a copy, latest first."""
    contacts, requests = frontdesk.contacts_and_requests(home.id, by=by, limit=MANY)
    found = [Text(one.id, _("contact"), _day(one.met_at), one.words) for one, _asked in contacts]
    found += [Text(one.id, _("hulpvraag"), _day(one.asked_at), _together(one.words, one.outcome)) for one in requests]
    found += [Text(one.note.id, _("notitie"), one.note.about_on, one.note.text) for one in _notes(home.id, by)]
    found += [
        Text(one.id, _("overdracht"), one.valid_from, _together(one.reason, one.note))
        for one in casework.handovers_of(home.id, by=by)
    ]
    found += [
        Text(one.id, _("raad van een collega"), _day(one.asked_at), _together(one.words, one.answer))
        for one in advice.questions_of(home.id, by=by, limit=MANY)
    ]
    found += [Text(one.id, _("vooruitgang"), _day(one.noted_at), one.text) for one in _progress_for(home.id, person)]
    told = [text for text in found if text.words.strip()]
    return sorted(told, key=lambda text: (text.when, str(text.key)), reverse=True)


def _together(*words: str) -> str:
    return "\n".join(filter(None, words))


def _progress_for(household: UUID, person: UUID) -> list[Progress]:
    ties = GoalPerson.objects.filter(goal_id=OuterRef("goal_id"), person_id=person, tie=GoalPerson.Tie.SHIELDED)
    return list(Progress.objects.filter(~Exists(ties), household_id=household).order_by("noted_at", "id"))


def copy_for(
    home: OpenHousehold, person: UUID, *, by: Actor, on: date, municipality: str, left_out: Iterable[UUID] = ()
) -> dict[str, Any]:
    """Return the copy as plain data, after the schema in `schema/`; `left_out` are texts that are about somebody else."""
    who, out = member(home, person), set(left_out)
    plan = casework.plan_of(home.id, by=by, on=on, reader=person)
    contacts, requests = frontdesk.contacts_and_requests(home.id, by=by, limit=MANY)
    return {
        "schema": SCHEMA,
        "made_on": on.isoformat(),
        "municipality": municipality,
        "person": _person(who),
        "household": {"name": home.name, "preferred_place": home.household.get_preferred_place_display()},
        "memberships": [_membership(row) for row in _memberships(home.id, person)],
        "addresses": _addresses(home.id, person, by),
        "contact_points": _contact_points(home.id, person),
        "corrections": [
            {"on": _iso(one.corrected_at), "before": one.before, "after": one.after, "reason": one.reason}
            for one in households.corrections_of(home.id, by=by)
            if one.person_id in (None, person)
        ],
        "cases": [
            {"from": one.valid_from.isoformat(), "until": one.valid_until.isoformat() if one.valid_until else None}
            for one in casework.cases_of(home.id, by=by)
        ],
        "goals": [_goal(goal, person, out) for goal in plan.goals],
        "scores": [{"domain": str(domain.label), "score": score.score} for domain, score in plan.scores],
        "versions": [
            {
                "number": one.number,
                "on": one.frozen_on.isoformat(),
                "outcome": one.get_outcome_display(),
                "words": one.reason,
            }
            for one in casework.versions_of(home.id, by=by)
        ],
        "contacts": [
            {"on": _iso(one.met_at), "how": one.get_channel_display(), "words": one.words}
            for one, _asked in contacts
            if one.id not in out
        ],
        "requests": [
            {
                "on": _iso(one.asked_at),
                "about": one.get_domain_display(),
                "words": one.words,
                "status": one.get_status_display(),
                "outcome": one.outcome,
            }
            for one in requests
            if one.id not in out
        ],
        "appointments": [
            {
                "at": timezone.localtime(one.starts_at).isoformat(timespec="minutes"),
                "with": one.worker.name,
                "where": one.get_place_display(),
                "about": one.about,
                "status": one.get_status_display(),
            }
            for one in frontdesk.appointments_with(home.id, by=by, limit=MANY)
        ],
        "notes": [
            {"on": one.note.about_on.isoformat(), "by": one.author, "words": one.note.text}
            for one in _notes(home.id, by)
            if one.note.id not in out
        ],
        "handovers": [
            {"on": one.valid_from.isoformat(), "to": one.to_worker.name, "reason": one.reason, "words": one.note}
            for one in casework.handovers_of(home.id, by=by)
            if one.id not in out
        ],
        "advice": [
            {"on": _iso(one.asked_at), "to": one.expert.name, "words": one.words, "answer": one.answer}
            for one in advice.questions_of(home.id, by=by, limit=MANY)
            if one.id not in out
        ],
        "told": [
            {
                "on": one.told_on.isoformat(),
                "about": one.get_purpose_display(),
                "how": one.get_how_display(),
                "words": one.words,
            }
            for one in _of(Told.objects.all(), home.id, person).order_by("told_on", "id")
        ],
        "consents": [
            {
                "on": one.answered_on.isoformat(),
                "about": one.get_purpose_display(),
                "answer": one.get_outcome_display(),
                "with": one.recipient,
                "until": (end := min(filter(None, (one.ends_on, one.stopped_on)), default=None)) and end.isoformat(),
                "words": one.words,
            }
            for one in _of(Consent.objects.all(), home.id, person).order_by("answered_on", "id")
        ],
        "data_requests": [
            {
                "on": one.asked_on.isoformat(),
                "kind": one.get_kind_display(),
                "words": one.words,
                "outcome": one.get_outcome_display() if one.outcome else "",
                "answer": one.answer,
            }
            for one in queries.requests_of(home.id, by=by)
            if one.person_id in (None, person)
        ],
        "left_out": _left_out(len(out)),
    }


def _of(rows: QuerySet[R], household: UUID, person: UUID) -> QuerySet[R]:
    return rows.filter(household_id=household, person_id=person)


def _left_out(by_hand: int) -> list[dict[str, str]]:
    told = [{"what": str(what), "why": str(why)} for what, why in NEVER_IN_IT]
    if by_hand:
        told.append({"what": str(LEFT_BY_HAND) % {"n": by_hand}, "why": str(LEFT_BY_HAND_WHY)})
    return told


def _person(who: Member) -> dict[str, Any]:
    person = who.person
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "birth_precision": person.get_birth_precision_display(),
        "national_number": person.insz,
        "languages": called(person.languages),
        "known_since": _iso(person.registered_at),
    }


def _memberships(household: UUID, person: UUID) -> list[Membership]:
    return list(Membership.objects.filter(household_id=household, person_id=person).order_by("valid_from", "id"))


def _membership(row: Membership) -> dict[str, Any]:
    return {
        "role": row.get_role_display(),
        "share": row.share,
        "from": row.valid_from.isoformat(),
        "until": row.valid_until.isoformat() if row.valid_until else None,
    }


def _addresses(household: UUID, person: UUID, by: Actor) -> list[dict[str, Any]]:
    """Return where the household lived while this person lived there: a new address of who stayed is not his."""
    here = [(row.valid_from, row.valid_until or date.max) for row in _memberships(household, person)]
    return [
        {
            "address": str(row),
            "from": row.valid_from.isoformat(),
            "until": row.valid_until.isoformat() if row.valid_until else None,
        }
        for row in households.addresses_of(household, by=by)
        if any(row.valid_from < until and (row.valid_until or date.max) > since for since, until in here)
    ]


def _contact_points(household: UUID, person: UUID) -> list[dict[str, Any]]:
    rows = ContactPoint.objects.filter(household_id=household, person_id=person)
    return [
        {
            "kind": row.get_kind_display(),
            "value": row.value,
            "from": row.valid_from.isoformat(),
            "until": row.valid_until.isoformat() if row.valid_until else None,
        }
        for row in rows.order_by("valid_from", "value", "id")
    ]


def _goal(goal: casework.GoalInPlan, person: UUID, out: set[UUID]) -> dict[str, Any]:
    return {
        "words": goal.goal.words,
        "domain": str(goal.domain.label),
        "status": goal.goal.get_status_display(),
        "steps": [
            {
                "description": step.description,
                "who": _doer(step, person),
                "due": step.due_on.isoformat() if step.due_on else None,
                "status": step.get_status_display(),
            }
            for step in goal.steps
        ],
        "progress": [_progress(one) for one in goal.progress if one.id not in out],
    }


def _progress(one: Progress) -> dict[str, Any]:
    return {"on": _iso(one.noted_at), "words": one.text}


def _doer(step: Any, person: UUID) -> str:
    if step.worker:
        return str(step.worker.name)
    if step.person_id == person:
        return say("u")
    return str(step.partner) or (say("iemand anders van het gezin") if step.person_id else say("de dossierhouder"))


def _notes(household: UUID, by: Actor) -> list[casework.ReadableNote]:
    return [one for one in casework.notes_of(household, by=by, limit=MANY) if not one.is_sealed]


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _iso(moment: datetime) -> str:
    return _day(moment).isoformat()
