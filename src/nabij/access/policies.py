"""May this happen now?"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import NotNow, check

NEAR = timedelta(minutes=2)


@check
def same_clock(now: datetime, clock: datetime) -> None:
    """Raise `NotNow` when the moment of the page is not that of the database, which is the one that ends the access."""
    if abs(now - clock) > NEAR:
        raise NotNow(
            _(
                "De klok van deze server loopt niet gelijk met die van de databank: een dag van 24 uur is dan niet te "
                "meten. Verwittig wie Nabij beheert, en bel intussen de dossierhouder of de coördinator."
            )
        )
