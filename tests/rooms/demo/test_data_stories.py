"""The forty written stories: they load, they keep to the spirit, and a slip of the pen is named."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from nabij.demo import stories
from nabij.demo.stories.reading import read
from nabij.demo.territory import towns

TODAY = date(2026, 11, 22)
ONE = """
- key: een
  title: Een
  wijk: Overlinde
  came: {how: walk_in, told_by: niemand, days_ago: 10}
  members: [{key: an, given: An, family: Maes, age: 40, role: head}]
  asked: [{words: "Hallo?", domain: network}]
"""


@pytest.fixture(scope="module")
def told():
    return stories.load(TODAY)


def texts(household):
    yield from (r.words for r in household.requests)
    yield from (g.words for g in household.goals)
    yield from (s.words for g in household.goals for s in g.steps)
    yield from (c.words for c in household.contacts)
    yield from (a.about for a in household.appointments)
    yield from (text for e in household.events for text in (e.reason, e.note))
    yield from (n.words for n in household.notes if n.secrecy != "sealed")


def test_forty_stories_that_are_the_same_every_time(told):
    assert len(told) == 40
    assert stories.load(TODAY) == told


@pytest.mark.parametrize("today", [date(2025, 1, 1), date(2026, 3, 1), date(2028, 2, 29)])
def test_ages_stay_as_written_whatever_today_is(today, told):
    ages = {(h.key, m.key): m.person.age_on(TODAY) for h in told for m in h.members if m.person.age_on(TODAY) >= 2}
    later = {(h.key, m.key): m.person.age_on(today) for h in stories.load(today) for m in h.members}
    assert ages.items() <= later.items()


def test_every_address_resolves_but_one(told):
    by_nis = {town.nis: town for town in towns()}
    lost = []
    for household in told:
        for address in [household.address, *(e.address for e in household.events if e.address)]:
            assert by_nis[household.nis].wijk_of(address.street, address.number) == address.wijk
            lost += [household.key] if not address.wijk else []
    assert lost == ["top"]


def test_both_towns_have_stories_and_one_name_lives_in_both(told):
    assert Counter(h.nis for h in told) == {"99001": 36, "99002": 4}
    names = {nis: {m.person.name for h in told if h.nis == nis for m in h.members} for nis in ("99001", "99002")}
    assert names["99001"] & names["99002"] == {"Amina El Amrani"}


def test_the_stories_that_must_be_there(told):
    kinds = Counter(event.kind for h in told for event in h.events)
    for kind in ("child_born", "partner_moves_in", "separation", "moves", "ended", "returned", "handed_over"):
        assert kinds[kind] >= 1, kind
    moved = next(h for h in told if h.key == "el-amrani")
    assert moved.address_on(TODAY).wijk != moved.address.wijk == moved.address_on(moved.arrival.on).wijk
    assert [h.key for h in told if not h.lead] == ["jimenez-ruiz", "nguyen-u"]
    assert {h.agreement.state for h in told if h.agreement} == {"agreed", "not_agreed", "not_asked"}
    assert any(g.shielded_from for h in told for g in h.goals)
    assert any(s.score is None for h in told for s in h.scores)
    assert len({h.language for h in told}) >= 10 and len({r.language for h in told for r in h.requests}) >= 5
    families = {m.person.family for h in told for m in h.members}
    assert {"D'Hondt", "'t Jampens", "Van den Berghe", "Antwi-Boasiako", "O"} <= families


def test_a_goal_that_is_shielded_is_not_for_the_one_it_is_shielded_from(told):
    for household in told:
        for goal in household.goals:
            assert not set(goal.shielded_from) & set(goal.for_whom)


def test_what_is_sealed_stands_nowhere_else(told):
    sealed = [note for h in told for note in h.notes if note.secrecy == "sealed"]
    assert len(sealed) >= 3 and {note.author for note in sealed} == {"youth_worker"}
    everything = " ".join(text for h in told for text in texts(h)).lower()
    for note in sealed:
        words = note.words.lower().rstrip(".").split()
        pieces = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
        assert not [piece for piece in pieces if piece in everything]


def test_the_advocate_walks(told):
    actors = Counter(step.actor for h in told for goal in h.goals for step in goal.steps)
    assert actors["worker"] > actors["member"] and actors["partner"] > 10
    assert sum(s.errands_spared for h in told for g in h.goals for s in g.steps) > 50
    for household in told:
        for step in (s for g in household.goals for s in g.steps if s.actor != "worker"):
            assert not step.errands_spared


@pytest.mark.parametrize("word", ["cliënt", "client", "geval", "dossiernummer", "probleemgezin", "uitgeprocedeerd"])
def test_nobody_is_a_case(told, word):
    for household in told:
        assert not [t for t in [household.title, *texts(household)] if re.search(rf"\b{word}(s|en)?\b", t.lower())]


def test_no_story_names_somebody_of_another_story_in_full(told):
    people = {m.person.name: h.key for h in told for m in h.members}
    for household in told:
        for text in texts(household):
            assert not [name for name, key in people.items() if name in text and key != household.key]


def test_days_are_in_order(told):
    for household in told:
        came = household.arrival.on
        past = [r.on for r in household.requests] + [n.on for n in household.notes] + [e.on for e in household.events]
        past += [s.done for g in household.goals for s in g.steps if s.done] + [c.on for c in household.contacts]
        past += [household.agreement.on] if household.agreement else []
        assert all(came <= day <= TODAY for day in past), household.key
        assert list(household.events) == sorted(household.events, key=lambda e: e.on)
        assert all(a.on > TODAY - timedelta(days=1) for a in household.appointments)


def test_who_joins_by_an_event_was_not_there_before(told):
    for household in told:
        for member in household.members:
            assert member.since >= member.person.birth_date
            assert member.by_event == (member.since > household.arrival.on)


def test_a_short_story_is_read():
    household = read("proef.yaml", ONE, TODAY)[0]
    assert household.lead and household.members[0].person.age_on(TODAY) == 40
    assert household.goals == () and household.agreement is None


@pytest.mark.parametrize(
    ("find", "put", "named"),
    [
        ("told_by:", "verteld:", "came.verteld"),
        ("  title: Een\n", "", "title"),
        ("wijk: Overlinde", "wijk: Nergens", "een.wijk"),
        ("domain: network", "domain: geluk", "een.domain"),
        ("days_ago: 10", "days_ago: tien", "came.days_ago"),
        ("age: 40, ", "", "een.members"),
        ("role: head", "role: baas", "een.members.role"),
        ('[{words: "Hallo?", domain: network}]', "Hallo", "asked"),
        ("asked: [{", "asked: [", "begin"),
        ("- key", "key", "begin"),
    ],
)
def test_a_slip_of_the_pen_names_file_and_key(find, put, named):
    assert find in ONE
    text = ONE.replace(find, put)
    with pytest.raises(stories.StoryError) as caught:
        read("proef.yaml", text, TODAY)
    assert "proef.yaml" in str(caught.value) and f"'{named}'" in str(caught.value)


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ("  goals: [{words: a, domain: work, steps: [{do: b, by: Niemand, due: 3}]}]\n", "een.goals.steps.by"),
        ("  goals: [{words: a, domain: work, for: [bob], steps: []}]\n", "een.goals.for"),
        ("  scores: {an: {work: 6}}\n", "een.scores.an"),
        ("  agreement: {state: not_agreed, days_ago: 2}\n", "een.agreement"),
        ("  appointments: [{in_days: 1, at: straks, place: home, about: x}]\n", "een.appointments.at"),
        ("  events: [{kind: verjaardag, days_ago: 1}]\n", "een.events.kind"),
        ("  goals: [{words: a, domain: work, steps: [{do: b, due: 3, klaar: 2}]}]\n", "goals[1].steps[1].klaar"),
    ],
)
def test_a_reference_to_nobody_is_named(extra, named):
    with pytest.raises(stories.StoryError) as caught:
        read("proef.yaml", ONE + extra, TODAY)
    assert f"'{named}'" in str(caught.value)
