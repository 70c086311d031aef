"""What a household is called, as people say it: "Gezin Yıldız – Van den Berghe"; alone, one's own name."""

from collections.abc import Iterable
from datetime import date

from nabij.households.models import Person
from nabij.households.recognition import names


def household_name(people: Iterable[Person]) -> str:
    """Return the family names of the eldest, at most two different ones, or the whole name of who lives alone."""
    everybody = _eldest_first(people)
    if len(everybody) == 1:
        return str(everybody[0])[:200]
    # Spellings of one name count once: a mother who is Yilmaz and her son Yılmaz.
    families: dict[str, str] = {}
    for called in (person.family_name or person.given_name for person in everybody):
        families.setdefault(names.fold(called), called)
    return names.household_name(list(families.values())[:2])[:200]


def household_sort_key(name: str, people: Iterable[Person]) -> str:
    """Return where a household stands in a list: by the family name of its eldest, or by the name that it chose."""
    everybody = _eldest_first(people)
    if not everybody or name != household_name(everybody):
        return names.sort_key(name)
    return names.sort_key(everybody[0].family_name, everybody[0].given_name)


def _eldest_first(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: person.birth_date or date.max)
