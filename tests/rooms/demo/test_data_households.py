"""Generated households: the same from one seed, believable as a city, and true to their own dates and people."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import islice

import pytest

from nabij.demo import generate, partners, stories
from nabij.demo.sentences import DOMAIN_WORDS, fitting
from nabij.demo.shapes import AGREEMENTS, AUTHORS, HOW, PLACES, ROLES, SECRECY
from nabij.demo.stock import stock
from nabij.demo.territory import lindegem, oudlo
from nabij.kernel.domains import LifeDomain

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def city():
    return list(generate.households(1, 6000, TODAY, lindegem()))


def test_the_same_seed_makes_the_same_city(city):
    again = list(generate.households(1, 300, TODAY, lindegem()))
    assert again == city[:300]
    assert [list(h.contacts) for h in again[:40]] == [list(h.contacts) for h in city[:40]]
    assert list(generate.households(2, 300, TODAY, lindegem())) != again


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_another_process_makes_the_same_city(city, hash_seed):
    """Nothing hangs on the order of a set, which differs between processes."""
    code = (
        "from datetime import date; from hashlib import sha256; from nabij.demo import generate, stories, territory;"
        f"today = date({TODAY.year}, {TODAY.month}, {TODAY.day});"
        "made = list(generate.households(1, 60, today, territory.lindegem())) + stories.load(today);"
        "print(sha256(repr([(h, list(h.contacts)) for h in made]).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    printed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    made = [*city[:60], *stories.load(TODAY)]
    assert printed.stdout.strip() == sha256(repr([(h, list(h.contacts)) for h in made]).encode()).hexdigest()


def test_only_teenagers_want_to_leave_school(city):
    for household in city:
        young = [m.person.given for m in household.members if m.role == "child" and m.person.age_on(TODAY) < 12]
        older = [m.person.given for m in household.members if m.role == "child" and m.person.age_on(TODAY) >= 12]
        said = [r.words for r in household.requests if "stoppen met school" in r.words or "kamer niet meer" in r.words]
        assert all(any(name in words for name in older) for words in said), (young, said)


def test_old_people_are_not_sent_to_work(city):
    for household in city:
        if household.members[0].person.age_on(TODAY) >= 66:
            assert not {"work", "education"} & {goal.domain for goal in household.goals}
        else:
            assert not any("pensioen" in request.words for request in household.requests)


def test_contacts_can_be_gone_through_twice(city):
    first = city[0].contacts
    assert list(first) == list(first) and len(list(first)) == len(first)
    assert next(iter(first)) in first


def test_a_city_has_its_size(city):
    assert len(city) == 6000 == len({h.key for h in city})
    assert 190_000 < sum(len(h.contacts) for h in city) < 215_000
    assert 12_000 < sum(len(h.members) for h in city) < 18_000


def test_nobody_shares_a_number_between_towns_and_stories(city):
    everybody = [*city, *generate.households(1, 500, TODAY, oudlo()), *stories.load(TODAY)]
    numbers = Counter(m.person.insz for h in everybody for m in h.members if m.person.insz)
    assert max(numbers.values()) == 1


def test_the_spread_is_believable(city):
    share = Counter(h.language for h in city)
    assert 0.40 < share["nl"] / len(city) < 0.60 and len(share) > 12
    sizes = Counter(len(h.members) for h in city)
    assert 0.3 < sizes[1] / len(city) < 0.45 and sizes[5] and sizes[6]
    alone = sum(h.members[0].role == "head" and {m.role for m in h.members[1:]} == {"child"} for h in city)
    assert 0.15 < alone / len(city) < 0.30
    wijken = Counter(h.address.wijk for h in city)
    assert min(wijken[w.code] for w in lindegem().wijken) > 60
    assert 3 < wijken[""] < 60
    assert 0.04 < sum(not h.lead for h in city) / len(city) < 0.10
    assert {g.domain for h in city for g in h.goals} == set(LifeDomain.values)


def test_every_address_resolves_but_the_deliberate_ones(city):
    for household in city:
        assert lindegem().wijk_of(household.address.street, household.address.number) == household.address.wijk


def test_people_fit_together(city):
    for household in city:
        keys = [m.key for m in household.members]
        assert len(keys) == len(set(keys)) and household.members[0].role == "head"
        head = household.members[0].person
        assert head.age_on(household.arrival.on) >= 18
        assert all(m.role in ROLES and m.person.birth_date <= m.since <= TODAY for m in household.members)
        for member in household.members:
            if member.role == "child":
                assert head.age_on(TODAY) - member.person.age_on(TODAY) >= 17
        givens = [m.person.given for m in household.members if m.role == "child"]
        assert len(givens) == len(set(givens))


def test_references_point_at_what_is_there(city):
    names = set(partners.names())
    for household in islice(city, 2000):
        keys = {m.key for m in household.members}
        for goal in household.goals:
            assert set(goal.for_whom) <= keys and goal.steps
            for step in goal.steps:
                assert step.who in {"worker": {""}, "member": keys, "partner": names}[step.actor]
        assert {s.member for s in household.scores} <= keys
        assert household.channel in HOW and household.place in PLACES and household.arrival.how in HOW
        assert all(n.secrecy in SECRECY and n.author in AUTHORS for n in household.notes)
        if household.agreement:
            assert household.agreement.state in AGREEMENTS
            assert (household.agreement.state == "agreed") != bool(household.agreement.reason)


def test_nothing_happens_before_they_came_or_after_today(city):
    for household in islice(city, 2000):
        came = household.arrival.on
        past = [r.on for r in household.requests] + [n.on for n in household.notes] + [e.on for e in household.events]
        past += [s.done for g in household.goals for s in g.steps if s.done] + [s.on for s in household.scores]
        past += [c.on for c in household.contacts]
        assert all(came <= day <= TODAY for day in past)
        assert all(a.on >= TODAY and a.on.weekday() < 5 for a in household.appointments)


def test_who_left_has_nothing_open_and_no_contact_afterwards(city):
    left = [h for h in city if h.events and h.events[-1].kind == "ended"]
    returned = [h for h in city if h.events and h.events[-1].kind == "returned"]
    assert len(left) > 100 and len(returned) > 20
    for household in left:
        ended = household.events[-1].on
        assert not household.appointments and household.review_on is None
        assert all(step.done for goal in household.goals for step in goal.steps)
        assert all(contact.on <= ended for contact in household.contacts)


def test_children_born_since_are_events(city):
    for household in city:
        born = {key for e in household.events if e.kind == "child_born" for key in e.members}
        assert born == {m.key for m in household.members if m.by_event}


def test_no_blank_is_left_open_and_no_child_is_named_where_there_is_none(city):
    for household in islice(city, 3000):
        texts = [r.words for r in household.requests] + [n.words for n in household.notes]
        texts += [g.words for g in household.goals] + [s.words for g in household.goals for s in g.steps]
        texts += [c.words for c in household.contacts] + [a.about for a in household.appointments]
        for text in texts:
            assert text.strip() and "{" not in text and "  " not in text
        if all(m.role != "child" for m in household.members):
            assert not any("kinderen" in g.words for g in household.goals)


@pytest.mark.parametrize("kind", ["requests", "goals", "steps"])
def test_the_stock_is_large_enough(kind):
    sentences = [sentence for found in stock("sentences")[kind].values() for sentence in found]
    assert len(set(sentences)) == len(sentences) >= 60
    assert set(stock("sentences")[kind]) == set(LifeDomain.values) == set(DOMAIN_WORDS)
    without_children = set(LifeDomain.values) - {"children", "youth"}
    assert all(len(fitting(kind, domain, False)) >= 3 for domain in without_children)
    for_old = without_children - {"work", "education"}
    assert all(len(fitting(kind, domain, False, True)) >= 2 for domain in for_old)


def test_sixty_ways_to_tell_of_a_contact():
    assert len(set(stock("sentences")["contacts"])) >= 60
