"""On paper: tagged, in three languages, with what was answered or lines to fill in by hand; no name where none is asked."""

import re
from io import BytesIO
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.factories import town
from tests.rooms.informing.asking import ask, family, withdraw
from tests.rooms.informing.test_pages import signed_in

from nabij.informing import paper
from nabij.informing.purposes import LANGUAGES, Purpose

pytestmark = pytest.mark.django_db
WORDS = Path(paper.__file__).parent / "words.py"


def reading(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(made))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    return reader, " ".join(text.replace("\u200b", "").replace("\xa0", " ").split())


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_one_click_makes_the_first_text_a_tagged_sheet(client: Client, language: str) -> None:
    here = town("Testegem")
    family(here)
    signed_in(client, here, "desk")
    answer = client.get(reverse("informing:paper", args=["help", language]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    reader, said = reading(answer.content)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == f"{language}-BE"
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert len(reader.pages) <= 3
    for there in ("Testegem", "Petra Privacy", "VTC", "OCMW"):
        assert there in said, there
    assert "Yıldız" not in said and "{" not in said


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_consent_has_lines_to_fill_in_by_hand_and_nothing_else_has(client: Client, purpose: str) -> None:
    signed_in(client, town())
    _reader, said = reading(client.get(reverse("informing:paper", args=[purpose, "nl"]), {"groot": "1"}).content)
    assert ("Datum en handtekening" in said) == (purpose in ("consultation", "referral", "enquiry"))


def test_an_answer_goes_home_as_it_was_shown(client: Client) -> None:
    here = town("Testegem")
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"], with_health=True)
    signed_in(client, here)
    address = reverse("informing:answer-paper", args=[key, consent.id])
    _reader, said = reading(client.get(address).content)
    for there in ("Mogen wij u aanmelden", "Ayşe Yıldız", "CAW Zuid", "Wat u antwoordde", "Ook over gezondheid?"):
        assert there in said, there
    withdraw(here, key, consent)
    _reader, said = reading(client.get(address).content)
    assert "Teruggenomen op" in said and "Ik bel het CAW vandaag." in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_label_is_translated(language: str) -> None:
    file = WORDS.parents[1] / "locale" / language / "LC_MESSAGES" / "django.po"
    entries = {entry.msgid: entry.msgstr for entry in polib.pofile(str(file))}
    asked = set(re.findall(r"""_\(["'](.+?)["']\)""", WORDS.read_text()))
    assert len(asked) > 15
    assert [sentence for sentence in sorted(asked) if not entries.get(sentence)] == []
