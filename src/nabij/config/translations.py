"""Compiles translations: every `.po` of the project beside its `.mo`, without the programs of gettext."""

from collections.abc import Iterable
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1]


def compile_all(files: Iterable[Path]) -> list[Path]:
    """Compile these files where they are newer, and return what was written."""
    return [_compile(file) for file in files if not _is_fresh(file)]


def _is_fresh(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime


def _compile(file: Path) -> Path:
    target = file.with_suffix(".mo")
    polib.pofile(str(file)).save_as_mofile(str(target))
    return target


if __name__ == "__main__":
    compile_all(sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po")))
