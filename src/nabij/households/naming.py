"""What a household is called, as people say it: "Gezin Yıldız – Van den Berghe"; alone, one's own name."""

from collections.abc import Iterable
from datetime import date

from nabij.households.models import Person


def household_name(people: Iterable[Person]) -> str:
    """Return the family names of the adults, at most two, or the whole name of who lives alone."""
    everybody = sorted(people, key=lambda p: p.birth_date or date.max)
    if len(everybody) == 1:
        return str(everybody[0])[:200]
    families = list(dict.fromkeys(p.family_name or p.given_name for p in everybody))
    return f"Gezin {' – '.join(families[:2])}"[:200]
