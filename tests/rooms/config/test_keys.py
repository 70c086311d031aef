"""Keys are made once, for their owner's eyes, and never silently anew."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from nabij.config import keys
from nabij.kernel.refusals import Refusal


def test_only_the_owner_reads_them_also_under_a_generous_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keys.kept(tmp_path / "var" / "keys.json")
    finally:
        os.umask(before)
    assert (tmp_path / "var" / "keys.json").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["keys.json"]


def test_a_file_that_was_opened_to_others_is_closed_again(tmp_path: Path) -> None:
    keys.kept(tmp_path / "keys.json")
    (tmp_path / "keys.json").chmod(0o644)
    keys.kept(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_they_stay_the_same_and_fit_their_use(tmp_path: Path) -> None:
    made = keys.kept(tmp_path / "keys.json")
    assert keys.kept(tmp_path / "keys.json") == made
    Fernet(made["NABIJ_NOTES_KEY"])
    assert len(bytes.fromhex(made["NABIJ_TRAIL_KEY"])) == 32
    assert len(set(made.values())) == 3


def test_eight_that_start_together_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(keys.kept, [tmp_path / "keys.json"] * 8))
    assert all(each == made[0] for each in made)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"NABIJ_SECRET_KEY": "x"}'])
def test_a_damaged_file_is_said_and_never_replaced(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(content)
    with pytest.raises(Refusal, match="beschadigd"):
        keys.kept(file)
    assert file.read_text() == content


def test_what_the_environment_says_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in keys.NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NABIJ_TRAIL_KEY", "ours")
    keys.export(tmp_path / "keys.json")
    assert os.environ["NABIJ_TRAIL_KEY"] == "ours"
    assert os.environ["NABIJ_NOTES_KEY"] == keys.kept(tmp_path / "keys.json")["NABIJ_NOTES_KEY"]
    for name in keys.NAMES:  # export writes past monkeypatch
        monkeypatch.setenv(name, os.environ[name])


def test_an_installation_with_all_its_own_keys_gets_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in keys.NAMES:
        monkeypatch.setenv(name, "ours")
    keys.export(tmp_path / "keys.json")
    assert not (tmp_path / "keys.json").exists()
