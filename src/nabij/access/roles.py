"""Functions, as job descriptions: what somebody does here, and what the function therefore allows.

The code asks for permissions; municipalities hand out functions. Stored as stable slugs.
"""

from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a function may allow. Never a household: that takes a basis."""

    RECEIVE = "frontdesk.receive"
    HAVE_HOUSEHOLDS = "households.have"
    LEAD = "casework.lead"
    DIVIDE_WORK = "casework.divide"
    MANAGE = "municipality.manage"
    SEE_FIGURES = "insights.see"
    GO_OUT = "outreach.register"
    ANSWER = "casework.answer"
    REVIEW_TRAIL = "trail.review"


@dataclass(frozen=True)
class Function:
    """One function: `slug` in the database, `name` and `description` for people."""

    slug: str
    name: Any
    description: Any
    permissions: frozenset[Permission]


FUNCTIONS = {
    function.slug: function
    for function in [
        Function(
            "front_desk",
            _("onthaalmedewerker"),
            _(
                "Ontvangt wie binnenkomt, kijkt of het gezin gekend is, noteert de hulpvraag en maakt de eerste afspraak."
            ),
            frozenset({Permission.RECEIVE}),
        ),
        Function(
            "social_worker",
            _("maatschappelijk werker"),
            _("Begeleidt gezinnen van het wijkteam: plan, stappen, afspraken; is dossierhouder of duo."),
            frozenset({Permission.RECEIVE, Permission.HAVE_HOUSEHOLDS, Permission.LEAD}),
        ),
        Function(
            "coordinator",
            _("wijkteamcoördinator"),
            _("Verdeelt het werk van het team, ziet wie wacht, draagt dossiers over."),
            frozenset({Permission.RECEIVE, Permission.HAVE_HOUSEHOLDS, Permission.LEAD, Permission.DIVIDE_WORK}),
        ),
        Function(
            "bridge_figure",
            _("brugfiguur"),
            _("Ontmoet gezinnen in scholen en op straat, en brengt ze warm over."),
            frozenset({Permission.GO_OUT, Permission.RECEIVE}),
        ),
        Function(
            "knowledge_cell",
            _("kenniscel"),
            _("Beantwoordt vragen van collega's; ziet alleen het dossier dat iets vraagt."),
            frozenset({Permission.ANSWER}),
        ),
        Function(
            "director",
            _("directie"),
            _("Bepaalt doelen en ziet cijfers; nooit het dossier van een persoon."),
            frozenset({Permission.SEE_FIGURES}),
        ),
        Function(
            "administrator",
            _("beheerder van de gemeente"),
            _("Laadt wijken, straten, centra, teams en medewerkers; brengt dossiers over uit een ouder systeem."),
            frozenset({Permission.MANAGE}),
        ),
        Function(
            "privacy_officer",
            _("functionaris voor gegevensbescherming"),
            _("Kijkt na wie in dossiers keek en of dat klopt (DPO); opent zelf nooit een dossier."),
            frozenset({Permission.REVIEW_TRAIL}),
        ),
    ]
}


def functions_that(*permissions: Permission) -> tuple[str, ...]:
    """Return the functions that allow at least one of these."""
    return tuple(slug for slug, function in FUNCTIONS.items() if function.permissions & set(permissions))


GUIDES = functions_that(Permission.HAVE_HOUSEHOLDS)
"""Who guides households: a team reaches its households through them."""


class Part(IntFlag):
    """What of a file somebody may read who reaches not all of it: what a question names, for who was asked."""

    PLAN = 1
    CONTACTS = 2
    NOTES = 4


class Ground(StrEnum):
    """On what ground somebody reaches a household."""

    LEAD = "lead"
    DUO = "duo"
    SUBSTITUTE = "substitute"
    TRANSFER = "transfer"
    TEAM = "team"
    EMERGENCY = "emergency"
    GRACE = "grace"
    ADVISER = "adviser"
    FRONT_DESK = "front_desk"
    COMMITTEE = "committee"
    RESIDENT = "resident"

    @property
    def depth(self) -> int:
        """Return how deep this ground reaches: 1 name and who is in charge, 2 the file, 3 the whole file; 0 no row of it."""
        return _GROUNDS[self].depth

    @property
    def writes(self) -> bool:
        """Return whether who has this ground may change what it reaches."""
        return _GROUNDS[self].writes

    @property
    def meets(self) -> bool:
        """Return whether who has this ground may note a contact or an appointment: in an emergency too, and no more."""
        return self.writes or self == Ground.EMERGENCY

    @property
    def functions(self) -> tuple[str, ...]:
        """Return the functions of which a worker needs one for this ground to open anything, however it was given."""
        return functions_that(*_GROUNDS[self].asks)

    @property
    def sentence(self) -> Any:
        """Return why somebody may see this, as the household page says it."""
        return _GROUNDS[self].sentence


@dataclass(frozen=True)
class _Kind:
    depth: int
    writes: bool
    sentence: Any
    asks: tuple[Permission, ...] = (Permission.HAVE_HOUSEHOLDS,)


_GROUNDS = {
    Ground.LEAD: _Kind(3, True, _("Je ziet dit omdat je dossierhouder bent.")),
    Ground.DUO: _Kind(3, True, _("Je ziet dit omdat je duo bent van de dossierhouder.")),
    Ground.SUBSTITUTE: _Kind(3, True, _("Je ziet dit omdat je de dossierhouder vervangt, die afwezig is.")),
    Ground.TRANSFER: _Kind(
        3, True, _("Je ziet dit omdat je dit dossier overbrengt."), (Permission.HAVE_HOUSEHOLDS, Permission.MANAGE)
    ),
    Ground.TEAM: _Kind(2, True, _("Je ziet dit omdat je in het wijkteam van dit gezin werkt.")),
    Ground.EMERGENCY: _Kind(2, False, _("Je ziet dit omdat je noodtoegang nam. De dossierhouder weet het.")),
    Ground.GRACE: _Kind(
        2, False, _("Je ziet dit nog even omdat je dit gezin pas hebt overgedragen. Je past niets meer aan.")
    ),
    Ground.ADVISER: _Kind(
        1, False, _("Je ziet dit omdat een collega je raad vraagt over dit gezin."), (Permission.ANSWER,)
    ),
    Ground.FRONT_DESK: _Kind(1, True, _("Je ziet dit omdat je dit gezin vandaag ontvangt."), (Permission.RECEIVE,)),
    # These two open no page of a worker: a seat reads the frozen report of its meeting, a resident reads in the portal.
    Ground.COMMITTEE: _Kind(0, False, _("Je ziet dit omdat het comité dit verslag behandelt."), tuple(Permission)),
    Ground.RESIDENT: _Kind(0, False, _("U ziet dit omdat het over uw eigen gezin gaat."), ()),
}
