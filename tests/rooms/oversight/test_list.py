"""The household's list of who looked: what it says, to whom it is given, in which language, and what it leaves out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.factories import Town, enrol, household, town
from tests.rooms.oversight.looking import WEDNESDAY, at, looked

from nabij.access import actions as access
from nabij.access.models import User
from nabij.access.roles import Ground, Part
from nabij.advice import actions as advice
from nabij.audit.models import TrailEvent
from nabij.casework import actions as casework
from nabij.kernel.actor import Actor, acting
from nabij.oversight import actions, events, queries, words
from nabij.oversight.paper import content
from nabij.oversight.paper.content import DayOnPaper, LooksPaper, by_day, looks_pdf
from nabij.oversight.policies import Named

# The others follow from something else, or open no page of a worker.
GIVEN = [g for g in Ground if g not in (Ground.SUBSTITUTE, Ground.GRACE, Ground.COMMITTEE, Ground.RESIDENT)]
SOURCE = Path(words.__file__).resolve().parents[1]
PAPER = LooksPaper(
    household_name="Gezin Yıldız",
    reference="7F3A-91C2",
    municipality="Lindegem",
    centre_name="Wijkcentrum Brug",
    printed_on=date(2026, 11, 22),
    since=date(2026, 6, 1),
    days=[
        DayOnPaper(
            WEDNESDAY, "Lieve Desmet", ("social_worker",), [at(WEDNESDAY, "10:03")], ["lead"], ["plan"], wrote=True
        ),
        DayOnPaper(WEDNESDAY, "Nora Nabuur", ("social_worker",), [at(WEDNESDAY, "11:00")], [], [], refused=True),
    ],
    officers=[("Petra Privacy", "petra@lindegem.example")],
)


def reading(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.replace("\u200b", "").replace("\xa0", " ").split())


def text(paper: LooksPaper = PAPER) -> str:
    return reading(looks_pdf(paper))[1]


# What it says


def test_a_line_says_when_who_why_and_what() -> None:
    said = text()
    for there in ("10 juni 2026", "10.03 u.", "Lieve Desmet", "maatschappelijk werker", "Is uw casemanager.",
                  "Uw plan, Noteerde iets in uw dossier", "kenmerk van uw dossier: 7F3A-91C2", "sinds 1 juni 2026",
                  "Wie wilde kijken, maar niet mocht", "Nora Nabuur", "Petra Privacy, petra@lindegem.example",
                  "Vlaamse Toezichtcommissie"):  # fmt: skip
        assert there in said, there


def test_it_is_tagged_and_reads_aloud() -> None:
    reader, _said = reading(looks_pdf(PAPER))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "nl-BE"
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.metadata and reader.metadata.title == "Wie keek in het dossier van Gezin Yıldız"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", ("Qui a regardé votre dossier", "Est votre personne de référence.", "Votre plan")),
     ("en", ("Who looked into your file?", "Is your case manager.", "Your plan"))],
)  # fmt: skip
def test_labels_speak_the_language_that_was_asked(language: str, said: tuple[str, ...]) -> None:
    found = text(replace(PAPER, language=language))
    for there in (*said, "Lieve Desmet"):
        assert there in found, there
    assert "Waarom" not in found and "Uw plan" not in found and "keek" not in found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_label_is_translated(language: str) -> None:
    entries = {entry.msgid: entry.msgstr for room in ("oversight", "casework", "access")
               for entry in polib.pofile(str(SOURCE / room / "locale" / language / "LC_MESSAGES" / "django.po"))}  # fmt: skip
    sources = [SOURCE / "oversight/paper/words.py"]
    asked = [
        re.sub(r'"\s*"', "", found) for file in sources for found in re.findall(r'_\(\s*"(.+?)"\s*\)', file.read_text())
    ]
    asked += [str(label) for label in [*words.FOR_HOUSEHOLD.values(), *words.PAGES.values(), words.ANOTHER_REASON]]
    asked += [str(label) for label in [*words.REVIEWED.values(), words.NOT_REVIEWED]]
    assert len(asked) > 40
    assert [sentence for sentence in asked if not entries.get(sentence)] == []


def test_large_letters_and_a_long_name_stay_on_the_paper() -> None:
    long = replace(PAPER.days[0], worker="Wolfeschlegelsteinhausenbergerdorff" * 3)
    reader, said = reading(looks_pdf(replace(PAPER, large_type=True, days=[long] * 30)))
    assert len(reader.pages) > 3 and "Wolfeschlegel" in said


def test_nobody_looked_is_said_too() -> None:
    assert "In deze tijd keek niemand in uw dossier." in text(replace(PAPER, days=[]))


@pytest.mark.parametrize(("many", "said"), [(3, "10 u., 10.01 u., 10.02 u."), (4, "van 10 u. tot 10.03 u., 4 keer")])
def test_many_moments_of_a_day_are_told_together(many: int, said: str) -> None:
    day = replace(PAPER.days[0], moments=[at(WEDNESDAY, f"10:0{minute}") for minute in range(many)])
    assert said in text(replace(PAPER, days=[day]))


@pytest.mark.parametrize(
    ("outcome", "said"), [("", "nog nagekeken"), ("justified", "het was terecht"), ("refused", "het was niet terecht")]
)
def test_who_was_there_in_an_emergency_is_told_with_what_came_of_it(outcome: str, said: str) -> None:
    night = DayOnPaper(WEDNESDAY, "Nora Nabuur", ("social_worker",), [at(WEDNESDAY, "21:00")], ["emergency"], ["gezin"])
    asked = [(at(WEDNESDAY, "20:59"), "Nora Nabuur", outcome), (at(WEDNESDAY, "20:59"), "Lieve Desmet", "")]
    found = text(replace(PAPER, days=[night], in_need=asked))
    assert "Opende uw dossier in nood." in found and said in found
    assert "nagekeken" not in text(replace(PAPER, days=[night], in_need=asked[1:]))


def test_every_ground_and_every_page_has_words_for_the_household() -> None:
    assert {ground.value for ground in Ground} <= set(words.FOR_HOUSEHOLD)
    assert {ground.value for ground in Ground} <= set(words.FOR_COLLEAGUES)
    noted = {
        purpose
        for file in SOURCE.glob("*/views/*.py")
        for purpose in re.findall(r'(?:entered|entered_by_goal|entered_by_step)\(\w+, \w+, "([^"]+)"', file.read_text())
    }
    noted |= {
        p
        for file in SOURCE.rglob("*.py")
        for p in re.findall(r'open_household\([^)]*purpose="([^"]+)"', file.read_text())
    }
    assert len(noted) > 25
    assert noted - set(words.PAGES) == set()


# Of whom, and to whom


@pytest.fixture
def here() -> Town:
    return town()


def lines(here: Town, key: UUID, by: Actor) -> list[DayOnPaper]:
    with acting(by):
        return by_day(queries.who_looked(key, by=by, since=date(2000, 1, 1)))


@pytest.mark.django_db
def test_only_this_household_and_who_was_refused_apart(here: Town) -> None:
    key, other = household(here), household(here, number="14")
    looked(here.worker, key, when=at(WEDNESDAY, "23:30"), ground="team", page="plan")
    looked(here.colleague, other, when=at(WEDNESDAY))
    looked(here.neighbour, key, when=at(WEDNESDAY), kind="households.look_refused", ground="")
    found = [line for line in lines(here, key, here.worker) if line.day == WEDNESDAY]
    assert [(line.worker, line.refused, line.purposes) for line in found] == [
        ("Wim Werker", False, ["plan"]), ("Nora Nabuur", True, []),
    ]  # fmt: skip


@pytest.mark.django_db
def test_sealed_things_are_not_named(here: Town) -> None:
    key, by = household(here), here.worker
    looked(by, key, when=at(WEDNESDAY), page="verzegelde notitie")
    looked(by, key, when=at(WEDNESDAY), kind="casework.sealed_read", ground="author", page="")
    with acting(by):
        casework.open_case(by=by, household=key, on=here.today, now=timezone.now())
        casework.write_note(
            by=by,
            household=key,
            kind="sealed",
            text="geheim",
            about_on=here.today,
            now=timezone.now(),
            today=here.today,
        )
    found = lines(here, key, by)
    said = text(LooksPaper("Gezin A", "", "Testegem", "", here.today, WEDNESDAY, found))
    assert "erzegeld" not in said and "geheim" not in said and "notitie" not in said
    assert [len(line.moments) for line in found if line.day == WEDNESDAY] == [1]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["desk", "neighbour", "director", "administrator", "bridge_figure", "privacy_officer"])
def test_who_may_not_open_the_file_makes_no_list(client: Client, here: Town, role: str) -> None:
    key = household(here, by=here.worker)
    looked(here.worker, key, when=at(WEDNESDAY))
    assert lines(here, key, getattr(here, role)) == []
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    for answer in (client.get(address(key)), client.post(address(key))):
        assert answer.status_code == 404 and "Dit dossier is niet voor jou open" in answer.content.decode()


def address(key: UUID) -> str:
    return reverse("oversight:list", args=[key])


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["worker", "colleague"])
def test_one_click_makes_the_list_and_that_is_in_the_trail(client: Client, here: Town, role: str) -> None:
    key = household(here)
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    answer = client.post(address(key))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    by = getattr(here, role)
    _reader, said = reading(answer.content)
    assert by.name in said, "who makes the list looks, and stands on it"
    with acting(by):
        assert TrailEvent.objects.filter(kind=events.LIST_GIVEN.slug, household_id=key, actor_id=by.id).count() == 1


@pytest.mark.django_db
def test_a_shorter_time_in_another_language(client: Client, here: Town) -> None:
    key = household(here)
    looked(here.colleague, key, when=timezone.now() - timedelta(days=40))
    client.force_login(here.users["worker"], backend="nabij.access.backends.EmailBackend")
    since = (here.today - timedelta(days=3)).isoformat()
    _reader, said = reading(client.post(address(key), {"since": since, "language": "en", "large_type": "on"}).content)
    assert "Who looked" in said and "Cleo Collega" not in said and "Wim Werker" in said
    wrong = client.post(address(key), {"since": "31/02/2026"})
    assert (wrong.status_code, "geen dag die bestaat" in wrong.content.decode()) == (422, True)


@pytest.mark.django_db
def test_a_list_that_is_too_long_says_so(here: Town, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    key = household(here)
    looked(here.worker, *[key] * 3, when=at(WEDNESDAY))
    monkeypatch.setattr(queries, "MOST", 2)
    client.force_login(here.users["worker"], backend="nabij.access.backends.EmailBackend")
    _reader, said = reading(client.post(address(key)).content)
    assert "De lijst is te lang voor één keer." in said


def expert_asked(here: Town, key: UUID) -> User:
    """Return an expert to whom the case manager asked something about this household."""
    expert, by, now = enrol(here, "Kim Kenniscel", "knowledge_cell"), here.worker, timezone.now()
    with acting(by):
        casework.open_case(by=by, household=key, on=here.today, now=now)
        advice.ask(
            by=by, household=key, expert=expert.id, words="Hoe zit dat?", parts=Part.PLAN, now=now, today=here.today
        )
    return expert


@pytest.mark.django_db
@pytest.mark.parametrize("ground", GIVEN)
def test_on_every_ground_the_page_says_why_one_may_see_it(client: Client, here: Town, ground: Ground) -> None:
    key = household(here)
    role = "colleague" if ground == Ground.TEAM else "neighbour"
    if ground == Ground.ADVISER:
        here.users[role] = expert_asked(here, key)
    elif ground == Ground.EMERGENCY:
        with acting(here.neighbour):
            actions.ask_emergency(
                by=here.neighbour, whom=Named("Ayşe", "Yıldız", date(1990, 3, 4)), reason="gevaar", on=here.today,
                now=timezone.now(),
            )  # fmt: skip
    elif ground != Ground.TEAM:
        with acting(here.worker):
            access.give_basis(
                by=here.worker,
                household=key,
                ground=ground,
                worker=here.neighbour.id,
                on=here.today,
                now=timezone.now(),
            )
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    page = client.get(reverse("desk:household", args=[key]), follow=True).content.decode()
    desk = "Aan het onthaal zie je de naam en wie instaat voor dit gezin, niet het dossier."
    assert (desk if ground == Ground.FRONT_DESK else str(ground.sentence)) in page
    assert str(ground.sentence).startswith("Je ziet dit omdat ")


@pytest.mark.django_db
def test_the_case_manager_reads_who_when_and_why(client: Client, here: Town) -> None:
    key = household(here)
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=timezone.now())
    looked(here.colleague, key, when=at(WEDNESDAY), ground="team", page="plan")
    client.force_login(here.users["worker"], backend="nabij.access.backends.EmailBackend")
    page = client.get(reverse("desk:trail", args=[key])).content.decode()
    assert "Cleo Collega opende het dossier." in page and "Als medewerker van het wijkteam (plan)." in page
    assert f"{str(key)[:4].upper()}-{str(key)[4:8].upper()}" in page
    assert content.TEMPLATE.exists()
