"""The list of limits: every limit of the code stands in it with the value that it has there, and nothing else does."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from tests.house.test_security import production

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "security" / "grenzen.md"
SOURCE = ROOT / "src" / "nabij"
# What holds for whom, by the constant that holds it. The table in the list is made of this.
LIMITS = {
    "config.settings.DATA_UPLOAD_MAX_MEMORY_SIZE": "bytes die een bladzijde aanneemt; een bestand neemt er geen een aan",
    "config.settings.NABIJ_PAGES_PER_HOUR": "bladzijden die een account in een uur opent, per proces (in de demo 0: geen grens)",
    "config.settings.NABIJ_IDLE_MINUTES": "minuten zonder dat iemand iets doet, dan eindigt de sessie",
    "config.settings.NABIJ_SESSION_HOURS": "uren, dan eindigt elke sessie",
    "config.settings.NABIJ_PROOF_MINUTES": "minuten dat men niet opnieuw toont wie men is",
    "config.settings.NABIJ_INVITATION_DAYS": "dagen dat een uitnodiging werkt, één keer",
    "config.settings.NABIJ_DIRECTORY_MINUTES": "minuten, dan wordt de aanmelddienst opnieuw gevraagd of iemand er nog werkt",
    "config.settings.NABIJ_DIRECTORY_HOURS": "uren van een sessie waarvoor dat niet gevraagd kan worden",
    "signin.guessing.ACCOUNT": "foute wachtwoorden of codes voor één account",
    "signin.guessing.ADDRESS": "foute wachtwoorden van één netwerkadres, waar een heel centrum achter zit",
    "signin.doors.MINUTES": "minuten tussen wachtwoord en tweede stap",
    "signin.actions.factors.MOST_PASSKEYS": "sleutels van één medewerker",
    "signin.codes.MANY": "herstelcodes op een blad, elk één keer",
    "signin.oidc.asking.MANY": "vensters die tegelijk bij de aanmelddienst zijn",
    "signin.oidc.fetching.LARGEST": "bytes van een antwoord van de aanmelddienst",
    "signin.oidc.fetching.PATIENCE": "seconden wachten op de aanmelddienst",
    "signin.oidc.tokens.SKEW": "seconden die twee klokken mogen verschillen",
    "access.actions.emergency.LASTS": "noodtoegang tot één dossier",
    "access.actions.staffing.NAME_LENGTH": "tekens van de naam van een medewerker",
    "access.drafts.MANY": "tekens van een concept; wat langer is, wordt afgeknipt en zegt dat",
    "access.drafts.LONGEST_NAME": "tekens van de naam van een vak in een concept",
    "access.drafts.KEPT": "hoelang een concept blijft",
    "frontdesk.policies.MOST_WORDS": "tekens van een contact of een vraag",
    "frontdesk.policies.LONGEST": "hoelang een afspraak duurt",
    "frontdesk.policies.AHEAD": "hoe ver vooruit een afspraak ligt",
    "casework.models.MOST_SPARED": "gespaarde verplaatsingen bij één stap",
    "advice.actions.LONGEST": "tekens van een vraag aan een deskundige, en van het antwoord",
    "advice.actions.AFTERWARDS": "hoelang de deskundige na het antwoord nog leest",
    "informing.policies.MOST_WORDS": "tekens van een tekst voor bewoners",
    "informing.policies.LONGEST": "hoelang een toestemming geldt",
    "oversight.policies.MOST_WORDS": "tekens bij nakijken wie keek",
    "oversight.rules.LONGEST": "dagen die één overzicht van ongewoon kijken bestrijkt",
    "oversight.queries.MOST": "keren kijken op één lijst voor een gezin",
    "territory.actions.MOST_GRACE": "dagen dat wie overdroeg nog meeleest",
    "households.recognition.names.LONGEST": "tekens van een naam waarop gezocht wordt",
    "privacy.policies.LONGEST_HOLD": "hoelang iets bewaard blijft omdat er een reden voor is",
    "privacy.terms.NOTICE": "hoelang vooraf wordt aangekondigd wat weggaat",
    "privacy.disclosure.LEAST": "personen in een vakje met cijfers; wat kleiner is, wordt niet getoond",
    "kernel.tables.decoding.MAX_BYTES": "bytes van een bestand dat de beheerder inleest",
    "kernel.tables.sheets.MAX_UNPACKED": "bytes van een rekenblad, uitgepakt",
    "kernel.tables.sheets.MAX_LINES": "regels van een rekenblad",
    "journeys.import_cases.drafts.MOST_PEOPLE": "personen in één gezin dat uit een ouder systeem komt",
    "config.backups.keeping.KEPT_DAYS": "dagen dat een back-up blijft",
}
# Named as a limit, and none of what somebody may do: each with its reason.
NO_LIMITS = {
    "config.embedded.LONGEST_SOCKET_FOLDER": "of the operating system",
    "config.witness.LONGEST": "how much of a log is read back",
    "casework.views.notes.MANY": "how far back one looks for a note that was sent twice",
    "desk.dividing.MANY": "from how many households a page divides itself",
    "privacy.copying.MANY": "asks for all of them",
    "config.deploying.MANY_PAGES": "what the check before real files finds too many",
}
A_LIMIT = re.compile(
    r"^([A-Z_]*(?:LENGTH|LONGEST|LARGEST|MOST|MANY|LIMIT|MAX_|SHORTEST)[A-Z_]*) *(?::[^=]*)?= *(?:\d|timedelta)", re.M
)


def value_of(name: str) -> Any:
    module, _dot, constant = name.rpartition(".")
    holder = settings if module == "config.settings" else import_module(f"nabij.{module}")
    return {"NABIJ_PAGES_PER_HOUR": 1500}.get(constant) or getattr(holder, constant)  # without limit in the demo


def told(value: Any) -> str:
    if isinstance(value, timedelta):
        return f"{value.days} dagen" if value.days > 1 else f"{value.total_seconds() / 3600:g} uur"
    if hasattr(value, "free"):
        return f"{value.free} vrij, dan {value.first} tot {value.longest} seconden wachten"
    return f"{value:,}".replace(",", ".")


def table() -> str:
    rows = [f"| {words} | {told(value_of(name))} | `{name}` |" for name, words in LIMITS.items()]
    return "\n".join(["| grens | waarde | in de code |", "|---|---|---|", *rows])


def test_the_list_is_that_of_the_code() -> None:
    """When it is not: put what `table()` returns in the list."""
    assert table() in LIST.read_text()
    assert LIST.read_text().count("\n| ") == len(LIMITS) + 1


def test_no_limit_is_forgotten() -> None:
    found = {
        ".".join((*file.relative_to(SOURCE).with_suffix("").parts, name)).replace(".__init__", "")
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts and file.parts[len(SOURCE.parts)] not in ("demo", "ui")
        for name in A_LIMIT.findall(file.read_text())
    }
    assert len(found) > 20
    assert found - set(LIMITS) - set(NO_LIMITS) == set()
    assert set(NO_LIMITS) <= found


def test_pages_have_a_limit_outside_the_demo() -> None:
    assert production("NABIJ_PAGES_PER_HOUR") == {
        "NABIJ_PAGES_PER_HOUR": value_of("config.settings.NABIJ_PAGES_PER_HOUR")
    }
