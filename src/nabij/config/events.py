"""What can happen to the installation as a whole; it stands in the trail of each municipality."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

RESTORED = event("config.restored", _("{by} zette alles terug uit een back-up; wat daarna gebeurde is weg."))
RESEALED = event("config.resealed", _("{by} verzegelde bewaarde teksten opnieuw, met de nieuwste sleutel."))
