"""For what the service uses what people tell, and on which legal ground: consent, a legal duty, or a task of public interest.

The ground belongs to the purpose; nobody chooses it per household. For what rests on a duty or a task there is no consent to
ask, only something to tell.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
"""In which languages there are texts; any other is told by a person, with an interpreter."""


class LegalGround(models.TextChoices):
    """On what somebody's data may be used."""

    CONSENT = "consent", _("toestemming")
    DUTY = "duty", _("wettelijke plicht")
    TASK = "task", _("taak van algemeen belang")


class Purpose(models.TextChoices):
    """For what."""

    HELP = "help", _("Helpen en begeleiden")
    INQUIRY = "inquiry", _("Sociaal onderzoek voor een leefloon of andere steun")
    CONSULTATION = "consultation", _("Overleggen met een andere dienst")
    REFERRAL = "referral", _("Aanmelden bij een andere dienst")
    ENQUIRY = "enquiry", _("Iets over iemand vragen bij een andere dienst")


class How(models.TextChoices):
    """How somebody was told."""

    PAPER = "paper", _("op papier")
    ALOUD = "aloud", _("voorgelezen en uitgelegd")
    INTERPRETER = "interpreter", _("voorgelezen met een tolk")
    SCREEN = "screen", _("op een scherm")


@dataclass(frozen=True)
class Basis:
    """The legal ground of a purpose, and where it stands."""

    ground: LegalGround
    law: Any


FIRST = Purpose.HELP
"""What everybody is told first: who we are, who sees the file, that the OCMW controls too, what one's rights are."""

_CONSENT = _("AVG artikel 6.1.a, voor gezondheid artikel 9.2.a; beroepsgeheim")
BASES: dict[str, Basis] = {
    Purpose.HELP: Basis(
        LegalGround.TASK,
        _(
            "AVG artikel 6.1.e, voor gezondheid artikel 9.2.h; organieke wet van 8 juli 1976 op de OCMW's, artikelen 1 en 57"
        ),
    ),
    Purpose.INQUIRY: Basis(
        LegalGround.DUTY,
        _(
            "AVG artikel 6.1.c, voor gezondheid artikel 9.2.b; wet van 26 mei 2002 (leefloon), artikel 19; organieke wet"
            " van 8 juli 1976, artikel 60; wet van 2 april 1965, artikel 9bis"
        ),
    ),
    Purpose.CONSULTATION: Basis(LegalGround.CONSENT, _CONSENT),
    Purpose.REFERRAL: Basis(LegalGround.CONSENT, _CONSENT),
    Purpose.ENQUIRY: Basis(LegalGround.CONSENT, _CONSENT),
}
ASKED = [purpose.value for purpose in Purpose if BASES[purpose].ground == LegalGround.CONSENT]
"""The purposes that rest on consent; for the others there is none to give."""
