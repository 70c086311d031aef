"""Forty invented partners of the house: schools, doctors, services and associations, by name and kind."""

from dataclasses import dataclass

KINDS = (
    "school", "care", "family", "work", "housing", "justice", "energy", "money", "meeting", "leisure", "disability",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Partner:
    """A service that the house works with; the town is that of its door, not of those it helps."""

    name: str
    kind: str
    town: str = "Lindegem"


_BY_KIND = {
    "school": (
        "Basisschool De Regenboom", "Basisschool Sint-Godelieve", "Freinetschool De Kiem", "Basisschool De Vaartkapoen",
        "Atheneum Lindegem", "Technisch Instituut De Spil", "Centrum Leren en Werken De Brug",
        "Centrum voor Basiseducatie Lindestreek", "CLB Lindestreek",
    ),
    "care": (
        "Groepspraktijk De Linde", "Huisarts Verschaeve", "Wijkgezondheidscentrum Overlinde",
        "Thuisverpleging Kruis en Linde", "CGG Lindestreek", "AZ Sint-Maarten Lindegem",
        "Gezinszorg Lindestreek", "Kinepraktijk De Bleek",
    ),
    "family": ("Kind en Gezin Lindegem", "Huis van het Kind Lindegem", "Kinderopvang De Kruimels", "CAW Lindestreek"),
    "work": ("VDAB Lindegem", "Maatwerkbedrijf De Weverij", "Kringwinkel De Tweede Draad"),
    "housing": ("Woonmaatschappij Lindedal", "Sociaal Verhuurkantoor Onderdak", "Huurdersbond Lindestreek"),
    "justice": ("Bureau voor Juridische Bijstand Lindegem", "Vredegerecht Lindegem"),
    "energy": ("Energiehuis Lindestreek",),
    "money": ("Kinderbijslagkas Ooievaar", "Mutualiteit De Schakel", "Vakbond Samen Sterk"),
    "meeting": ("Vereniging waar armen het woord nemen De Stem", "Agentschap Integratie Lindegem"),
    "leisure": ("VC Linde Jeugdvoetbal", "Chiro Wagelbeke", "Academie Lindegem"),
    "disability": ("Dienst ondersteuning De Loods",),
}  # fmt: skip
_ELSEWHERE = (Partner("Basisschool De Wegwijzer", "school", "Oudlo"),)


def partners() -> list[Partner]:
    """Return all forty, in a steady order."""
    return [Partner(name, kind) for kind, names in _BY_KIND.items() for name in names] + list(_ELSEWHERE)


def names(kind: str = "") -> list[str]:
    """Return the names of the partners, or of those of one kind."""
    return [partner.name for partner in partners() if not kind or partner.kind == kind]
