"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

WORKER_APPOINTED = event("access.worker_appointed", _("{by} gaf een medewerker een functie."))
POST_ENDED = event("access.post_ended", _("{by} beëindigde de functie van een medewerker."))
TEAM_FORMED = event("access.team_formed", _("{by} vormde een team."))
PASSWORD_SET = event("access.password_set", _("{by} gaf een medewerker een wachtwoord."))
BASIS_GIVEN = event("access.basis_given", _("{by} gaf toegang tot het dossier."))
BASIS_ENDED = event("access.basis_ended", _("{by} beëindigde een toegang tot het dossier."))
ABSENCE_NOTED = event("access.absence_noted", _("{by} noteerde dat een collega afwezig is."))
ABSENCE_ENDED = event("access.absence_ended", _("{by} noteerde dat een collega terug is."))
SUBSTITUTE_CHOSEN = event("access.substitute_chosen", _("{by} koos wie een afwezige collega vervangt."))
TEAM_ASSIGNED = event("access.team_assigned", _("{by} wees het gezin toe aan een team."))
DRAFT_KEPT = event("access.draft_kept", _("{by} typte aan een tekst die nog niet bewaard is."))
DRAFT_DROPPED = event("access.draft_dropped", _("{by} gooide een onafgewerkte tekst weg."))
HELPED_ELSEWHERE = event("access.helped_elsewhere", _("{by} noteerde dat het gezin elders geholpen wordt."))
BACK_FROM_ELSEWHERE = event(
    "access.back_from_elsewhere", _("{by} noteerde dat het gezin terugkomt naar zijn wijkteam.")
)
AVOIDS_ANOTHER = event("access.avoids_another", _("{by} noteerde welk wijkteam het gezin na de verhuis niet kent."))
