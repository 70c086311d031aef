"""What each table holds, in words for the register of processing; the fields themselves come from the models.

A table of people that is not told here stands in the register by its own name, and a house test asks for a line.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Activity:
    """One thing that is done with data of people, as article 30 of the GDPR asks to register it."""

    slug: str
    name: Any
    purpose: Any
    people: Any
    recipients: Any


_NOBODY_ELSE = _("Niemand buiten de dienst.")
_RESIDENTS = _("Bewoners die hulp vragen of kregen, en wie met hen samenwoont.")

ACTIVITIES = {
    activity.slug: activity
    for activity in [
        Activity(
            "households",
            _("Weten wie er geholpen wordt"),
            _(
                "Een gezin terugvinden, zodat niemand het verhaal twee keer doet; weten wie samenwoont en hoe men iemand bereikt."
            ),
            _RESIDENTS,
            _NOBODY_ELSE,
        ),
        Activity(
            "casework",
            _("Begeleiden met een plan"),
            _("Samen met het gezin doelen en stappen afspreken, en opvolgen."),
            _RESIDENTS,
            _("Het gezin zelf, op papier. Partners alleen na vraag of met toestemming van het gezin."),
        ),
        Activity(
            "frontdesk",
            _("Ontvangen en vragen beantwoorden"),
            _("Een vraag noteren, opvolgen tot er een antwoord is, en een afspraak maken."),
            _("Wie binnenkomt of belt, ook zonder naam."),
            _NOBODY_ELSE,
        ),
        Activity(
            "advice",
            _("Raad vragen aan een collega"),
            _("Een deskundige van de dienst helpt het gezin verder, en leest daarvoor alleen wat de vraag noemt."),
            _RESIDENTS,
            _NOBODY_ELSE,
        ),
        Activity(
            "informing",
            _("Uitleggen en toestemming vragen"),
            _("Mensen weten wie wat ziet; niets wordt gedeeld zonder ja, en een nee blijft bewaard."),
            _RESIDENTS,
            _("De bewoner zelf, en wie in de toestemming staat."),
        ),
        Activity(
            "signin",
            _("Aanmelden"),
            _("Zeker zijn dat wie zich aanmeldt, ook is wie hij zegt."),
            _("Medewerkers."),
            _NOBODY_ELSE,
        ),
        Activity(
            "access",
            _("Regelen wie wat mag"),
            _("Alleen wie een gezin begeleidt of ontvangt, ziet het dossier, en zolang dat duurt."),
            _("Medewerkers; van gezinnen alleen welk dossier."),
            _NOBODY_ELSE,
        ),
        Activity(
            "audit",
            _("Bewaren wie deed en zag wat"),
            _("Verantwoorden, aan het gezin zelf en aan wie toeziet; misbruik vinden."),
            _("Medewerkers, en van gezinnen wat er aan hun dossier gebeurde."),
            _("Het gezin zelf, op papier. De toezichthouder of het gerecht als een wet dat eist."),
        ),
        Activity(
            "oversight",
            _("Nakijken of er zonder reden gekeken wordt"),
            _("Ongewoon kijken vinden en opvolgen."),
            _("Medewerkers; van gezinnen een kenmerk en een eerste letter."),
            _NOBODY_ELSE,
        ),
        Activity(
            "privacy",
            _("Vragen over gegevens beantwoorden, en wissen op tijd"),
            _("Inzage, verbeteren, wissen en bezwaar binnen een maand beantwoorden; niets langer bewaren dan nodig."),
            _RESIDENTS,
            _("De bewoner zelf."),
        ),
    ]
}
# The words for a room that has none of its own yet.
OTHER = Activity("other", _("Andere verwerking"), _("Nog te beschrijven."), _RESIDENTS, _NOBODY_ELSE)

# A room within a room, by its own label.
PART_OF = {"oidc": "signin"}

TABLES: dict[str, Any] = {
    "households.Household": _("naam van het gezin, voorkeur voor plaats"),
    "households.Person": _("naam, geboortedatum, rijksregisternummer, talen"),
    "households.Membership": _("wie met wie samenwoont, sinds wanneer"),
    "households.Address": _("adres en wijk, nu en vroeger"),
    "households.ContactPoint": _("telefoonnummer, e-mailadres"),
    "households.Correction": _("wat er stond voor het verbeterd werd"),
    "casework.Case": _("begin en einde van de begeleiding"),
    "casework.Goal": _("doelen in eigen woorden; kan over gezondheid, schulden, herkomst of gerecht gaan"),
    "casework.GoalPerson": _("voor wie een doel is"),
    "casework.Step": _("stappen: wie doet wat tegen wanneer"),
    "casework.Progress": _("hoe het gaat met een doel"),
    "casework.SelfScore": _("hoe het gezin het zelf ziet"),
    "casework.PlanVersion": _("het plan zoals het werd afgesproken"),
    "casework.Note": _("notities in vrije woorden; verzegelde notities versleuteld, alleen voor wie ze schreef"),
    "casework.Handover": _("overdrachten tussen medewerkers"),
    "frontdesk.Contact": _("contacten: wanneer, hoe, en wat er gezegd werd"),
    "frontdesk.HelpRequest": _("hulpvragen en hun antwoord"),
    "frontdesk.Appointment": _("afspraken"),
    "advice.Question": _("wat een collega gevraagd werd, en het antwoord"),
    "informing.Text": _("wie een tekst schreef"),
    "informing.Told": _("wie welke uitleg kreeg, en wanneer"),
    "informing.Consent": _("toestemmingen en weigeringen, met de tekst zoals ze getoond werd"),
    "informing.Withdrawal": _("ingetrokken toestemmingen"),
    "signin.Factor": _("de tweede stap van een medewerker, versleuteld"),
    "signin.SignedIn": _("waar een medewerker aangemeld is"),
    "signin.Invitation": _("uitnodigingen om een wachtwoord te kiezen"),
    "signin.Guess": _("foute pogingen, zonder naam"),
    "oidc.Directory": _("wie de aansluiting op een lijst van medewerkers instelde"),
    "oidc.Rule": _("wie een regel van die aansluiting schreef"),
    "oidc.Link": _("wie een medewerker is in de lijst van de gemeente"),
    "oidc.Visit": _("waar een medewerker langs die lijst aangemeld is"),
    "oversight.Emergency": _("wie noodtoegang nam, en waarom"),
    "oversight.EmergencyWord": _("wat er achteraf over een noodtoegang gezegd werd"),
    "access.User": _("naam, e-mailadres en telefoonnummer van medewerkers, hun wachtwoord onleesbaar"),
    "access.Post": _("functies van medewerkers"),
    "access.Basis": _("wie welk dossier mag zien, en waarom"),
    "access.Reach": _("afgeleid: wie welk dossier bereikt"),
    "access.Elsewhere": _("welk gezin buiten de eigen wijk geholpen wordt; een reden wordt niet gevraagd"),
    "households.Double": _("welke twee dossiers misschien van dezelfde mensen zijn, en wat daarvan vastgesteld werd"),
    "access.Absence": _("wanneer een medewerker afwezig is, en wie vervangt"),
    "access.Draft": _("halfgetypte teksten, versleuteld"),
    "audit.TrailEvent": _("wie wat deed of bekeek, wanneer, op welke grond"),
    "audit.TrailContent": _("wat er veranderde"),
    "oversight.FollowUp": _("wat er kwam van ongewoon kijken"),
    "oversight.HomeStreet": _("de straat waar een medewerker woont"),
    "privacy.Announced": _("welk dossier binnenkort gewist wordt"),
    "privacy.Hold": _("waarom een dossier nog even blijft"),
    "privacy.DataRequest": _("vragen over gegevens, en hun antwoord"),
    "privacy.Term": _("wie welke termijn koos"),
}
