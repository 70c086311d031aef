"""Functions, as job descriptions: what somebody does here, and what the function therefore allows.

The code asks for permissions; municipalities hand out functions. Stored as stable slugs.
"""

from dataclasses import dataclass
from enum import StrEnum
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
    has_team_households: bool = False


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
            has_team_households=True,
        ),
        Function(
            "coordinator",
            _("wijkteamcoördinator"),
            _("Verdeelt het werk van het team, ziet wie wacht, draagt dossiers over."),
            frozenset({Permission.RECEIVE, Permission.HAVE_HOUSEHOLDS, Permission.LEAD, Permission.DIVIDE_WORK}),
            has_team_households=True,
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


class Ground(StrEnum):
    """On what ground somebody reaches a household, and how deep: 1 name and who is in charge, 2 the file, 3 the whole file."""

    LEAD = "lead"
    DUO = "duo"
    TEAM = "team"
    FRONT_DESK = "front_desk"
    TRANSFER = "transfer"

    @property
    def depth(self) -> int:
        """Return how deep this ground reaches."""
        return {"lead": 3, "duo": 3, "team": 2, "front_desk": 1, "transfer": 3}[self.value]

    @property
    def sentence(self) -> Any:
        """Return why somebody may see this, as the household page says it."""
        return {
            "lead": _("Je ziet dit omdat je dossierhouder bent."),
            "duo": _("Je ziet dit omdat je duo bent van de dossierhouder."),
            "team": _("Je ziet dit omdat je in het wijkteam van dit gezin werkt."),
            "front_desk": _("Je ziet dit omdat je dit gezin vandaag ontvangt."),
            "transfer": _("Je ziet dit omdat je dit dossier overbrengt."),
        }[self.value]
