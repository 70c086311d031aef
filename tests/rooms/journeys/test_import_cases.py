"""Files of an older system: what comes over, what is refused and how that is said, and that nothing is half-done."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone
from tests.factories import Town, enrol, household, town

from nabij.access import queries as who
from nabij.access import reach
from nabij.access.models import Basis
from nabij.audit.models import TrailEvent
from nabij.audit.queries import traces_of
from nabij.casework import queries as cases
from nabij.households import queries as households
from nabij.households.models import Household
from nabij.journeys import import_cases
from nabij.journeys.import_cases import bringing
from nabij.journeys.import_cases.columns import columns
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Denied, NotNow, NotOpen
from nabij.kernel.tables import FileRefused

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

DOCS = Path(__file__).resolve().parents[3] / "docs"
PLAIN = {
    "dossier": "A1", "familienaam": "Yıldız", "voornaam": "Ayşe", "geboortedatum": "4/3/1990",
    "straat": "Kerkstraat", "huisnummer": "12", "postcode": "9999",
}  # fmt: skip


@pytest.fixture
def here() -> Town:
    return town()


def written(path: Path, rows: list[dict[str, str]], *, separator: str = ";", encoding: str = "utf-8") -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, names, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Any:
    return lambda *rows, **how: written(tmp_path / "dossiers.csv", [{**row} for row in rows], **how)


def check(where: Town, path: Path, *, by: Actor | None = None) -> import_cases.Report:
    by = by or where.administrator
    with acting(by):
        return import_cases.check(path, by=by, today=where.today)


def bring_in(where: Town, report: import_cases.Report) -> int:
    by = where.administrator
    with acting(by):
        return import_cases.bring_in(report, by=by, on=where.today, now=timezone.now())


def every_household(where: Town) -> int:
    """Count as the database sees it, past the wall, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('nabij.municipality', %s, true)", [str(where.municipality.id)])
        cursor.execute("select count(*) from access_basis where ground = 'team'")
        return int(cursor.fetchone()[0])


def only(where: Town, by: Actor) -> Household:
    with acting(by):
        return Household.objects.get()


# What comes over


def test_the_example_of_the_manual_comes_over(here: Town, tmp_path: Path) -> None:
    text = (DOCS / "voorbeelden" / "dossiers.csv").read_text()
    text = text.replace("wim.werker@example.org", here.users["worker"].email)
    text = text.replace("cleo.collega@example.org", here.users["colleague"].email)
    (tmp_path / "voorbeeld.csv").write_text(text)
    report = check(here, tmp_path / "voorbeeld.csv")
    assert (report.errors, report.ignored, len(report.ready), report.people, report.to_mend) == ([], [], 3, 4, 1)
    assert bring_in(here, report) == 3

    with acting(here.worker):
        family = Household.objects.get(old_reference="A-1001")
        opened = households.open_household(family.id, by=here.worker, on=here.today, purpose="test")
        assert (family.name, family.sort_key, opened.ground) == ("Gezin Yıldız", "yildiz  ayse", "lead")
        assert [(m.name, m.membership.role, m.person.languages) for m in opened.members] == [
            ("Ayşe Yıldız", "adult", ["tr", "nl"]),
            ("Elif Yıldız", "child", []),
        ]
        assert str(opened.address) == "Kerkstraat 12, 9999 Testegem"
        assert [(point.kind, point.value) for point in opened.contact_points] == [("phone", "+32475123456")]
        case = cases.open_case_of(family.id, by=here.worker, on=here.today)
        assert case is not None and case.valid_from == date(2023, 1, 15)
        notes = cases.notes_of(family.id, by=here.worker)
        assert [(n.note.kind, n.note.text.splitlines()[1]) for n in notes] == [("shared", "Belt liever dan mailen.")]
        charge = who.in_charge([family.id], by=here.worker, on=here.today)[family.id]
        assert (charge.lead.name, charge.duo.name, charge.team.name) == ("Wim Werker", "Cleo Collega", "Team A")
    roger = only(here, here.neighbour)
    assert roger.name == "Roger D'Hondt"
    with acting(here.neighbour):
        person = households.members_of([roger.id], by=here.neighbour, on=here.today)[roger.id][0].person
        assert (person.birth_date, person.birth_precision) == (date(1948, 1, 1), "year")


def test_who_brought_over_stands_in_the_trail_of_each_household_and_sees_none_of_them(here: Town, file: Any) -> None:
    lead = {"dossierhouder": here.users["worker"].email}
    bring_in(here, check(here, file({**PLAIN, **lead}, {**PLAIN, **lead, "dossier": "A2", "voornaam": "Elif"})))
    with acting(here.worker):
        for key in Household.objects.values_list("id", flat=True):
            kinds = [trace.kind for trace in traces_of(key, by=here.worker)]
            assert "households.brought_over" in kinds and "casework.case_opened" in kinds
            brought = TrailEvent.objects.get(household_id=key, kind="households.brought_over")
            assert brought.actor_id == here.administrator.id
    with acting(here.administrator):
        assert not Household.objects.exists()
        assert reach.differences() == 0
        assert not Basis.objects.filter(ground="transfer", ended_at=None).exists()
        key = Basis.objects.filter(ground="team").values_list("household_id", flat=True)[0]
    with acting(here.administrator), pytest.raises(NotOpen):
        households.open_household(key, by=here.administrator, on=here.today, purpose="test")


def test_an_address_decides_the_team_unless_the_file_names_one(here: Town, file: Any) -> None:
    street = {"A": ("Kerkstraat", ""), "B": ("Molenstraat", ""), "C": ("Nergensstraat", ""), "D": ("", "")}
    street |= {"E": ("Kerkstraat", "team b"), "F": ("Grensstraat", "")}
    rows = [
        {**PLAIN, "dossier": key, "voornaam": f"Kind{key}", "straat": name, "team": team}
        for key, (name, team) in street.items()
    ]
    report = check(here, file(*rows))
    bring_in(here, report)
    with acting(here.administrator):
        teams = dict(Basis.objects.filter(ground="team").values_list("household_id", "team__name"))
    by_reference = {ready.file.household.old_reference: teams[ready.file.household.key] for ready in report.ready}
    assert by_reference == {
        "A": "Team A", "B": "Team B", "C": "Sociaal Huis", "D": "Sociaal Huis", "E": "Team B", "F": "Team B",
    }  # fmt: skip
    assert [(w.line, w.column) for w in report.warnings if "Sociaal Huis" in w.sentence] == [(4, "straat")]


def test_what_no_wijk_covers_stands_on_the_list_to_mend(here: Town, file: Any) -> None:
    central = enrol(here, "Cem Centraal", "social_worker", here.teams[2])
    bring_in(here, check(here, file({**PLAIN, "straat": "Nergensstraat"})))
    with acting(here.operator):
        by = who.actor_for(central, on=here.today)
    with acting(by):
        assert [address.street for address in households.without_wijk(by=by, on=here.today)] == ["Nergensstraat"]


def test_without_a_case_manager_or_a_day_there_is_no_case(here: Town, file: Any) -> None:
    report = check(here, file(PLAIN, {**PLAIN, "dossier": "A2", "voornaam": "Elif", "dossier sinds": "1/2/2003"}))
    assert [ready.since for ready in report.ready] == [None, date(2003, 2, 1)]
    assert report.without_lead == 1
    bring_in(here, report)
    with acting(here.worker):
        keys = dict(Household.objects.values_list("old_reference", "id"))
        assert cases.open_case_of(keys["A1"], by=here.worker, on=here.today) is None
        assert cases.open_case_of(keys["A2"], by=here.worker, on=here.today) is not None
        assert who.in_charge([keys["A2"]], by=here.worker, on=here.today)[keys["A2"]].lead is None


def test_a_number_on_every_line_is_kept_once_and_a_childs_own_with_the_child(here: Town, file: Any) -> None:
    elif_ = {"dossier": "A1", "familienaam": "Yıldız", "voornaam": "Elif", "telefoon": "0475 12 34 56, 0486 11 22 33"}
    bring_in(here, check(here, file({**PLAIN, "telefoon": "0475/12.34.56"}, elif_)))
    with acting(here.worker):
        opened = households.open_household(Household.objects.get().id, by=here.worker, on=here.today, purpose="test")
        names = {member.person.id: member.person.given_name for member in opened.members}
        found = {point.value: names[point.person_id] for point in opened.contact_points}
    assert found == {"+32475123456": "Ayşe", "+32486112233": "Elif"}


@pytest.mark.parametrize(
    "how", [{"separator": ","}, {"separator": "\t"}, {"encoding": "utf-16"}, {"encoding": "cp1252"}]
)
def test_any_separator_and_encoding(here: Town, file: Any, how: dict[str, str]) -> None:
    report = check(here, file({**PLAIN, "familienaam": "Müller", "voornaam": "Zoë"}, **how))
    assert [p.family_name for p in report.ready[0].file.household.people] == ["Müller"]


def test_a_workbook(here: Town, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Dossiernummer", "Naam", "Voornaam", "Geboren op", "Straat", "Nr", "Postcode", "GSM"])
    book.active.append([1001, "Yıldız", "Ayşe", date(1990, 3, 4), "Kerkstraat", 12, 9999, 475123456])
    book.save(tmp_path / "oud.xlsx")
    report = check(here, tmp_path / "oud.xlsx")
    assert not report.errors
    file = report.ready[0].file
    assert (file.household.old_reference, file.reached) == ("1001", ((0, "phone", "+32475123456"),))
    assert file.household.people[0].birth_date == date(1990, 3, 4)
    assert file.team == here.teams[0].id


# What is refused


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"dossier": ""}, "dossier", "leeg"),
        ({"dossier": "x" * 61}, "dossier", "61 tekens"),
        ({"familienaam": "", "voornaam": ""}, "familienaam", "geen naam"),
        ({"voornaam": "😀"}, "voornaam", "minstens één letter"),
        ({"voornaam": "a" * 121}, "voornaam", "121 tekens"),
        ({"geboortedatum": "31/02/1990"}, "geboortedatum", "bestaat niet"),
        ({"geboortedatum": "1/1/2999"}, "geboortedatum", "in de toekomst"),
        ({"rijksregisternummer": "85073003329"}, "rijksregisternummer", "klopt niet"),
        ({"rijksregisternummer": "85073003328"}, "rijksregisternummer", "30 juli 1985"),
        ({"rol": "neef"}, "rol", "volwassene, kind"),
        ({"taal": "Klingon"}, "taal", "Klingon"),
        ({"telefoon": "12"}, "telefoon", "telefoonnummer"),
        ({"e-mail": "ayse"}, "e-mail", "geen e-mailadres"),
        ({"dossierhouder": "niemand@example.org"}, "dossierhouder", "geen maatschappelijk werker"),
        ({"duo": "niemand@example.org"}, "duo", "geen maatschappelijk werker"),
        ({"team": "Team Z"}, "team", "Er zijn: Team A, Team B, Sociaal Huis"),
        ({"dossier sinds": "1/1/2999"}, "dossier sinds", "toekomst"),
        ({"dossier sinds": "gisteren"}, "dossier sinds", "geen datum"),
        ({"huisnummer": "1" * 21}, "huisnummer", "21 tekens"),
    ],
)
def test_a_mistake_is_said_by_line_and_stops_everything(
    here: Town, file: Any, change: dict[str, str], column: str, words: str
) -> None:
    good = {**PLAIN, "dossier": "goed", "voornaam": "Elif", "geboortedatum": "2016"}
    report = check(here, file(good, {**PLAIN, **change}))
    assert [(error.line, error.column) for error in report.errors] == [(3, column)]
    assert words in report.errors[0].sentence
    with pytest.raises(FileRefused):
        bring_in(here, report)
    assert every_household(here) == 0


def test_every_mistake_is_said_at_once(here: Town, file: Any) -> None:
    rows = [{**PLAIN, "dossier": str(at), "voornaam": f"Kind{at}", "rol": "neef", "team": "Z"} for at in range(5)]
    rows += [{**PLAIN, "dossier": "x", "team": "Z"}, {**PLAIN, "dossier": "y", "voornaam": "Y", "duo": "a@b.be"}]
    assert [(e.line, e.column) for e in check(here, file(*rows)).errors] == [
        *[(line, "rol") for line in range(2, 7)], (7, "team"), (8, "duo"),
    ]  # fmt: skip


def test_lines_that_contradict_each_other(here: Town, file: Any) -> None:
    elif_ = {"dossier": "A1", "voornaam": "Elif"}
    assert not check(here, file(PLAIN, {**elif_, "straat": "KERKSTRAAT "})).errors
    report = check(here, file(PLAIN, {**elif_, "straat": "Molenstraat"}))
    assert [(e.line, e.column) for e in report.errors] == [(3, "straat")]
    assert "Op regel 2 staat" in report.errors[0].sentence and "Kerkstraat" in report.errors[0].sentence


@pytest.mark.parametrize("second", [{}, {"voornaam": "Elif", "familienaam": "Demir", "geboortedatum": "1985"}])
def test_somebody_twice_in_one_household(here: Town, file: Any, second: dict[str, str]) -> None:
    number = {"rijksregisternummer": "85073003328", "geboortedatum": "30/7/1985"}
    report = check(here, file({**PLAIN, **number}, {**PLAIN, **number, **second}))
    assert [(e.line, "staat in dit dossier ook op regel 2" in e.sentence) for e in report.errors] == [(3, True)]


def test_lead_and_duo_are_two_people(here: Town, file: Any) -> None:
    email = here.users["worker"].email
    report = check(here, file({**PLAIN, "dossierhouder": email, "duo": email}))
    assert [e.column for e in report.errors] == ["duo"]


def test_a_case_manager_whose_name_is_misspelt_gets_a_hint(here: Town, file: Any) -> None:
    email = here.users["worker"].email
    report = check(here, file({**PLAIN, "dossierhouder": email.replace("worker", "workr")}))
    assert f"Is het {email}?" in report.errors[0].sentence


@pytest.mark.parametrize("role", ["director", "desk", "coordinator"])
def test_who_has_no_households_is_no_case_manager_but_a_coordinator_is(here: Town, file: Any, role: str) -> None:
    report = check(here, file({**PLAIN, "dossierhouder": here.users[role].email}))
    assert bool(report.errors) == (role != "coordinator")


def test_a_worker_of_another_town_is_not_known(here: Town, file: Any) -> None:
    there = town("Elders")
    assert check(here, file({**PLAIN, "dossierhouder": there.users["worker"].email})).errors


@pytest.mark.parametrize("role", ["worker", "coordinator", "director", "desk"])
def test_only_an_administrator_brings_over(here: Town, file: Any, role: str) -> None:
    report = check(here, file(PLAIN))
    by = getattr(here, role)
    with pytest.raises(Denied):
        check(here, file(PLAIN), by=by)
    with acting(by), pytest.raises(Denied):
        import_cases.bring_in(report, by=by, on=here.today, now=timezone.now())


# All or nothing, and never twice


def test_a_dry_run_leaves_nothing_but_the_look(here: Town, file: Any) -> None:
    check(here, file(PLAIN))
    assert every_household(here) == 0
    with acting(here.administrator):
        kinds = TrailEvent.objects.filter(actor_id=here.administrator.id).values_list("kind", flat=True)
        assert set(kinds) == {"households.searched"}


def test_the_same_file_twice_is_refused(here: Town, file: Any) -> None:
    path = file(PLAIN, {**PLAIN, "dossier": "A2", "voornaam": "Elif"})
    bring_in(here, check(here, path))
    report = check(here, file(PLAIN, {**PLAIN, "dossier": "A3", "voornaam": "Nora"}))
    assert [(e.line, e.column) for e in report.errors] == [(2, "dossier")]
    assert "al overgebracht" in report.errors[0].sentence
    assert every_household(here) == 2


def test_two_towns_may_use_one_reference(here: Town, file: Any) -> None:
    there = town("Elders")
    for where in (here, there):
        report = check(where, file(PLAIN))
        assert not report.errors and not report.warnings
        assert bring_in(where, report) == 1


def test_two_who_import_at_the_same_time_make_no_doubles(here: Town, file: Any) -> None:
    first, second = check(here, file(PLAIN)), check(here, file(PLAIN))
    bring_in(here, first)
    with pytest.raises(NotNow, match="al overgebracht"):
        bring_in(here, second)
    assert every_household(here) == 1


def test_a_failure_in_the_last_batch_undoes_the_first(here: Town, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    report = check(here, file(*[{**PLAIN, "dossier": f"A{at}", "voornaam": f"Kind{at}"} for at in range(5)]))
    monkeypatch.setattr(bringing, "BATCH", 2)
    seen: list[int] = []

    def progress(done: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise RuntimeError("the light went out")

    by = here.administrator
    with pytest.raises(RuntimeError), acting(by):
        import_cases.bring_in(report, by=by, on=here.today, now=timezone.now(), progress=progress)
    assert seen == [2, 2, 1]
    assert every_household(here) == 0
    assert bring_in(here, report) == 5
    assert every_household(here) == 5


# Perhaps the same person


@pytest.fixture
def double() -> Iterator[dict[str, str]]:
    yield {**PLAIN, "dossier": "A2", "familienaam": "Yildiz", "voornaam": "Ayse"}


def test_perhaps_one_person_under_two_references(here: Town, file: Any, double: dict[str, str]) -> None:
    report = check(here, file(PLAIN, {**PLAIN, "dossier": "A3", "voornaam": "Mehmet", "geboortedatum": "1975"}, double))
    assert not report.errors
    assert [(w.line, "regel 2 (dossier A1)" in w.sentence) for w in report.warnings] == [(4, True)]
    assert "zelfde geboortedatum" in report.warnings[0].sentence
    assert len(report.ready) == 3


def test_perhaps_known_already_without_telling_where(here: Town, file: Any, double: dict[str, str]) -> None:
    household(here, by=here.desk, street="Molenstraat")
    report = check(here, file(double, {**PLAIN, "dossier": "A3", "voornaam": "Mehmet", "geboortedatum": "1975"}))
    assert [w.line for w in report.warnings] == [2]
    assert "waarschijnlijk al gekend" in report.warnings[0].sentence
    assert "Molenstraat" not in report.warnings[0].sentence


def test_who_is_known_in_another_town_is_not_told(here: Town, file: Any, double: dict[str, str]) -> None:
    household(town("Elders"))
    assert not check(here, file(double)).warnings


def test_known_by_number_or_phone_alone(here: Town, file: Any) -> None:
    number = {"rijksregisternummer": "85073003328", "geboortedatum": "30/7/1985"}
    bring_in(here, check(here, file({**PLAIN, **number, "telefoon": "0475123456"})))
    other = {"dossier": "B1", "familienaam": "Peeters", "voornaam": "Jan", "geboortedatum": "30/7/1985"}
    by_number = check(here, file({**other, "rijksregisternummer": "85.07.30-033.28"}))
    assert ["zelfde rijksregisternummer" in w.sentence for w in by_number.warnings] == [True]
    by_phone = check(here, file({**PLAIN, "dossier": "B2", "geboortedatum": "", "telefoon": "0475123456"}))
    assert ["zelfde telefoonnummer" in w.sentence for w in by_phone.warnings] == [True]


# The manual


def test_the_manual_names_every_column() -> None:
    text = (DOCS / "overbrenging.md").read_text()
    table = [line for line in text.splitlines() if line.startswith("| ")]
    told = " ".join(line.split("|")[1] for line in table)
    assert [column.name for column in columns(date(2026, 1, 1)) if column.name not in told] == []
    example = (DOCS / "voorbeelden" / "dossiers.csv").read_text().splitlines()[0].split(";")
    assert sorted(example) == sorted(column.name for column in columns(date(2026, 1, 1)))


def test_a_file_that_is_no_table(here: Town, tmp_path: Path) -> None:
    shutil.copy(DOCS / "overbrenging.md", tmp_path / "x.csv")
    with acting(here.administrator), pytest.raises(FileRefused, match="dossier"):
        import_cases.check(tmp_path / "x.csv", by=here.administrator, today=here.today)
