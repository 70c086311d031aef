"""Who was told what, with the words as shown: told once is told, the desk may, who never opens a file may not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import Town, town
from tests.rooms.informing.asking import family, tell

from nabij.access import actions as access
from nabij.access.roles import Ground
from nabij.audit.models import TrailEvent
from nabij.households.actions import NewAddress
from nabij.households.queries import open_household
from nabij.informing import actions, queries
from nabij.informing.models import Text, Told
from nabij.informing.purposes import LANGUAGES, Purpose
from nabij.informing.texts import STANDARD_VERSION, blocks, standard, title_of
from nabij.journeys import separation
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OWN = "# Over ons\nWij zijn er voor u in {gemeente}.\n- Kom binnen."


def write(here: Town, words: str = OWN, *, by=None, purpose: str = "help", seen: int = 0, days: int = 0, language="nl"):
    by = by or here.administrator
    with acting(by):
        return actions.write_text(
            by=by, purpose=purpose, language=language, words=words, valid_from=here.today + days * DAY, today=here.today,
            now=timezone.now(), seen=seen,
        )  # fmt: skip


def test_told_once_is_told() -> None:
    here = town()
    key, who = family(here)
    assert tell(here, key, who["Ayşe"], on=here.today - 100 * DAY) == 1
    with acting(here.worker):
        members = _members(here, key)
        known = {k.member.person.id: k.told for k in queries.told(queries.adults(members), by=here.worker)}
    assert set(known) == {who["Ayşe"], who["Bram"]}
    assert known[who["Bram"]] is None
    row = known[who["Ayşe"]]
    assert (row.told_on, row.how, row.language, row.version) == (
        here.today - 100 * DAY,
        "paper",
        "nl",
        STANDARD_VERSION,
    )
    assert "Het OCMW controleert ook" in row.words and here.municipality.name in row.words


def test_who_moves_to_another_household_was_told_already() -> None:
    here = town()
    key, who = family(here)
    tell(here, key, who["Ayşe"], who["Bram"])
    by, now = here.worker, timezone.now()
    with acting(by):
        new = separation.separate(
            by=by, household=key, leaving=[who["Bram"]], both_homes=[], address=NewAddress("Kerkstraat", "90"),
            on=here.today, now=now, today=here.today,
        ).id  # fmt: skip
        members = _members(here, new)
        assert [known.told is not None for known in queries.told(members, by=by)] == [True]
        home = open_household(new, by=by, on=here.today, purpose="gezin", also=queries.TOLD_FIRST)
        assert [known.told is not None for known in queries.told_first(members, home.also)] == [True]


def _members(here: Town, key):
    from nabij.households.queries import members_of

    return members_of([key], by=here.worker, on=here.today)[key]


def test_noted_twice_on_a_day_is_one_row_and_a_sentence() -> None:
    here = town()
    key, who = family(here)
    tell(here, key, who["Ayşe"])
    with pytest.raises(NotNow, match="al genoteerd"):
        tell(here, key, who["Ayşe"])
    assert tell(here, key, who["Ayşe"], who["Bram"], who["Bram"]) == 1
    with acting(here.worker):
        assert Told.objects.count() == 2
        assert TrailEvent.objects.filter(household_id=key, kind="informing.told").count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"how": "gefluisterd"}, "hoe je uitleg gaf"),
        ({"language": "xx"}, "bestaat niet"),
        ({"purpose": "x"}, "waarover"),
    ],
)
def test_bad_input_gets_a_sentence(wrong: dict, sentence: str) -> None:
    here = town()
    key, who = family(here)
    with pytest.raises(BadInput, match=sentence):
        tell(here, key, who["Ayşe"], **wrong)
    with pytest.raises(BadInput, match="wie de uitleg kreeg"):
        tell(here, key)
    with pytest.raises(BadInput, match="moet nog komen"):
        tell(here, key, who["Ayşe"], on=here.today + DAY)
    with pytest.raises(NotNow, match="Deze versie"):
        tell(here, key, who["Ayşe"], version="gemeente-7")


def test_the_desk_tells_whom_it_receives_today_and_nobody_else() -> None:
    here = town()
    key, who = family(here)  # the desk wrote this household down: it stands there
    assert tell(here, key, who["Ayşe"], by=here.desk) == 1
    other, others = family(here, by=here.worker)
    with pytest.raises(NotOpen):
        tell(here, other, others["Ayşe"], by=here.desk)


def test_who_never_opens_a_file_records_nothing_whatever_the_ground() -> None:
    here = town()
    key, who = family(here)
    for role in ("director", "administrator", "privacy_officer"):
        by = getattr(here, role)
        with acting(here.worker):
            access.give_basis(
                by=here.worker, household=key, ground=Ground.TRANSFER, worker=by.id, on=here.today, now=timezone.now()
            )
        with pytest.raises(Denied, match="noteert dat iemand uitleg kreeg"):
            tell(here, key, who["Ayşe"], by=by)


# Texts


def test_a_town_tells_its_own_words_and_who_was_told_before_keeps_what_was_shown() -> None:
    here = town("Testegem")
    key, who = family(here)
    tell(here, key, who["Ayşe"])
    write(here)
    with acting(here.worker):
        shown = queries.text("help", "nl", by=here.worker, on=here.today)
        assert (shown.version, shown.words.splitlines()[1]) == ("gemeente-1", "Wij zijn er voor u in Testegem.")
        assert queries.text("help", "fr", by=here.worker, on=here.today).version == STANDARD_VERSION
    tell(here, key, who["Bram"], version="gemeente-1")
    with acting(here.worker):
        words = dict(Told.objects.values_list("person_id", "words"))
    assert "beroepsgeheim" in words[who["Ayşe"]]
    assert "Kom binnen." in words[who["Bram"]] and "beroepsgeheim" not in words[who["Bram"]]


def test_a_version_begins_on_its_day_and_never_in_the_past() -> None:
    here = town()
    write(here, days=10)
    with acting(here.worker):
        assert queries.text("help", "nl", by=here.worker, on=here.today).version == STANDARD_VERSION
        assert queries.text("help", "nl", by=here.worker, on=here.today + 10 * DAY).version == "gemeente-1"
    for days, sentence in ((-1, "vandaag of later"), (500, "Kijk het jaar na")):
        with pytest.raises(BadInput, match=sentence):
            write(here, days=days, seen=1)


def test_of_two_writers_the_second_sees_the_first() -> None:
    here = town()
    write(here)
    with pytest.raises(NotNow, match="Een collega bewaarde net"):
        write(here, "# Anders\nx")
    write(here, "# Anders\nx", seen=1)
    with acting(here.worker):
        assert list(Text.objects.order_by("number").values_list("words", flat=True)) == [OWN, "# Anders\nx"]


def test_only_who_manages_writes_and_a_text_has_a_title_and_words() -> None:
    here = town()
    for role in ("worker", "coordinator", "director", "desk", "privacy_officer"):
        with pytest.raises(Denied):
            write(here, by=getattr(here, role))
    for words, sentence in (("Zomaar", "titel"), ("# Titel", "staat nog niets"), ("# T\n" + "x" * 20_001, "korter")):
        with pytest.raises(BadInput, match=sentence):
            write(here, words)


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_standard_text_is_whole(purpose: str, language: str) -> None:
    words = standard(purpose, language)
    kinds = [block.kind for block in blocks(words)]
    assert kinds[0] == "title" and "heading" in kinds and "list" in kinds
    assert kinds == [block.kind for block in blocks(standard(purpose, "nl"))]
    assert [len(b.lines) for b in blocks(words)] == [len(b.lines) for b in blocks(standard(purpose, "nl"))]
    assert "{gemeente}" in words and title_of(words)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", ("Het OCMW controleert ook", "sociaal onderzoek", "niet in het dossier van wie u helpt", "beroepsgeheim",
             "Vlaamse Toezichtcommissie", "Gegevensbeschermingsautoriteit", "arbeidsrechtbank", "U mag die lijst vragen")),
     ("fr", ("Le CPAS contrôle aussi", "enquête sociale", "Autorité de protection des données", "tribunal du travail")),
     ("en", ("The OCMW also checks", "social inquiry", "Data Protection Authority", "labour court"))],
)  # fmt: skip
def test_the_first_text_says_plainly_that_the_ocmw_controls_too(language: str, said: tuple[str, ...]) -> None:
    words = standard("help", language)
    for there in said:
        assert there in words, there
