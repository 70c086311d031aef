"""The list of the verification standard: every requirement once, no box without a test that exists or a reason."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| (met|n/a|not yet) \| ([^|]+) \|$", re.M)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
# How many requirements each chapter of ASVS 5.0.0 has at level 1 and 2.
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def rows() -> list[tuple[str, str, str, str, str]]:
    return ROW.findall(LIST.read_text())


def test_every_requirement_stands_there_once() -> None:
    ids = [row[0] for row in rows()]
    assert len(ids) == len(set(ids)) == len(re.findall(r"^\| V", LIST.read_text(), re.M))
    chapters = [int(key[1:].split(".")[0]) for key in ids]
    assert {chapter: chapters.count(chapter) for chapter in set(chapters)} == CHAPTERS


def test_what_is_met_is_shown_by_a_test_that_exists() -> None:
    missing = []
    for key, _level, _what, verdict, shown in rows():
        named = TEST.findall(shown)
        if verdict == "met":
            there = [f"def {test}(" in (ROOT / file).read_text() for file, test in named if (ROOT / file).is_file()]
            if not named or not all(there) or len(there) != len(named):
                missing.append(key)
        elif len(shown.split()) < 2:
            missing.append(key)
    assert not missing


def test_the_counts_are_right() -> None:
    said = re.search(
        r"Of (\d+) requirements (\d+) are met, (\d+) do not apply, (\d+) are not met yet", LIST.read_text()
    )
    assert said
    verdicts = [row[3] for row in rows()]
    assert [int(number) for number in said.groups()] == [
        len(verdicts), verdicts.count("met"), verdicts.count("n/a"), verdicts.count("not yet"),
    ]  # fmt: skip


def test_how_soon_packages_are_mended_is_said() -> None:
    words = (ROOT / "SECURITY.md").read_text()
    assert re.search(r"within \w+ days", words)
