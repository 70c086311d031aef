"""The household's paper: what it says, in which language, that it reads aloud, and that nobody's words break it."""

import ast
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import polib
import pytest
from django.utils import translation
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from nabij.casework.paper import content, words
from nabij.casework.paper.content import (
    AgreementOnPaper,
    ContactOnPaper,
    GoalOnPaper,
    PlanPaper,
    StepOnPaper,
    plan_pdf,
)
from nabij.casework.queries import RATHER_NOT, SCORE_WORDS
from nabij.kernel.domains import LifeDomain
from nabij.ui import paper as printing

TODAY = date(2026, 11, 22)
SOURCE = Path(printing.__file__).resolve().parents[1]
STEP = StepOnPaper("Huurpremie aanvragen", "Lieve", date(2026, 12, 1))
GOAL = GoalOnPaper("Elk kind een eigen bed", "housing", ["Elif", "Noor"], [STEP])
PAPER = PlanPaper(
    household_name="Gezin Yıldız – Van den Berghe",
    municipality="Lindegem",
    centre_name="Wijkcentrum Heule",
    printed_on=TODAY,
    goals=[GOAL],
    scores=[("children", "lukt goed")],
    next_talk=date(2027, 1, 12),
    case_manager=ContactOnPaper("Lieve Desmet", "0470 12 34 56", "lieve@lindegem.example"),
    agreement=AgreementOnPaper("agreed", date(2026, 11, 20)),
    version=3,
    sharing=["De school weet dat wij een bed zoeken."],
)
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 4


def read(paper: PlanPaper) -> PdfReader:
    return PdfReader(BytesIO(plan_pdf(paper)))


def text_of(pages: Any) -> str:
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u200b", "").replace("\xa0", " ").split())


def text(paper: PlanPaper) -> str:
    return text_of(read(paper).pages)


def tags(reader: PdfReader) -> list[DictionaryObject]:
    found: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def kinds(reader: PdfReader) -> list[str]:
    return [str(tag["/S"]) for tag in tags(reader)]


# What it says


def test_page_one_is_the_plan_and_page_two_what_is_around_it() -> None:
    first, second = (text_of([page]) for page in read(PAPER).pages)
    for words_there in ("“Elk kind een eigen bed”", "Voor: Elif, Noor", "Huurpremie aanvragen", "1 december 2026",
                        "Dinsdag 12 januari 2027", "Lieve Desmet", "0470 12 34 56", "Dit is versie 3"):  # fmt: skip
        assert words_there in first
    for words_there in ("Het OCMW controleert ook", "niet in het dossier van wie u helpt",
                        "Wie keek in uw dossier?", "lijst op papier", "U hoeft niet te zeggen waarom",
                        "De school weet dat", "lukt goed"):  # fmt: skip
        assert words_there in second


def test_the_direct_line_is_at_the_foot_of_every_page() -> None:
    pages = read(PAPER).pages
    assert all("Lieve Desmet, 0470 12 34 56" in text_of([page]) for page in pages)


def test_without_a_case_manager_it_says_what_to_do() -> None:
    said = text(replace(PAPER, case_manager=None))
    assert "U hebt nog geen casemanager. Ga langs bij Wijkcentrum Heule" in said
    assert "Dit is uw vaste contact" not in said


def test_a_duo_is_named_for_when_the_case_manager_is_away() -> None:
    said = text(replace(PAPER, duo=ContactOnPaper("Karim El Amrani")))
    assert "Is uw casemanager er niet? Karim El Amrani Vraag het nummer in een wijkcentrum." in said


def test_an_empty_plan_is_said_kindly_and_has_no_table() -> None:
    reader = read(PlanPaper("Gezin A", "Lindegem", "", TODAY))
    said = text_of(reader.pages)
    assert "Er staat nog niets in dit plan. Dat is niet erg." in said
    assert "Er is nog geen dag afgesproken." in said
    assert "Ga langs in een wijkcentrum" in said
    assert "/Table" not in kinds(reader)


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("agreed", "U ging akkoord met dit plan op 20 november 2026."),
        ("not_agreed", "U ging niet akkoord met dit plan op 20 november 2026."),
        ("not_asked", "Op 20 november 2026 konden we dit plan nog niet samen bespreken."),
    ],
)
def test_what_was_said_of_the_plan_stands_on_it(outcome: str, sentence: str) -> None:
    agreement = AgreementOnPaper(outcome, date(2026, 11, 20), "Eerst mijn broer.")
    said = text(replace(PAPER, agreement=agreement))
    assert sentence in said
    assert "“Eerst mijn broer.”" in said


def test_a_step_that_is_done_or_has_no_day_says_so() -> None:
    steps = [replace(STEP, done=True), replace(STEP, due=None)]
    said = text(replace(PAPER, goals=[replace(GOAL, steps=steps)]))
    assert "Gedaan" in said
    assert "Nog geen dag gekozen" in said
    assert "1 december" not in said


# In which language


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["Notre plan", "« Elk kind een eigen bed »", "Logement", "Mardi 12 janvier 2027", "1er décembre 2026"]),
        ("en", ["Our plan", "“Elk kind een eigen bed”", "Housing", "Tuesday 12 January 2027", "1 December 2026"]),
    ],
)
def test_labels_change_language_and_their_words_do_not(language: str, expected: list[str]) -> None:
    reader = read(replace(PAPER, language=language))
    said = text_of(reader.pages)
    for there in expected:
        assert there in said
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    for dutch in ("Wie doet het", "uw dossier", "bladzijde", "Gedrukt"):
        assert dutch not in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_label_is_left_untranslated(language: str) -> None:
    messages = set()
    for file in ("casework/paper/words.py", "kernel/domains.py"):
        calls = (node for node in ast.walk(ast.parse((SOURCE / file).read_text())) if isinstance(node, ast.Call))
        messages |= {call.args[0].value for call in calls if getattr(call.func, "id", "") == "_"}  # type: ignore[attr-defined]
    messages |= {str(word) for word in (*SCORE_WORDS.values(), RATHER_NOT)}
    file = SOURCE / "casework" / "locale" / language / "LC_MESSAGES" / "django.po"
    translated = {entry.msgid: entry.msgstr for entry in polib.pofile(str(file)) if entry.msgstr and not entry.fuzzy}
    assert len(messages) > 50
    assert messages - set(translated) == set()
    for message in messages:
        holes = {part.split(")")[0] for part in message.split("%(")[1:]}
        assert holes == {part.split(")")[0] for part in translated[message].split("%(")[1:]}, message


# That it reads aloud


def test_it_is_a_tagged_document_with_a_title_and_a_language() -> None:
    reader = read(PAPER)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Plan van Gezin Yıldız – Van den Berghe"
    assert reader.metadata.author == "Lindegem"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert all(page["/Tabs"] == "/S" for page in reader.pages)


def test_headings_tables_and_pictograms_are_tagged() -> None:
    reader = read(PAPER)
    seen = kinds(reader)
    assert seen.count("/H1") == 2
    assert seen.count("/Table") == 2
    assert seen.count("/TH") == 5
    assert "“Elk kind een eigen bed”" in [tag["/T"] for tag in tags(reader) if tag["/S"] == "/H2"]
    figures = [tag for tag in tags(reader) if tag["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Pictogram: Wonen", "Pictogram: Kinderen"]
    levels = [int(kind[2:]) for kind in seen if kind[1:2] == "H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("slug", LifeDomain.values)
def test_every_life_domain_has_a_pictogram(slug: str) -> None:
    assert (SOURCE / "ui/static/vendor/pictograms" / f"{LifeDomain(slug).pictogram}.svg").is_file()
    assert words.domain(slug)["alt"].startswith("Pictogram: ")


def test_a_domain_of_an_older_version_keeps_its_name() -> None:
    assert "kleding" in text(replace(PAPER, goals=[replace(GOAL, domain="kleding")]))


def test_large_type_is_eighteen_points_or_more() -> None:
    sizes: set[float] = set()

    def note(said: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if said.strip():
            sizes.add(round(size * abs(matrix[3] or 1), 1))

    for page in read(replace(PAPER, large_type=True, duo=PAPER.case_manager)).pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 18


def test_the_same_plan_gives_the_same_bytes_on_the_same_day() -> None:
    assert plan_pdf(PAPER) == plan_pdf(PAPER)
    assert plan_pdf(PAPER) != plan_pdf(replace(PAPER, printed_on=date(2026, 11, 23)))


# That nobody's words break it


@pytest.mark.parametrize(
    "own_words",
    [
        "أريد أن يكون لكل طفل سرير خاص به (أخيرًا!)",
        "Хочу працювати",
        "ስራ እፈልጋለሁ",
        "მინდა მუშაობა",
        "Ես ուզում եմ աշխատել",
        "আমি কাজ চাই",
        "שלום",
        "samen eten 😀 🏠",
        "Zażółć gęślą jaźń, Nguyễn, Çağrı",
    ],
)
def test_words_in_any_script_are_printed(own_words: str) -> None:
    data = words.on_paper(replace(PAPER, goals=[GoalOnPaper(own_words, "work")]))
    assert data["goals"][0]["words"]["text"].replace("\u200b", "") == own_words
    printed = printing._compile(  # ours alone, without the fonts of this machine
        content.TEMPLATE,
        printing.json.dumps({"about": {"title": "x", "author": "x", "language": "nl", "on": "2026-11-22"},
                             "fonts": printing.BUNDLED, **data}),
        printing.About("x", "x", "nl", TODAY),
        printing._fonts(False),
    )  # fmt: skip
    assert printed.startswith(b"%PDF")


def test_arabic_runs_from_the_right() -> None:
    assert printing.direction("أريد") == "rtl"
    assert printing.direction("“3× أريد") == "rtl"
    assert printing.direction("Noor, أمينة") == "ltr"
    assert printing.direction("") == "ltr"


def test_characters_that_no_font_has_become_a_question_mark() -> None:
    said = text(replace(PAPER, goals=[replace(GOAL, words="Wonen \ue000\U000f0000 goed")]))
    assert "Wonen ?? goed" in said


@pytest.mark.parametrize(
    "strange", ["a\x00b\x07", "a\ud800b", "a\u202eb", '#panic("x")', "$x$ *b* _i_ @ref <l> \\", "{n}"]
)
def test_typed_signs_are_text_and_never_commands(strange: str) -> None:
    said = text(replace(PAPER, household_name=strange, goals=[replace(GOAL, words=strange)]))
    assert printing._clean(strange) in said


@pytest.mark.parametrize("large", [False, True])
def test_a_long_name_breaks_into_lines(large: bool) -> None:
    steps = [StepOnPaper(LONG, LONG, TODAY)]
    paper = replace(
        PAPER,
        household_name=LONG,
        centre_name=LONG,
        large_type=large,
        goals=[GoalOnPaper(LONG, "legal", [LONG], steps)],
        case_manager=ContactOnPaper(LONG, "0" * 60, f"{LONG}@{LONG}.example"),
    )
    pages = read(paper).pages
    laid_out = [run for page in pages for run in page.extract_text(extraction_mode="layout").split()]
    assert max(len(run.replace("\u200b", "")) for run in laid_out) < 110  # a full line of the smallest type has some 90
    assert LONG in "".join(page.extract_text() for page in pages).replace("\u200b", "").replace("\n", "")


def test_breaks_are_not_put_inside_joined_scripts_or_composed_signs() -> None:
    family = "👨‍👩‍👧" * 6
    arabic = "والمستقبلياتوالمستقبليات"
    assert printing.breakable(family) == family
    assert printing.breakable(arabic) == arabic
    assert printing.breakable("Gezin Peeters") == "Gezin Peeters"
    assert "\u200b" in printing.breakable(LONG)


def test_twelve_goals_of_six_steps_repeat_the_heads_of_their_tables() -> None:
    longer = replace(STEP, description="Samen naar de dienst gaan en vragen hoe het nu verder moet. " * 2)
    many = [replace(GOAL, words=f"Doel {n}", steps=[longer] * 6) for n in range(1, 13)]
    reader = read(replace(PAPER, goals=many))
    plan = [text_of([page]) for page in reader.pages[:-1]]
    continued = [page for page in plan if page.count("Wat doen we?") > page.count("“Doel ")]
    assert len(reader.pages) >= 5
    assert continued
    assert kinds(reader).count("/Table") == 13
    said = text_of(reader.pages)
    assert all(f"“Doel {n}”" in said for n in range(1, 13))


def test_without_fonts_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(printing, "FONTS", tmp_path / "nothing")
    with pytest.raises(printing.NoPaper, match=r"de lettertypes ontbreken\. Vraag de beheerder"):
        plan_pdf(PAPER)


def test_the_language_of_the_worker_comes_back() -> None:
    with translation.override("nl"):
        plan_pdf(replace(PAPER, language="fr"))
        assert translation.get_language() == "nl"
