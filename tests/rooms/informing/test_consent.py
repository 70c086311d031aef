"""Consent: only where it is needed, with a recipient and an end; a no is kept; what was taken back no longer counts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.factories import Town, town
from tests.rooms.at_once import at_once
from tests.rooms.informing.asking import ask, family, tell, withdraw

from nabij.audit.models import TrailEvent
from nabij.households.queries import members_of
from nabij.informing import queries
from nabij.informing.models import Consent, Withdrawal
from nabij.informing.purposes import ASKED, BASES, LegalGround, Purpose
from nabij.informing.texts import standard
from nabij.journeys import separation
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def allowed(
    here: Town, key, person, purpose="referral", recipient="CAW Zuid", *, on: date | None = None, **more
) -> bool:
    by = more.pop("by", here.worker)
    with acting(by):
        return queries.allowed(key, person, purpose, recipient, by=by, on=on or here.today, **more)


# What counts


def test_a_yes_counts_for_this_person_purpose_recipient_and_time_only() -> None:
    here = town()
    key, who = family(here)
    assert not allowed(here, key, who["Ayşe"])
    ask(here, key, who["Ayşe"])
    assert allowed(here, key, who["Ayşe"])
    assert allowed(here, key, who["Ayşe"], recipient=" caw  zuid ")
    assert not allowed(here, key, who["Bram"])
    assert not allowed(here, key, who["Ayşe"], "consultation")
    assert not allowed(here, key, who["Ayşe"], recipient="CAW Noord")
    assert not allowed(here, key, who["Ayşe"], on=here.today - DAY)
    assert allowed(here, key, who["Ayşe"], on=here.today + 89 * DAY)
    assert not allowed(here, key, who["Ayşe"], on=here.today + 90 * DAY)


def test_health_goes_along_only_where_that_was_said() -> None:
    here = town()
    key, who = family(here)
    ask(here, key, who["Ayşe"])
    ask(here, key, who["Bram"], with_health=True)
    assert not allowed(here, key, who["Ayşe"], health=True)
    assert allowed(here, key, who["Bram"], health=True) and allowed(here, key, who["Bram"])


def test_of_another_household_nothing_counts() -> None:
    here = town()
    key, who = family(here)
    other, _others = family(here, street="Grensstraat", number="1")
    ask(here, key, who["Ayşe"])
    assert not allowed(here, other, who["Ayşe"])


def test_what_is_taken_back_no_longer_counts_and_stays_on_record() -> None:
    here = town()
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"], on=here.today - 10 * DAY)
    withdraw(here, key, consent)
    assert not allowed(here, key, who["Ayşe"])
    with acting(here.worker):
        row = Consent.objects.get()
        assert (row.ends_on, row.stopped_on) == (consent.ends_on, here.today)
        assert Withdrawal.objects.get().what_next == "Ik bel het CAW vandaag."
        kinds = list(
            TrailEvent.objects.filter(household_id=key, kind__startswith="informing").values_list("kind", flat=True)
        )
    assert sorted(kinds) == ["informing.consent_given", "informing.consent_withdrawn"]
    ask(here, key, who["Ayşe"])
    assert allowed(here, key, who["Ayşe"])


def test_who_left_is_not_shared_about_by_the_household_that_was_left() -> None:
    here = town()
    key, who = family(here)
    ask(here, key, who["Ayşe"])
    ask(here, key, who["Bram"])
    with acting(here.worker):
        separation.separate(
            by=here.worker, household=key, leaving=[who["Bram"]], both_homes=[], address=None, on=here.today,
            now=timezone.now(), today=here.today,
        )  # fmt: skip
        members = members_of([key], by=here.worker, on=here.today)[key]
        states = {row.person_id: queries.state_of(row, members, on=here.today) for row in Consent.objects.all()}
    assert states == {who["Ayşe"]: "counts", who["Bram"]: "left"}
    assert allowed(here, key, who["Ayşe"])
    assert not allowed(here, key, who["Bram"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_workers_at_once_record_one_consent() -> None:
    here = town()
    key, who = family(here)
    came = at_once(
        lambda: ask(here, key, who["Ayşe"]),
        lambda: ask(here, key, who["Ayşe"], by=here.colleague, recipient="caw zuid"),
    )
    refused = [one for one in came if isinstance(one, Exception)]
    assert [str(one)[:40] for one in refused] == ["Hiervoor geldt al een toestemming. Trek "]
    with acting(here.worker):
        assert Consent.objects.count() == 1


def test_a_no_is_kept_and_counts_for_nothing() -> None:
    here = town()
    key, who = family(here)
    made = ask(here, key, who["Ayşe"], outcome="refused", with_health=True)
    assert (made.ends_on, made.with_health) == (None, False)
    assert not allowed(here, key, who["Ayşe"])
    with acting(here.worker):
        assert queries.state_of(Consent.objects.get(), [], on=here.today) == "refused"
    ask(here, key, who["Ayşe"])
    with pytest.raises(NotNow, match="Hiervoor geldt al een toestemming"):
        ask(here, key, who["Ayşe"], outcome="refused")


def test_two_at_once_for_the_same_are_refused_and_after_the_end_there_is_room() -> None:
    here = town()
    key, who = family(here)
    ask(here, key, who["Ayşe"], on=here.today - 90 * DAY, days=90)
    ask(here, key, who["Ayşe"])
    with pytest.raises(NotNow, match="Hiervoor geldt al een toestemming"):
        ask(here, key, who["Ayşe"], recipient="caw zuid")
    ask(here, key, who["Ayşe"], purpose="enquiry")
    ask(here, key, who["Bram"])


# What cannot be recorded


@pytest.mark.parametrize("purpose", [purpose.value for purpose in Purpose if purpose.value not in ASKED])
def test_nobody_is_pushed_to_a_yes_that_could_not_be_a_no(purpose: str) -> None:
    here = town()
    key, who = family(here)
    assert BASES[purpose].ground != LegalGround.CONSENT
    with pytest.raises(BadInput, match="geen toestemming nodig, wel informatie"):
        ask(here, key, who["Ayşe"], purpose=purpose)
    with pytest.raises(BadInput, match="geen toestemming nodig, wel informatie"):
        allowed(here, key, who["Ayşe"], purpose)
    assert tell(here, key, who["Ayşe"], purpose=purpose) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"recipient": " … "}, "Schrijf op met wie"), ({"recipient": "x" * 121}, "korter"), ({"days": None}, "eindigt op"),
     ({"days": 0}, "eindigt op"), ({"days": 800}, "binnen twee jaar"), ({"outcome": "misschien"}, "antwoordde"),
     ({"purpose": "controle"}, "geen toestemming nodig")],
)  # fmt: skip
def test_bad_input_gets_a_sentence(wrong: dict, sentence: str) -> None:
    here = town()
    key, who = family(here)
    with pytest.raises(BadInput, match=sentence):
        ask(here, key, who["Ayşe"], **wrong)


def test_a_day_to_come_or_of_another_age_is_refused() -> None:
    here = town()
    key, who = family(here)
    with pytest.raises(BadInput, match="moet nog komen"):
        ask(here, key, who["Ayşe"], on=here.today + DAY)
    with pytest.raises(BadInput, match="Kijk het jaar na"):
        ask(here, key, who["Ayşe"], on=date(202, 6, 1))


def test_who_may_answer_for_whom() -> None:
    here = town()
    key, who = family(here)
    ask(here, key, who["Elif"], said_by=who["Bram"])
    ask(here, key, who["Cem"])
    ask(here, key, who["Bram"], said_by_other="Mr. Claes, bewindvoerder")
    for person, said_by in (("Elif", "Elif"), ("Ayşe", "Bram"), ("Elif", "Cem")):
        with pytest.raises(BadInput):
            ask(here, key, who[person], recipient="VDAB", said_by=who[said_by])
    with pytest.raises(BadInput, match="wie antwoordde"):
        ask(here, key, who["Ayşe"], said_by=None)
    with pytest.raises(BadInput, match="wie antwoordde"):
        ask(here, key, who["Ayşe"], said_by=who["Ayşe"], said_by_other="Iemand")


def test_a_stranger_is_not_of_this_household() -> None:
    here = town()
    key, _who = family(here)
    _other, others = family(here, number="14")
    with pytest.raises(BadInput, match="in dit gezin woont"):
        ask(here, key, others["Ayşe"])


def test_what_cannot_be_taken_back() -> None:
    here = town()
    key, who = family(here)
    no = ask(here, key, who["Ayşe"], outcome="refused")
    over = ask(here, key, who["Bram"], on=here.today - 30 * DAY, days=30)
    yes = ask(here, key, who["Ayşe"])
    for consent, sentence in ((no, "geen toestemming gegeven"), (over, "al afgelopen")):
        with pytest.raises(NotNow, match=sentence):
            withdraw(here, key, consent)
    with pytest.raises(BadInput, match="wat er nu gebeurt"):
        withdraw(here, key, yes, what_next="  ")
    with pytest.raises(BadInput, match="voor ze gegeven"):
        withdraw(here, key, yes, on=here.today - DAY)
    with pytest.raises(BadInput, match="antwoordt zelf"):
        withdraw(here, key, yes, said_by=who["Bram"])
    withdraw(here, key, yes)
    with pytest.raises(NotNow, match="al ingetrokken"):
        withdraw(here, key, yes)


# Who may


def test_a_colleague_of_the_team_records_and_nobody_without_a_file() -> None:
    here = town()
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"], by=here.colleague)
    for role in ("desk", "bridge_figure", "director", "administrator", "privacy_officer"):
        by = getattr(here, role)
        with pytest.raises(Denied, match="Alleen wie gezinnen begeleidt"):
            ask(here, key, who["Bram"], by=by)
        with pytest.raises(Denied, match="Alleen wie gezinnen begeleidt"):
            withdraw(here, key, consent, by=by)
        assert not allowed(here, key, who["Ayşe"], by=by), role
    with pytest.raises(NotOpen):
        ask(here, key, who["Bram"], by=here.neighbour)
    with pytest.raises(NotOpen):
        withdraw(here, key, consent, by=here.neighbour)


def test_the_record_keeps_the_words_as_they_were_shown() -> None:
    here = town("Testegem")
    key, who = family(here)
    made = ask(here, key, who["Ayşe"])
    assert made.words == standard("referral", "nl").replace("{gemeente}", "Testegem")
    assert "{" not in made.words and "Testegem" in made.words
