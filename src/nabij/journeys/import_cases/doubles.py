"""Perhaps one person: twice in the file under two references, or known here already. A warning, never a decision."""

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from nabij.households import queries as households
from nabij.households.recognition.score import PERHAPS, PROBABLY, Candidate, Match, Query, score
from nabij.journeys.import_cases.drafts import Draft, Somebody, by_key
from nabij.kernel.actor import Actor
from nabij.kernel.tables import LineError

# So many share one telephone number or one birth date (1 January) only where it says little.
CROWD = 60


def in_file(drafts: list[Draft]) -> Iterator[LineError]:
    """Yield a warning for each pair in two households of the file that is perhaps one person."""
    told: set[tuple[int, int]] = set()
    for key, people in by_key(drafts).items():
        if len(people) > CROWD and not key.startswith("insz "):
            people = people[:CROWD]
        for (draft, one), (other_draft, other) in combinations(people, 2):
            pair = (one.row.line, other.row.line)
            if draft is other_draft or pair in told:
                continue
            told.add(pair)
            match = score(_query(other), _candidate(one))
            if match.points >= PERHAPS:
                yield _twice(one, other, match)


def known(drafts: list[Draft], *, by: Actor) -> Iterator[LineError]:
    """Yield a warning for each person who is perhaps known in this municipality; leaves one look."""
    people = [somebody for draft in drafts for somebody in draft.people]
    if not people:
        return
    found = households.known_alike([_query(somebody) for somebody in people], by=by)
    for place, matches in found.items():
        somebody, best = people[place], matches[0]
        said = {"how": _how(best), "name": somebody.name, "why": ", ".join(best.reasons)}
        yield somebody.row.error(
            "familienaam",
            _(
                "%(name)s is %(how)s al gekend in deze gemeente: %(why)s. Kijk het na; anders staat deze persoon er "
                "straks twee keer in."
            )
            % said,
        )


def _twice(one: Somebody, other: Somebody, match: Match) -> LineError:
    said = {
        "how": _how(match),
        "name": one.name,
        "line": one.row.line,
        "reference": one.row["dossier"],
        "why": ", ".join(match.reasons),
    }
    sentence = _("Dit is %(how)s %(name)s van regel %(line)s (dossier %(reference)s): %(why)s.") % said
    return other.row.error("familienaam", sentence)


def _how(match: Match) -> str:
    return str(_("waarschijnlijk") if match.points >= PROBABLY else _("misschien"))


def _query(somebody: Somebody) -> Query:
    phone = somebody.phones[0] if somebody.phones else ""
    return Query(somebody.name, somebody.birth, phone, somebody.person.insz, somebody.row["straat"] or "")


def _candidate(somebody: Somebody) -> Candidate:
    person = somebody.person
    street = (somebody.row["straat"],) if somebody.row["straat"] else ()
    return Candidate(
        somebody.row.line, person.given_name, person.family_name, somebody.birth, somebody.phones, person.insz, street
    )
