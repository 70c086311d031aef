"""Floors, files, verbs, events: the conventions that a reader relies on."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nabij.audit.events import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nabij"
# The list may only shrink.
LONG_FILES: dict[str, int] = {}
VERBS_WITHOUT_EVENT = {
    "basis": "makes an unsaved row for give_bases",
    "receive_today": "give_basis leaves it",
    "receive_many_today": "give_bases leaves it",
    "use_app": "the sign-in that it is part of leaves it",
    "use_passkey": "the sign-in that it is part of leaves it",
    "rename": "derives a name inside a verb that leaves its own event",
}


def python_files() -> list[Path]:
    return [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]


def test_nobody_imports_upstairs() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_files_stay_short() -> None:
    budget = {".py": 400, ".html": 150}
    files = [file for suffix in budget for file in SOURCE.rglob(f"*{suffix}") if "migrations" not in file.parts]
    long = {str(f.relative_to(SOURCE)): len(f.read_text().splitlines()) for f in files if "vendor" not in f.parts}
    over = {
        name: lines for name, lines in long.items() if lines > max(budget[Path(name).suffix], LONG_FILES.get(name, 0))
    }
    assert not over


def test_tests_stay_short() -> None:
    assert not {f.name for f in (ROOT / "tests").rglob("*.py") if len(f.read_text().splitlines()) > 1000}


def test_every_module_says_what_it_is_for() -> None:
    assert not [str(f.relative_to(SOURCE)) for f in python_files() if not is_empty(f) and not documented(f)]


def test_pages_and_forms_never_write() -> None:
    writes = re.compile(r"\.(save|create|bulk_create|update|delete|update_or_create|get_or_create)\(")
    pages = [
        f for f in python_files() if "views" in f.parts or f.name in ("views.py", "forms.py") or "forms" in f.parts
    ]
    # `.update(` of a plain dict has no objects in front of it.
    wrong = [(f.name, m.group()) for f in pages for m in writes.finditer(f.read_text()) if "objects" in line_of(f, m)]
    assert pages
    assert not wrong


def line_of(file: Path, found: re.Match[str]) -> str:
    text = file.read_text()
    start = text.rfind("\n", 0, found.start())
    return text[start : text.find("\n", found.end())]


def test_verbs_and_questions_are_told_what_day_it_is() -> None:
    clock = re.compile(r"timezone\.now\(|localdate\(|\.today\(\)|datetime\.now\(|\btime\.time\(")
    told = {"actions", "queries", "policies", "permissions", "models", "journeys", "rows"}
    files = [f for f in python_files() if told & {*f.relative_to(SOURCE).parts, f.stem}]
    assert len(files) > 40
    assert not [str(f.relative_to(SOURCE)) for f in files if clock.search(f.read_text())]


HELPERS: dict[str, dict[str, str]] = {}


def functions_beside(file: Path, exported: list[str] | None) -> dict[str, str]:
    """What verbs of this file share: its private functions, and in a package what it does not export."""
    found = {}
    for each in file.parent.glob("*.py") if exported else [file]:
        for node in ast.parse(each.read_text()).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            if each == file if node.name.startswith("_") else exported and node.name not in exported:
                found[node.name] = ast.unparse(node)
    return found


def verbs() -> list[tuple[str, ast.FunctionDef]]:
    """The public verbs: of `actions.py` every public function, of a package what its `__init__` exports."""
    found = []
    for file in python_files():
        package = file.parent / "__init__.py" if file.parent.name == "actions" else None
        if file.name != "actions.py" and not package:
            continue
        exported = re.findall(r'^    "(\w+)",$', package.read_text(), re.M) if package else None
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if exported is None or node.name in exported:
                    found.append((f"{file.relative_to(SOURCE)}:{node.name}", node))
                    HELPERS[f"{file.relative_to(SOURCE)}:{node.name}"] = functions_beside(file, exported)
    return found


@pytest.mark.parametrize(("name", "verb"), verbs(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_verb_is_keyword_only_with_by_and_leaves_an_event(name: str, verb: ast.FunctionDef) -> None:
    short = name.split(":")[1]
    if short == "rename":
        return
    assert not verb.args.args, f"{name} takes positional arguments"
    assert "by" in {argument.arg for argument in verb.args.kwonlyargs}
    assert ast.get_docstring(verb)
    if short not in VERBS_WITHOUT_EVENT:
        text = ast.unparse(verb)
        text = with_what_it_calls(text, dict(HELPERS[name]))
        assert re.search(r"\b(record|record_many|look)\b", text), f"{name} leaves no event"


def with_what_it_calls(text: str, helpers: dict[str, str]) -> str:
    called = [name for name in helpers if f"{name}(" in text]
    more = "".join(helpers.pop(name) for name in called)
    return text + with_what_it_calls(more, helpers) if more else text


def test_every_event_has_a_sentence_that_names_who() -> None:
    for file in SOURCE.glob("*/events.py"):
        importlib.import_module(f"nabij.{file.parent.name}.events")
    assert len(REGISTRY) > 30
    assert not [slug for slug, event in REGISTRY.items() if "{by}" not in str(event.sentence)]
    assert not [slug for slug, event in REGISTRY.items() if not str(event.sentence).endswith(".")]


def test_migrations_are_named_by_hand() -> None:
    names = [file.stem for file in SOURCE.rglob("migrations/0*.py")]
    assert names
    assert not [name for name in names if "_auto_" in name or "merge" in name]


def is_empty(file: Path) -> bool:
    return not file.read_text().strip()


def documented(file: Path) -> bool:
    return bool(ast.get_docstring(ast.parse(file.read_text())))
