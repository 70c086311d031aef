"""Passwords that somebody guesses are refused in a sentence; whatever else anybody thinks of is not."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import get_default_password_validators

from nabij.access import guessable
from nabij.access.passwords import check_password
from nabij.config import settings as ours
from nabij.kernel.refusals import BadInput

WIM = SimpleNamespace(
    name="Wim De Wérker", email="w.boerenkamp@lindegem.example", municipality=SimpleNamespace(name="Lindegem")
)
MANUAL = Path(__file__).resolve().parents[3] / "docs" / "handleiding" / "12-aanmelden.md"


@pytest.mark.parametrize(
    "password",
    ["Lindegem2026!!", "wim werker 2026", "WérkerWérker1", "boerenkamp1234", "Wachtwoord-Lindegem", "Nabij OCMW 2026",
     "zomer-2026-zomer", "welkomwelkom1", "Sociaal Huis Lindegem", "Maandag 1 januari"],
)  # fmt: skip
def test_words_of_the_house_alone_are_refused(password: str) -> None:
    with pytest.raises(BadInput, match="woorden die iedereen hier kent"):
        check_password(password, user=WIM)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "password",
    ["de hond blaft om zes", "in Lindegem regent het nooit", "Wim eet graag mosselen", "930471058266", "9$meiQ#2z!8@x",
     "пароль для работы", "ᜀᜁᜂᜃᜄᜅᜆᜇᜈᜉᜊᜋ", "🦔🐿️🦔 en 🦉🦉🦉🦉", "x" * 30 + "y" * 98, "  twee spaties  ", "\\' or 1=1; --{{x}}%s"],
)  # fmt: skip
def test_anything_else_is_a_password(password: str) -> None:
    check_password(password, user=WIM)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "password", ["q1w2e3r4t5y6", "Qwerty123456", "1QAZ2wsx3edc", "leavemealone", "passwordpassword"]
)
def test_what_leaked_elsewhere_is_refused(password: str) -> None:
    with pytest.raises(BadInput, match="lekte al ergens anders uit"):
        check_password(password)


def test_the_list_of_what_leaked_is_whole_and_reads_as_nothing() -> None:
    marks = guessable.LEAKED.read_bytes()
    rows = [marks[at : at + guessable.WIDTH] for at in range(0, len(marks), guessable.WIDTH)]
    assert rows == sorted(set(rows)) and len(rows[-1]) == guessable.WIDTH
    assert len(rows) > 40_000  # the standard asks three thousand that are long enough
    assert b"password" not in marks
    assert not guessable.is_leaked("een lang wachtwoord dat niemand heeft")


def test_who_chooses_a_password_is_asked_all_of_it() -> None:
    kinds = {type(one).__name__ for one in get_default_password_validators()}
    assert kinds == {"MinimumLengthValidator", "CommonPasswordValidator", "LeakedPassword", "HouseWords"}


def test_the_words_of_the_house_stand_in_the_manual() -> None:
    line = next(line for line in MANUAL.read_text().splitlines() if line.startswith("> "))
    assert set(re.findall(r"\w+", line)) == set(guessable.HOUSE)


def test_a_password_is_kept_by_a_slow_hash() -> None:
    """As OWASP advises for scrypt: N = 2^17 with r = 8 and p = 1, or as much work and memory in another way."""
    assert ours.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"
    hasher = hashers.ScryptPasswordHasher()
    assert hasher.algorithm == "scrypt" and hasher.block_size == 8
    assert (hasher.work_factor, hasher.parallelism) in {(2**17, 1), (2**16, 2), (2**15, 3), (2**14, 5)}
    assert hashers.PBKDF2PasswordHasher().iterations >= 600_000
