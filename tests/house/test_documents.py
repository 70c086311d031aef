"""Documents: links lead somewhere, pictures are used, and what they promise (rooms, commands, labels) is there."""

import re
from pathlib import Path

import click
import pytest

from nabij.access.roles import FUNCTIONS
from nabij.config.cli import cli
from nabij.config.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nabij"
MANUAL = ROOT / "docs" / "handleiding"
PICTURES = MANUAL / "beelden"
DECISIONS = ROOT / "docs" / "adr"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Words between ** in the manual stand on the screen, but for these.
NO_LABEL = {"vet"}
HELP = {"-h", "--help"}


def title(file: Path) -> str:
    return str(file.relative_to(ROOT))


def manual() -> str:
    return "\n".join(file.read_text() for file in sorted(MANUAL.glob("*.md")))


def prose(file: Path) -> str:
    """The text without blocks and spans of code, in which a bracket means something else."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", file.read_text(), flags=re.M | re.S))


def anchors(file: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", file.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in titles}


@pytest.mark.parametrize("file", PAGES, ids=title)
def test_every_link_leads_somewhere(file: Path) -> None:
    dead = []
    for target in LINK.findall(prose(file)):
        path, _hash, anchor = target.partition("#")
        if target.startswith("https://") or (PICTURES.name in path and not PICTURES.exists()):
            continue  # the pictures are taken by the journeys (make manual)
        aim = (file.parent / path).resolve() if path else file
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            dead.append(target)
    assert not dead


@pytest.mark.skipif(not PICTURES.exists(), reason="no pictures were taken yet: make manual")
def test_every_picture_is_used_and_every_used_one_exists() -> None:
    used = {
        Path(name).name
        for file in PAGES
        for name in LINK.findall(prose(file))
        if Path(name).parent.name == PICTURES.name
    }
    assert used == {picture.name for picture in PICTURES.iterdir()}


def test_every_picture_says_what_it_shows() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(beelden/", manual())
    assert len(shown) >= 10
    assert all(shown)


def test_every_chapter_stands_in_the_contents() -> None:
    contents = set(LINK.findall((MANUAL / "README.md").read_text()))
    assert {file.name for file in MANUAL.glob("[0-9]*.md")} <= contents


def test_every_room_stands_on_the_floor_plan() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    plan, table = text.split("```")[1], text.split("## Inside a room")[0]
    rooms = {file.parent.name for file in SOURCE.glob("*/__init__.py")}
    assert not {room for room in rooms if not re.search(rf"\b{room}\b", plan)}
    assert not {room for room in rooms if f"| `{room}` |" not in table}
    assert not set(re.findall(r"^\| `(\w+)` \| ", table, re.M)) - rooms


def test_every_look_over_the_wall_is_told() -> None:
    migrations = "\n".join(file.read_text() for file in SOURCE.glob("*/migrations/0*.py"))
    made = re.findall(r"create (?:or replace )?function (\w+)[^;]*?security definer", migrations)
    assert len(made) >= 5
    assert not [name for name in made if f"`{name}`" not in (ROOT / "ARCHITECTURE.md").read_text()]


def test_every_function_is_explained() -> None:
    text = manual() + (ROOT / "GLOSSARY.md").read_text()
    assert not [slug for slug, function in FUNCTIONS.items() if slug not in text or str(function.name) not in text]


def command(words: list[str]) -> tuple[click.Command | None, list[str]]:
    """The command that these words begin with, and the words that are left."""
    found: click.Command | None = cli
    while words and isinstance(found, click.Group):
        below = found.get_command(click.Context(found), words[0])
        if below is None:
            return None, words
        found, words = below, words[1:]
    return found, words


def every_command() -> list[str]:
    names = []
    for name in COMMANDS:
        found, _rest = command([name])
        below = list(found.commands) if isinstance(found, click.Group) else [""]
        names += [f"nabij {name} {sub}".strip() for sub in below]
    return names


@pytest.mark.parametrize("name", every_command())
def test_every_command_stands_in_the_manual(name: str) -> None:
    assert re.search(rf"\b{name}\b", manual())


def promised_commands() -> list[tuple[str, str]]:
    """What a document tells a reader to type: `nabij …` in a span of code, or at the start of a line in a block."""
    found = []
    for file in PAGES:
        text = file.read_text()
        blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S))
        lines = re.findall(r"^(nabij [^#\n]+)", blocks, re.M) + re.findall(r"`(nabij [^`]+)`", prose_blocks_out(text))
        found += [(title(file), line) for line in lines]
    return found


def prose_blocks_out(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize(("file", "line"), promised_commands(), ids=lambda value: value)
def test_every_promised_command_exists_with_its_options(file: str, line: str) -> None:
    words = line.replace("…", "").split()[1:]
    found, rest = command(words)
    assert found is not None, f"{file}: {line}"
    if isinstance(found, click.Command) and not found.context_settings.get("ignore_unknown_options"):
        known = {option for param in found.params for option in param.opts + param.secondary_opts} | HELP
        assert not {word for word in rest if word.startswith("--")} - known


def test_every_promised_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    promised = {t for file in PAGES for t in re.findall(r"(?:^|`|=\S+ )make ([a-z]+)", file.read_text(), re.M)}
    assert promised
    assert not promised - targets


def on_the_screen() -> str:
    """Every word that the house can show, on one line: templates and sentences in the code."""
    files = [*SOURCE.rglob("templates/**/*.html"), *(f for f in SOURCE.rglob("*.py") if "demo" not in f.parts)]
    text = " ".join(file.read_text() for file in files)
    return re.sub(r"\s+", " ", re.sub(r'"\s*\n\s*"', "", text))


def test_every_label_of_the_manual_stands_on_the_screen() -> None:
    screen = on_the_screen()
    labels = {re.sub(r"\s+", " ", label) for label in re.findall(r"\*\*([^*]+)\*\*", manual())} - NO_LABEL
    assert len(labels) > 50
    assert not sorted(label for label in labels if label not in screen)


def test_decisions_are_numbered_without_gaps_and_stand_in_the_list() -> None:
    names = sorted(file.name for file in DECISIONS.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert set(names) == set(LINK.findall((DECISIONS / "README.md").read_text()))


@pytest.mark.parametrize("part", ["Context.", "Decision.", "Consequences", "What would change our mind."])
def test_every_decision_has_its_parts(part: str) -> None:
    assert not [file.name for file in DECISIONS.glob("[0-9]*.md") if f"**{part}" not in file.read_text()]


@pytest.mark.parametrize(("name", "most"), [("README.md", 60), ("ARCHITECTURE.md", 200)])
def test_it_stays_short(name: str, most: int) -> None:
    assert len((ROOT / name).read_text().splitlines()) <= most


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(re.search(rf"^{article}\.\s*[A-Z]", text, re.M) for article in range(1, 16))
    assert "Reciprocity (LiLiQ-R) or Strong Reciprocity (LiLiQ-R+)" in text.split("Appendix", 1)[1]
    assert text.rstrip().endswith("require the production of a new EUPL version.")
