"""Bringing over 6,000 households from a file: looked at, then brought in, then undone, so that the city stays as it is."""

import csv
import tempfile
import time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from benchmarks.city import operator_of
from nabij.demo import generate
from nabij.demo.territory import lindegem
from nabij.journeys import import_cases
from nabij.kernel.actor import acting

MANY = 6_000
COLUMNS = ("dossier", "familienaam", "voornaam", "geboortedatum", "rol", "straat", "huisnummer", "postcode", "gemeente")


def measure() -> dict[str, float]:
    """Return the seconds of the dry run and of bringing in, as the application role behind the second wall."""
    by, now = operator_of("lindegem", "administrator"), timezone.now()
    with tempfile.TemporaryDirectory() as room:
        file = _written(Path(room) / "dossiers.csv")
        with acting(by), transaction.atomic():
            start = time.monotonic()
            report = import_cases.check(file, by=by, today=timezone.localdate())
            looked = time.monotonic() - start
            assert not report.errors, report.errors[:3]
            import_cases.bring_in(report, by=by, on=timezone.localdate(), now=now, progress=lambda *_: None)
            brought = time.monotonic() - start - looked
            transaction.set_rollback(True)
    return {"import looked at s": looked, "import of 6,000 households s": looked + brought}


def _written(file: Path) -> Path:
    with file.open("w", newline="") as target:
        rows = csv.writer(target, delimiter=";")
        rows.writerow(COLUMNS)
        for number, household in enumerate(generate.households(99, MANY, timezone.localdate(), lindegem())):
            home = household.address_on(timezone.localdate())
            for member in household.members:
                person = member.person
                born = person.birth_date.strftime("%d/%m/%Y") if person.birth_date else ""
                where = (home.street, str(home.number), home.postcode, "Lindegem") if home else ("", "", "", "")
                role = {"adult": "volwassene", "child": "kind"}.get(member.role, "")
                rows.writerow((f"O-{number}", person.family, person.given, born, role, *where))
    return file
