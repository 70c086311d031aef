"""Invented people: the same from one seed, numbers that pass the official check, and nobody twice."""

import random
from collections import Counter
from datetime import date

import pytest
from stdnum.be import bis, nn

from nabij.demo import names, partners, workforce
from nabij.demo.territory import lindegem, oudlo, towns

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def crowd() -> list[names.Person]:
    return names.people(7, 3000, TODAY)


def test_the_same_seed_makes_the_same_people_and_another_seed_others(crowd):
    assert names.people(7, 200, TODAY) == crowd[:200]
    assert names.people(8, 200, TODAY) != crowd[:200]


def test_the_global_generator_is_not_touched():
    random.seed(1)
    before = random.getstate()
    names.people(7, 50, TODAY)
    assert random.getstate() == before


def test_every_number_passes_its_check_and_carries_the_birth_date(crowd):
    for person in filter(lambda p: p.insz, crowd):
        kind = bis if int(person.insz[2:4]) > 12 else nn
        assert kind.is_valid(person.insz), person
        assert kind.get_birth_date(person.insz) == person.birth_date


@pytest.mark.parametrize("born", [date(1999, 12, 31), date(2000, 1, 1), date(2000, 2, 29), date(1926, 5, 1)])
def test_numbers_around_the_turn_of_the_century(born):
    assert nn.get_birth_date(names.insz(born, 998)) == born
    assert bis.get_birth_date(names.insz(born, 998, bis=True)) == born


def test_nobody_shares_a_number_and_some_have_none(crowd):
    numbers = [p.insz for p in crowd if p.insz]
    assert len(numbers) == len(set(numbers))
    national = sum(int(n[2:4]) <= 12 for n in numbers) / len(crowd)
    assert 0.76 < national < 0.84
    assert 0.03 < (len(numbers) / len(crowd)) - national < 0.2
    assert len(numbers) < len(crowd)


def test_a_day_without_free_numbers_gives_none_instead_of_one_twice():
    registry = names.Registry(range(900, 903), "0499 00")
    given = [registry.number(date(1990, 1, 1)) for _ in range(5)]
    assert len(set(given[:3])) == 3 and given[3:] == ["", ""]
    assert registry.number(date(1990, 1, 1), bis=True) not in given


def test_names_are_as_mixed_as_a_flemish_town(crowd):
    dutch = names.origins()["dutch"]
    share = sum(p.family.split("-")[0] in dutch.family or p.family in dutch.family for p in crowd) / len(crowd)
    assert 0.42 < share < 0.58
    together = " ".join(p.name for p in crowd)
    for wanted in ("D'Hondt", "Van den Broeck", "Ş", "ł", "Ț", "'t Jampens", "García Pérez", "El Amrani", "-"):
        assert wanted in together
    assert Counter(p.family for p in crowd).most_common(1)[0][1] < len(crowd) * 0.03
    assert max(len(p.name) for p in crowd) > 40


def test_phones_and_mail_reach_nobody(crowd):
    assert {p.phone[:4] for p in crowd if p.phone} == {"0499"}
    assert all(p.email.endswith("@example.org") and p.email.isascii() for p in crowd if p.email)
    assert any(not p.phone and not p.email for p in crowd)


def test_a_name_in_letters_that_mail_does_not_know_still_gives_an_address():
    assert names.mailbox("’’", "") == "bewoner"
    assert names.mailbox("Ştefan", "D'Hondt") == "stefan.dhondt"


def test_forty_partners_each_once():
    found = partners.partners()
    assert len(found) == 40 == len({p.name for p in found})
    assert {p.kind for p in found} == set(partners.KINDS)


@pytest.mark.parametrize("size", workforce.SIZES)
@pytest.mark.parametrize("town", towns(), ids=lambda t: t.key)
def test_workers_fit_their_town(town, size):
    workers = workforce.workers(town, size)
    by_key = {w.key: w for w in workers}
    assert len(by_key) == len(workers) == len({w.email for w in workers})
    teams = {team.key: team for team in town.teams}
    for worker in workers:
        assert worker.email.endswith(f"@{town.key}.example") and worker.email.isascii()
        assert teams[worker.team].centre == worker.centre
        assert set(worker.functions) <= set(workforce.FUNCTIONS)
        assert "nl" in worker.languages and worker.week
        if worker.duo:
            assert by_key[worker.duo].duo == worker.key and by_key[worker.duo].team == worker.team
    with_social_worker = {w.team for w in workers if "social_worker" in w.functions}
    assert {team.key for team in town.teams if team.wijken} <= with_social_worker


def test_every_function_of_the_sign_in_page_is_there_in_both_towns():
    asked = {"front_desk", "social_worker", "coordinator", "bridge_figure", "knowledge_cell", "director"}
    asked |= {"administrator", "privacy_officer"}
    for town in towns():
        shown = [w for w in workforce.workers(town) if w.shown]
        assert asked <= {function for w in shown for function in w.functions}
        assert any(w.duo for w in shown)


def test_the_city_has_one_hundred_and_eleven_workers_and_keeps_the_cast():
    city = workforce.workers(lindegem(), "city")
    assert len(city) == 110
    assert [w for w in city if w.shown] == [w for w in workforce.workers(lindegem()) if w.shown]
    assert city == workforce.workers(lindegem(), "city")
    assert workforce.workers(oudlo(), "city") == workforce.workers(oudlo(), "small")


def test_functions_are_those_that_the_house_knows():
    from nabij.access import roles

    assert set(workforce.FUNCTIONS) == set(roles.FUNCTIONS)


def test_somebody_can_hear_what_is_sealed():
    assert [w.key for w in workforce.workers(lindegem()) if w.youth] == ["seppe"]
    assert sum(w.youth for w in workforce.workers(lindegem(), "city")) == 2


def test_a_size_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="dorp"):
        workforce.workers(lindegem(), "dorp")
