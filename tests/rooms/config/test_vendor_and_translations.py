"""What is copied from npm's packages, and compiled translations."""

import json
import os
from pathlib import Path

import polib
import pytest

from nabij.config import translations, vendor
from nabij.kernel.domains import LifeDomain

LISTING = json.loads((vendor.UI / "vendor.json").read_text())


def package(folder: Path, name: str, content: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def test_lists_and_mappings_name_where_files_go() -> None:
    listing = {
        "style": {"from": "a/{}", "to": "b/{}", "names": ["x.css"]},
        "signs": {"from": "c/{}.svg", "to": "d/{}.svg", "names": {"ours": "theirs/one"}},
    }
    assert vendor.wanted(listing) == {"b/x.css": "a/x.css", "d/ours.svg": "c/theirs/one.svg"}


def test_what_is_no_longer_named_goes_away_and_maps_are_not_asked_for(tmp_path: Path) -> None:
    package(tmp_path, "p/x.js", b"let x;\n//# sourceMappingURL=x.js.map\n")
    package(tmp_path, "p/x.css", b"a{}\n/*# sourceMappingURL=x.css.map */")
    package(tmp_path / "to", "old.js", b"")
    assert vendor.copy({"x.js": "p/x.js", "x.css": "p/x.css"}, tmp_path, tmp_path / "to") == []
    assert {file.name: file.read_bytes() for file in (tmp_path / "to").iterdir()} == {
        "x.js": b"let x;\n",
        "x.css": b"a{}\n",
    }


def test_a_missing_file_is_named_and_what_was_there_stays(tmp_path: Path) -> None:
    package(tmp_path / "to", "old.js", b"")
    assert vendor.copy({"x.js": "p/x.js"}, tmp_path, tmp_path / "to") == ["p/x.js"]
    assert (tmp_path / "to" / "old.js").exists()


def test_every_life_domain_has_its_pictogram() -> None:
    files = vendor.wanted(LISTING)
    assert [domain for domain in LifeDomain if f"pictograms/{domain.pictogram}.svg" not in files] == []


def test_no_two_life_domains_share_a_pictogram() -> None:
    sources = list(LISTING["pictograms"]["names"].values())
    assert len(sources) == len(set(sources))


def test_lock_files_hold_no_addresses() -> None:
    top = vendor.PACKAGES.parent
    assert '"resolved"' not in (top / "package-lock.json").read_text()
    for file in (top / "requirements").glob("*.txt"):
        lines = file.read_text().splitlines()
        assert [line for line in lines if "://" in line or line.startswith(("-i", "-f", "--index", "--find"))] == []


@pytest.mark.parametrize("again", [False, True])
def test_translations_are_compiled_once_and_again_when_newer(tmp_path: Path, again: bool) -> None:
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    po.append(polib.POEntry(msgid="Gezin", msgstr="Household"))
    file = tmp_path / "django.po"
    po.save(str(file))
    assert translations.compile_all([file]) == [tmp_path / "django.mo"]
    assert polib.mofile(str(tmp_path / "django.mo")).find("Gezin").msgstr == "Household"
    if again:
        later = file.stat().st_mtime + 60
        os.utime(file, (later, later))
    assert translations.compile_all([file]) == ([tmp_path / "django.mo"] if again else [])
