"""A municipality at the command line, from nothing to files that came over, as somebody types it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate

from nabij.access import queries as who
from nabij.access.models import Team, User
from nabij.config import operating
from nabij.config.cli import cli
from nabij.households.models import Household
from nabij.kernel.actor import acting
from nabij.territory.models import Centre, Neighbourhood, StreetRange

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

WIJKEN = """{"type": "FeatureCollection", "features": [%s]}"""
WIJK = (
    '{"type": "Feature", "properties": {"code": "%s", "name": "%s", "nis": "%s"}, "geometry": {"type": "Polygon",'
    ' "coordinates": [[[3.2, 50.8], [3.3, 50.8], [3.3, 50.9], [3.2, 50.8]]]}}'
)
PASSWORD = "een lang wachtwoord"
Nabij = Callable[..., Result]


@pytest.fixture
def nabij(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nabij:
    monkeypatch.setenv("NABIJ_VAR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)

    def run(words: str, *more: str, typed: str | None = None) -> Result:
        done = CliRunner().invoke(cli, [*words.split(), *more], input=typed)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done

    return run


def written(name: str, text: str) -> str:
    Path(name).write_text(text)
    return name


def files() -> None:
    written(
        "wijken.geojson",
        WIJKEN % ",".join(WIJK % wijk for wijk in [("A", "Centrum", "99999"), ("B", "Kouter", "99999")]),
    )
    written(
        "straten.csv", "straat;van;tot;pariteit;postcode;wijk\nKerkstraat;;;;9999;Centrum\nMolenstraat;1;99;;9999;B\n"
    )
    written(
        "centra.csv",
        "naam;adres;soort;wijk;maandag\nHet Anker;Kerkstraat 1;;Centrum;9-12\nSociaal Huis;Markt 1;Sociaal Huis;;\n",
    )
    written(
        "teams.csv",
        'team;centrum;wijken;centraal\nTeam Stad;Het Anker;"Centrum, Kouter";\nSociaal Huis;Sociaal Huis;;ja\n',
    )
    written(
        "medewerkers.csv",
        "voornaam;familienaam;e-mail;functie;team\nWim;Werker;wim@example.org;maatschappelijk werker;Team Stad\n"
        "Dora;Onthaal;dora@example.org;onthaalmedewerker;Het Anker\nKim;Co;kim@example.org;coordinator;Het Anker\n",
    )  # fmt: skip


@pytest.fixture
def loaded(nabij: Nabij) -> Nabij:
    files()
    for words in (
        "municipality create Testegem --nis 99999",
        "territory load --municipality testegem --wijken wijken.geojson --streets straten.csv --centres centra.csv",
        "territory teams --municipality testegem teams.csv",
        "territory load --municipality testegem --workers medewerkers.csv",
    ):
        done = nabij(words)
        assert done.exit_code == 0, done.output
    words = "user create --municipality testegem --email Arne@Example.org --function administrator --password-stdin"
    done = nabij(words, "--name", "Arne Beheer", typed=PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    return nabij


def seen(model: type, slug: str = "testegem") -> int:
    by = operating.operator(operating.municipality(slug))
    with acting(by):
        return int(model.objects.filter(municipality_id=by.municipality_id).count())


# The municipality


def test_a_municipality_is_created_once_and_listed(nabij: Nabij) -> None:
    assert "nog geen gemeente" in nabij("municipality list").output
    assert "Sint-Niklaas staat klaar" in nabij("municipality create Sint-Niklaas --nis 46021").output
    again = nabij("municipality create Sint-Niklaas --nis 46021")
    assert (again.exit_code, "bestaat al" in again.output) == (1, True)
    assert nabij("municipality list").output.split() == ["46021", "sint-niklaas", "Sint-Niklaas"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("municipality create X --nis 12", "vijf cijfers"),
        ("municipality create X --nis 12345 --slug A_b", "korte naam"),
        ("municipality create X --nis 12345 --colour rood", "#1f5f5b"),
        ("municipality create ☺ --nis 12345 --slug -", "korte naam"),
    ],
)
def test_a_municipality_that_cannot_be(nabij: Nabij, words: str, says: str) -> None:
    done = nabij(words)
    assert (done.exit_code, says in done.output) == (1, True), done.output
    assert "nog geen gemeente" in nabij("municipality list").output


def test_a_municipality_that_is_not_known_names_those_that_are(nabij: Nabij) -> None:
    assert "nog geen gemeente" in nabij("territory teams --municipality gent --team-per-wijk").output
    nabij("municipality create Testegem --nis 99999")
    assert "Er zijn: testegem." in nabij("territory teams --municipality gent --team-per-wijk").output


# Territory


def test_everything_is_loaded(loaded: Nabij) -> None:
    assert [seen(model) for model in (Neighbourhood, StreetRange, Centre, Team, User)] == [2, 2, 2, 2, 4]
    by = operating.operator(operating.municipality("testegem"))
    with acting(by):
        teams = {t.name: (t.is_central, t.centre.name, t.areas.count()) for t in who.teams(by=by)}
        posts = {u.name: [(p.function, p.team and p.team.name, p.centre and p.centre.name) for p in u.posts.all()]
                 for u in User.objects.filter(municipality_id=by.municipality_id)}  # fmt: skip
    assert teams == {"Team Stad": (False, "Het Anker", 2), "Sociaal Huis": (True, "Sociaal Huis", 0)}
    assert posts == {
        "Wim Werker": [("social_worker", "Team Stad", "Het Anker")],
        "Dora Onthaal": [("front_desk", None, "Het Anker")],
        "Kim Co": [("coordinator", "Team Stad", "Het Anker")],
        "Arne Beheer": [("administrator", None, None)],
    }


def test_a_mistake_in_the_last_file_undoes_the_first(nabij: Nabij) -> None:
    files()
    nabij("municipality create Testegem --nis 99999")
    written("centra.csv", "naam;adres;wijk;maandag\nHet Anker;Kerkstraat 1;Nergens;9-12\nDe Boei;Kade 2;Centrum;12-9\n")
    done = nabij(
        "territory load --municipality testegem --wijken wijken.geojson --streets straten.csv --centres centra.csv"
    )
    assert done.exit_code == 1
    assert "Regel 2, kolom “wijk”" in done.output and "Regel 3, kolom “maandag”" in done.output
    assert "geladen" not in done.output
    assert [seen(model) for model in (Neighbourhood, StreetRange, Centre)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "leeg"),
        ("{", "afgebroken"),
        (WIJKEN % "", "geen enkele wijk"),
        (WIJKEN % (WIJK % ("A", "Centrum", "34022")), "geen wijken van 99999; wel van 34022"),
        (WIJKEN % (WIJK % ("A", "Centrum", "99999")).replace("3.2, 50.8", "72000.5, 168000.5"), "Lambert 72"),
    ],
)
def test_broken_wijken_are_refused_in_a_sentence(nabij: Nabij, text: str, says: str) -> None:
    nabij("municipality create Testegem --nis 99999")
    done = nabij("territory load --municipality testegem --wijken", written("kapot.geojson", text))
    assert (done.exit_code, says in done.output) == (1, True), done.output
    assert seen(Neighbourhood) == 0


def test_what_is_missing_is_said(nabij: Nabij) -> None:
    nabij("municipality create Testegem --nis 99999")
    assert "minstens één bestand" in nabij("territory load --municipality testegem").output
    assert "Laad ze eerst" in nabij("territory load --municipality testegem --streets x.csv").output
    assert "bestaat niet" in nabij("territory load --municipality testegem --wijken x.geojson").output
    assert "Geef een bestand" in nabij("territory teams --municipality testegem").output


def test_loading_centres_teams_and_workers_twice_makes_no_doubles(loaded: Nabij) -> None:
    assert (
        "Deze centra zijn er al: Het Anker, Sociaal Huis"
        in loaded("territory load --municipality testegem --centres centra.csv").output
    )
    assert "Team “Team Stad” is er al" in loaded("territory teams --municipality testegem teams.csv").output
    done = loaded("territory load --municipality testegem --workers medewerkers.csv")
    assert done.output.count("heeft al een account") == 3
    assert [seen(model) for model in (Centre, Team, User)] == [2, 2, 4]


def test_workers_whose_team_is_not_there_are_all_named_and_none_is_made(loaded: Nabij) -> None:
    written("meer.csv", "voornaam;familienaam;e-mail;functie;team\nA;A;a@example.org;coordinator;Team Z\n"
            "B;B;b@example.org;coordinator;\nC;C;c@example.org;onthaalmedewerker;\n")  # fmt: skip
    done = loaded("territory load --municipality testegem --workers meer.csv")
    assert done.exit_code == 1
    assert "A A (a@example.org): “Team Z” is geen team of centrum" in done.output
    assert "B B (b@example.org): Kies een team" in done.output
    assert seen(User) == 4


def test_a_team_for_each_wijk_and_the_sociaal_huis_once(nabij: Nabij) -> None:
    files()
    nabij("municipality create Testegem --nis 99999")
    nabij("territory load --municipality testegem --wijken wijken.geojson --centres centra.csv")
    assert "3 teams gevormd" in nabij("territory teams --municipality testegem --team-per-wijk").output
    assert "0 teams gevormd" in nabij("territory teams --municipality testegem --team-per-wijk").output
    by = operating.operator(operating.municipality("testegem"))
    with acting(by):
        assert [(t.name, t.is_central, t.centre and t.centre.name) for t in who.teams(by=by)] == [
            ("Centrum", False, "Het Anker"), ("Kouter", False, None), ("Sociaal Huis", True, "Sociaal Huis"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["Team Stad;;Nergens;"], "Regel 2, kolom “wijken”"),
        (["Team Stad;;;"], "geen wijk"),
        (["Team Stad;De Boei;Centrum;"], "Er zijn: Sociaal Huis, Het Anker"),
        (["Team 1;;Centrum;", "Team 2;;Centrum;"], "ook op regel 2"),
        (["Team 1;;Centrum;", "team 1;;Kouter;"], "Dit team staat ook op regel 2"),
        (["Team 1;;Centrum;misschien"], "Schrijf ja of nee"),
    ],
)
def test_teams_that_cannot_be(nabij: Nabij, lines: list[str], says: str) -> None:
    files()
    nabij("municipality create Testegem --nis 99999")
    nabij("territory load --municipality testegem --wijken wijken.geojson --centres centra.csv")
    written("teams.csv", "\n".join(["team;centrum;wijken;centraal", *lines]))
    done = nabij("territory teams --municipality testegem teams.csv")
    assert (done.exit_code, says in done.output) == (1, True), done.output
    assert seen(Team) == 0


# Accounts


def test_who_is_created_can_sign_in_and_gets_a_new_password(loaded: Nabij) -> None:
    assert authenticate(None, username="arne@example.org", password=PASSWORD) is not None
    words = "user password --municipality testegem --email arne@example.org --password-stdin"
    assert loaded(words, typed="nog een langer wachtwoord\n").exit_code == 0
    assert authenticate(None, username="arne@example.org", password=PASSWORD) is None
    assert authenticate(None, username="arne@example.org", password="nog een langer wachtwoord") is not None


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        ("--email wim@example.org --function administrator", PASSWORD, "heeft al een account"),
        ("--email wim --function administrator", PASSWORD, "geen e-mailadres"),
        ("--email nieuw@example.org --function administrator --name=", PASSWORD, "Geef de naam"),
        ("--email nieuw@example.org --function koning", PASSWORD, "front_desk (onthaalmedewerker)"),
        ("--email nieuw@example.org --function administrator", "kort", "minstens 12 tekens"),
        ("--email nieuw@example.org --function administrator", "", "geen wachtwoord"),
        ("--email nieuw@example.org --function administrator", "password1234", "te veel mensen"),
        ("--email nieuw@example.org --function social_worker", PASSWORD, "Kies een team"),
        ("--email nieuw@example.org --function social_worker --team Z", PASSWORD, "Er zijn: Team Stad, Sociaal Huis"),
        ("--email nieuw@example.org --function front_desk --centre Z", PASSWORD, "geen team of centrum"),
    ],
)
def test_an_account_that_cannot_be(loaded: Nabij, words: str, typed: str, says: str) -> None:
    done = loaded(f"user create --municipality testegem --password-stdin --name Iemand {words}", typed=typed + "\n")
    assert (done.exit_code, says in done.output) == (1, True), done.output
    assert seen(User) == 4


def test_a_password_is_not_asked_where_nobody_can_type(loaded: Nabij) -> None:
    done = loaded("user create --municipality testegem --name X --email x@example.org --function director")
    assert (done.exit_code, "--password-stdin" in done.output) == (1, True)


def test_nobody_gives_a_password_in_another_town(loaded: Nabij) -> None:
    loaded("municipality create Elders --nis 88888")
    words = "user password --municipality elders --email arne@example.org --password-stdin"
    assert "geen account" in loaded(words, typed="nog een langer wachtwoord\n").output
    assert authenticate(None, username="arne@example.org", password=PASSWORD) is not None


# Files


def dossiers(*rows: str) -> str:
    head = "dossier;familienaam;voornaam;geboortedatum;straat;huisnummer;postcode;dossierhouder"
    return written("dossiers.csv", "\n".join([head, *rows]))


def test_a_dry_run_then_the_real_thing_then_a_refusal(loaded: Nabij) -> None:
    dossiers("A1;Yıldız;Ayşe;1990;Kerkstraat;12;9999;wim@example.org", "A2;Peeters;Jan;1980;Nergensstraat;1;9999;")
    words = "cases import dossiers.csv --municipality testegem"
    dry = loaded(words)
    assert dry.exit_code == 0, dry.output
    assert "2 gezinnen met 2 personen, 1 met een dossier" in dry.output and "niets bewaard" in dry.output
    assert "Regel 3, kolom “straat”: Nergensstraat 1 ligt in geen wijk" in dry.output
    real = loaded(f"{words} --by arne@example.org --commit --report verslag.csv")
    assert real.exit_code == 0 and "2 dossiers overgebracht" in real.output
    again = loaded(f"{words} --commit")
    assert again.exit_code == 1 and again.output.count("al overgebracht") == 2
    with Path("verslag.csv").open(encoding="utf-8-sig") as report:
        assert [row[:3] for row in csv.reader(report, delimiter=";")][1:] == [["opmerking", "3", "straat"]]
    by = operating.operator(operating.municipality("testegem"))
    with acting(by):
        wim = who.actor_for(User.objects.get(email="wim@example.org"), on=operating.timezone.localdate())
    with acting(wim):
        assert [household.name for household in Household.objects.all()] == ["Ayşe Yıldız"]


def test_errors_by_line_and_exit_code_one(loaded: Nabij) -> None:
    dossiers("A1;Yıldız;Ayşe;31/2/1990;;;;", "A2;Peeters;Jan;1980;;;;weg@example.org")
    done = loaded("cases import dossiers.csv --municipality testegem --commit")
    assert done.exit_code == 1
    assert "2 fouten" in done.output and "Regel 2, kolom “geboortedatum”" in done.output
    assert "Regel 3, kolom “dossierhouder”" in done.output and "overgebracht." in done.output


def test_who_brings_over_is_an_administrator(loaded: Nabij) -> None:
    dossiers("A1;Yıldız;Ayşe;1990;;;;")
    words = "cases import dossiers.csv --municipality testegem"
    assert "geen beheerder" in loaded(f"{words} --by wim@example.org").output
    more = "user create --municipality testegem --name Bea --email bea@example.org --function administrator"
    loaded(f"{more} --password-stdin", typed=PASSWORD + "\n")
    done = loaded(words)
    assert done.exit_code == 1 and "arne@example.org, bea@example.org" in done.output


def test_a_file_that_is_not_there(loaded: Nabij) -> None:
    done = loaded("cases import weg.csv --municipality testegem")
    assert (done.exit_code, "bestaat niet" in done.output) == (1, True)
