"""What the texts look like: a title, headings, lines and a list, written as plain text; and the ones that Nabij brings along.

A municipality that wrote no text of its own tells the standard one. Its version is its day: change a standard text, and the
day changes with it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

STANDARD = Path(__file__).resolve().parent / "standard"
STANDARD_DAY = "2026-11-22"
STANDARD_VERSION = f"nabij-{STANDARD_DAY}"
TOWN = "{gemeente}"


@dataclass(frozen=True)
class Block:
    """A piece of a text: a title, a heading, a paragraph, or the lines of a list."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A text as it is shown: for which purpose, in which language, which version, and its words."""

    purpose: str
    language: str
    version: str
    words: str

    @property
    def blocks(self) -> list[Block]:
        """Return the pieces of the text, in order."""
        return blocks(self.words)

    @property
    def title(self) -> str:
        """Return the title; the first line where there is no title."""
        return title_of(self.words)


def blocks(words: str) -> list[Block]:
    """Return the pieces of a text: `# ` begins a title, `## ` a heading, `- ` a line of a list; the rest are paragraphs."""
    found: list[Block] = []
    for line in (line.strip() for line in words.splitlines()):
        if not line:
            continue
        kind, text = _kind(line)
        if kind == "list" and found and found[-1].kind == "list":
            found[-1] = Block(kind, (*found[-1].lines, text))
        else:
            found.append(Block(kind, (text,)))
    return found


def title_of(words: str) -> str:
    """Return the title of a text; its first line where there is no title."""
    found = blocks(words)
    return next((block.lines[0] for block in found if block.kind == "title"), found[0].lines[0] if found else "")


def for_town(words: str, town: str) -> str:
    """Return the words with the name of the municipality filled in."""
    return words.replace(TOWN, town).replace("\r\n", "\n").strip()


@cache
def standard(purpose: str, language: str) -> str:
    """Return the standard text for a purpose, in a language."""
    return (STANDARD / f"{purpose}.{language}.txt").read_text(encoding="utf-8").strip()


def _kind(line: str) -> tuple[str, str]:
    for mark, kind in (("## ", "heading"), ("# ", "title"), ("- ", "list")):
        if line.startswith(mark):
            return kind, line[len(mark) :].strip()
    return "line", line
