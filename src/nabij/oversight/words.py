"""Why somebody looked and on what page, in words: for colleagues on the screen, for the household on paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Also grounds that a later version may give: paper must not fall silent about what the trail already holds.
FOR_COLLEAGUES: dict[str, Any] = {
    "lead": _("als dossierhouder"),
    "duo": _("als duo van de dossierhouder"),
    "team": _("als medewerker van het wijkteam"),
    "front_desk": _("aan het onthaal"),
    "transfer": _("om het dossier over te brengen"),
    "substitute": _("als vervanger van een collega"),
    "grace": _("om een overdracht af te ronden"),
    "adviser": _("om een vraag van een collega te beantwoorden"),
    "committee": _("voor een beslissing van het comité"),
    "emergency": _("in nood"),
    "resident": _("als bewoner, in het eigen gezin"),
}
FOR_HOUSEHOLD: dict[str, Any] = {
    "lead": _("Is uw casemanager."),
    "duo": _("Helpt u samen met uw casemanager."),
    "team": _("Werkt in uw wijkteam."),
    "front_desk": _("Ontving u aan het onthaal."),
    "transfer": _("Bracht uw dossier over."),
    "substitute": _("Vervangt een collega."),
    "grace": _("Gaf uw dossier pas door aan een collega."),
    "adviser": _("Beantwoordde een vraag van uw casemanager."),
    "committee": _("Beslist mee over uw vraag."),
    "emergency": _("Opende uw dossier in nood."),
    "resident": _("Las over het eigen gezin."),
}
REVIEWED: dict[str, Any] = {
    "justified": _("Dat werd nagekeken: het was terecht."),
    "refused": _("Dat werd nagekeken: het was niet terecht."),
}
NOT_REVIEWED = _("Dat wordt nog nagekeken.")
ANOTHER_REASON = _("Werkte aan uw dossier.")

_FILE, _PLAN, _PEOPLE = _("Uw dossier"), _("Uw plan"), _("Wie bij u woont")
_HELPS, _BEGIN, _WHO = _("Wie u helpt"), _("Begin of einde van uw dossier"), _("Wie keek")
# What a page notes as its purpose, as the household may read it. A sealed note is not named: that there is one, is sealed.
PAGES: dict[str, Any] = {
    "gezin": _("Uw gezin"),
    "verzegelde notitie": _FILE,
    "notitie": _FILE,
    "contact": _("Een contact met u"),
    "afspraak": _("Een afspraak met u"),
    "onthaal": _("Het onthaal"),
    **dict.fromkeys(("gegevens", "vraag over gegevens", "kopie van gegevens"), _("Uw vraag over uw gegevens")),
    "uitleg en toestemming": _("Wat wij u vertelden, en waar u ja of nee op zei"),
    "wie keek mee": _WHO,
    "lijst van wie keek": _WHO,
    **dict.fromkeys(
        ("overdragen", "dossierhouder worden", "duo kiezen", "raad", "raad vragen", "elders geholpen"), _HELPS
    ),
    **dict.fromkeys(("dossier openen", "dossier afsluiten"), _BEGIN),
    **dict.fromkeys(
        ("wie woont hier", "geboorte", "erbij", "vertrek", "verbeteren", "bereikbaar", "verhuis", "uit elkaar"), _PEOPLE
    ),
    **dict.fromkeys(
        (
            *("plan", "plan op papier", "doel noteren", "volgorde van de doelen", "hoe het gezin het ziet"),
            *("volgende bespreking", "akkoord over het plan", "versies van het plan", "een versie van het plan"),
            *("versies vergelijken", "doel veranderen", "doel afronden", "vooruitgang noteren"),
            *("stap afspreken", "stap veranderen", "stap gezet"),
        ),
        _PLAN,
    ),
}


def page_of(purpose: str) -> Any:
    """Return on what page somebody looked, in the household's words; a page that has no name yet is its file."""
    return PAGES.get(purpose, _FILE)


def page_for_colleagues(purpose: str) -> Any:
    """Return on what page somebody looked, for who may not open the file: a page that the house knows, or the file."""
    return purpose if PAGES.get(purpose, _FILE) is not _FILE else _("dossier")


def why(ground: str) -> Any:
    """Return why somebody looked, in the household's words."""
    return FOR_HOUSEHOLD.get(ground, ANOTHER_REASON)


def as_what(ground: str) -> Any:
    """Return on what ground somebody looked, for a colleague; nothing for what is no look."""
    return FOR_COLLEAGUES.get(ground, "")
