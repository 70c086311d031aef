"""How Belgians write days, hours and amounts in each language of the interface: tables, for grammar is not a translation."""

from dataclasses import dataclass

# Between an amount and its sign, and between thousands in French: a space at which no line breaks.
_TIGHT = "\N{NO-BREAK SPACE}"
_THIN = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Words:
    """One language."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    long_months: tuple[str, ...]
    conjunction: str
    clock: str
    full_hour: str
    near: dict[int, str]
    ahead: str
    ago: str
    money: tuple[str, str, str]  # between thousands, before cents, around the amount


DUTCH = Words(
    weekdays=("ma", "di", "wo", "do", "vr", "za", "zo"),
    months=("jan.", "feb.", "maart", "apr.", "mei", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."),
    long_months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    conjunction="en",
    clock="{hour}.{minute} u.",
    full_hour="{hour} u.",
    near={-2: "eergisteren", -1: "gisteren", 0: "vandaag", 1: "morgen", 2: "overmorgen"},
    ahead="over {days} dagen",
    ago="{days} dagen geleden",
    money=(".", ",", "€" + _TIGHT + "{amount}"),
)
FRENCH = Words(
    weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    long_months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    conjunction="et",
    clock="{hour}" + _TIGHT + "h" + _TIGHT + "{minute}",
    full_hour="{hour}" + _TIGHT + "h",
    near={-2: "avant-hier", -1: "hier", 0: "aujourd’hui", 1: "demain", 2: "après-demain"},
    ahead="dans {days} jours",
    ago="il y a {days} jours",
    money=(_THIN, ",", "{amount}" + _TIGHT + "€"),
)
ENGLISH = Words(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
    long_months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    conjunction="and",
    clock="{hour}:{minute}",
    full_hour="{hour}:00",
    near={-1: "yesterday", 0: "today", 1: "tomorrow"},
    ahead="in {days} days",
    ago="{days} days ago",
    money=(",", ".", "€" + _TIGHT + "{amount}"),
)
_LANGUAGES = {"nl": DUTCH, "fr": FRENCH, "en": ENGLISH}


def words_of(language: str) -> Words:
    """Return the words of a language; Dutch for one that the interface does not speak."""
    return _LANGUAGES.get(language, DUTCH)
