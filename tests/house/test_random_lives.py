"""Random workers do random verbs on random days, and nobody ever reads a row for which no ground existed at that moment.

`who_reads` says in plain Python who may read what; PostgreSQL must show exactly that, row by row, after every step.
Longer, and other each time: `NABIJ_LIVES=300 .venv/bin/python -m pytest tests/house/test_random_lives.py`.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories import POSTCODE, Town, enrol, household, town
from tests.house.who_reads import ELSEWHERE_TRIED, READS, RECEIVE, Away, Elsewhere, Facts, Held, Post

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access import reach
from nabij.access.models import Post as RealPost
from nabij.access.roles import Part
from nabij.advice import actions as advice
from nabij.casework import actions as casework
from nabij.households.actions import NewAddress, NewPerson
from nabij.households.models import Membership
from nabij.households.queries import search
from nabij.journeys import first_visit, helped_elsewhere, moving_house, separation
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Refusal
from nabij.oversight import actions as oversight
from nabij.oversight.policies import Named
from nabij.territory import actions as territory

GUIDING = ("worker", "colleague", "neighbour", "coordinator", "helper")
WORKERS = (*GUIDING, "desk", "bridge_figure", "expert", "director", "administrator", "privacy_officer")
IN_CHARGE = "whoever is in charge"
ANYBODY = st.sampled_from((IN_CHARGE,) * 12 + GUIDING + WORKERS)  # who may tries more often than who may not
STREETS = {"Kerkstraat": 0, "Molenstraat": 1}  # whose team: wijk A, wijk B
STREET = st.sampled_from(sorted(STREETS))
FUNCTIONS = ("social_worker", "coordinator", "director", "administrator", "knowledge_cell", "front_desk")
SOME = st.integers(0, 9)
MOST_HOMES = 4
DONE: Counter[str] = Counter()

# What no role of the application may: read over the wall, and let days pass by moving everything one day back.
EYES = """
create function tests_rows(name text, town uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare found jsonb;
begin
    perform set_config('nabij.maintenance', 'on', true);
    execute format('select coalesce(jsonb_agg(to_jsonb(t)), ''[]'') from %I t where municipality_id = $1', name)
        into found using town;
    return found;
end $$;
create function tests_a_day_passes(town uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text; r record;
begin
    perform set_config('nabij.maintenance', 'on', true);
    foreach name in array array['access_post', 'access_absence', 'access_elsewhere', 'access_basis'] loop
        for r in execute format('select id from %I where municipality_id = $1 order by valid_from', name) using town loop
            execute format('update %I set valid_from = valid_from - 1, valid_until = valid_until - 1 where id = $1', name)
                using r.id;
        end loop;
    end loop;
    -- An hour more: in one transaction the clock of the database stands still.
    update access_basis set grace_until = grace_until - 1, given_at = given_at - interval '25 hours',
        ended_at = ended_at - interval '25 hours', expires_at = expires_at - interval '25 hours'
        where municipality_id = town;
end $$;
grant execute on function tests_rows(text, uuid), tests_a_day_passes(uuid) to public;
"""


@pytest.fixture(scope="module")
def eyes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the tests of this file see every row, and let days pass."""
    with django_db_blocker.unblock():
        with connections["owner"].cursor() as cursor:
            cursor.execute(EYES)
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute("drop function tests_rows(text, uuid), tests_a_day_passes(uuid)")


class Lives(RuleBasedStateMachine):
    """A town in which anything may happen in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.here: Town = town()
        self.homes: list[UUID] = []
        self.names: dict[UUID, NewPerson] = {}
        self.questions: list[tuple[UUID, Held]] = []
        self.emergencies: list[tuple[UUID, Held]] = []
        self.grace = 0
        self.facts = Facts(centres={0: 0})
        self.here.users["helper"] = self._without_centre("Hanne Huis", "social_worker", 2)
        self.here.users["expert"] = enrol(self.here, "Kim Kenniscel", "knowledge_cell")
        for key, post in sorted(self._posts(), key=lambda pair: self.name_of(pair[1].worker_id)):
            name = self.name_of(post.worker_id)
            team = next((n for n, t in enumerate(self.here.teams) if t.id == post.team_id), None)
            begun = (post.valid_from - self.here.today).days
            centre = 0 if post.centre_id else None
            self.facts.posts.append(Post(begun, None, name, post.function, team, centre, key))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def _without_centre(self, name: str, function: str, team: int) -> Any:
        by = self.here.operator
        with acting(by):
            user = access.enrol(by=by, name=name, email=f"{name[:2]}.{self.here.municipality.slug}@example.org")
            access.appoint(
                by=by, worker=user.id, function=function, on=self.here.today - timedelta(days=9),
                team=self.here.teams[team].id,
            )  # fmt: skip
        return user

    def _posts(self) -> list[tuple[UUID, RealPost]]:
        with acting(self.here.operator):
            return [(post.id, post) for post in RealPost.objects.filter(who.valid(self.here.today)).order_by("id")]

    # What the rules need

    def actor(self, name: str) -> Actor:
        with acting(self.here.operator):
            return who.actor_for(self.here.users[name], on=self.here.today)

    def name_of(self, key: UUID) -> str:
        return next(name for name, user in self.here.users.items() if user.id == key)

    def key_of(self, name: str) -> UUID:
        return self.here.users[name].id

    def tries(self, name: str, verb: Any, **asked: Any) -> tuple[bool, Any]:
        """Let somebody try a verb; a refusal undoes it, and is an answer too."""
        try:
            with transaction.atomic(), acting(self.actor(name)):
                made = verb(by=self.actor(name), **asked)
        except Refusal:
            return False, None
        DONE[verb.__name__] += 1
        return True, made

    @property
    def on(self) -> dict[str, Any]:
        return {"on": self.here.today, "now": timezone.now()}

    def at(self, at: int, name: str) -> tuple[UUID, str]:
        """Return a household, and who tries something with it."""
        home = self.homes[at % len(self.homes)]
        lead = self.facts.holder(home, "lead")
        team = self.facts.holder(home, "team")
        if name != IN_CHARGE:
            return home, name
        if lead and lead.who and self.facts.grounds(lead.who, home):
            return home, lead.who
        return home, next((one for one in GUIDING if team and team.team in self.facts.guides_in(one)), "desk")

    def give(self, home: UUID, ground: str, name: str | None = None, **more: Any) -> Held:
        held = Held(self.facts.day, more.pop("until", None), home, ground, name, **more)
        self.facts.held.append(held)
        return held

    def end(self, home: UUID, ground: str) -> None:
        held = self.facts.holder(home, ground)
        if held is None:
            return
        held.until = self.facts.day
        if ground in ("lead", "duo") and self.grace and held.since < self.facts.day:
            held.grace_until = self.facts.day + self.grace

    def to_team(self, home: UUID, team: int) -> None:
        held = self.facts.holder(home, "team")
        if held is None or held.team != team:
            self.end(home, "team")
            self.give(home, "team", team=team)

    def hide(self, home: UUID, avoided: int, helping: int) -> None:
        for held in self.facts.held:
            there = held.who is not None and self.facts.works_at(held.who, avoided)
            if held.home == home and there:
                held.grace_until = None
                held.until = self.facts.day if held.holds(self.facts.day) else held.until
        self.to_team(home, helping)
        self.facts.elsewhere.append(Elsewhere(self.facts.day, None, home, avoided, helping))

    def away_from(self, home: UUID) -> Elsewhere | None:
        return next((one for one in self.facts.now(self.facts.elsewhere) if one.home == home), None)

    # What happens

    @initialize()
    def two_are_guided(self) -> None:
        for name, street in (("worker", "Kerkstraat"), ("neighbour", "Molenstraat")):
            self.walks_in("desk", street)
            self.a_case_is_opened(name, len(self.homes) - 1)
            assert self.facts.holder(self.homes[-1], "lead")

    @rule(name=ANYBODY, street=STREET)
    def somebody_walks_in(self, name: str, street: str) -> None:
        name = "desk" if name == IN_CHARGE else name
        if len(self.homes) < MOST_HOMES:
            self.walks_in(name, street)

    def walks_in(self, name: str, street: str) -> None:
        number = len(self.homes)
        people = tuple(NewPerson(one, f"Peeters{number}", date(1980 + number, 1, 2), "day") for one in ("An", "Bo"))
        try:
            with transaction.atomic():
                home = household(
                    self.here, street=street, people=people, by=self.actor(name), phones=("0499 00 00 01",)
                )
        except Refusal:
            assert not self.facts.functions(name) & RECEIVE, "who may receive, was refused"
            return
        self.homes.append(home)
        self.names[home] = people[0]
        self.to_team(home, STREETS[street])
        if not self.facts.grounds(name, home):
            self.give(home, "front_desk", name, until=self.facts.day + 1)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def somebody_is_received(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        before = self.facts.grounds(name, home)
        visit = first_visit.Visit("walk_in", "kwam langs")
        if self.tries(name, first_visit.receive_known, household=home, visit=visit, slot=None, **self.on)[0]:
            assert not self.facts.is_hidden(name, home)
            if not set(before) - {"grace", "adviser", "emergency"}:
                self.give(home, "front_desk", name, until=self.facts.day + 1)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def a_case_is_opened(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        leads = set(self.facts.grounds(name, home)) & {"lead", "duo", "substitute"}
        brings_over = "transfer" in self.facts.grounds(name, home) and not leads
        opened = self.tries(name, casework.open_case, household=home, **self.on)[0]
        if opened and not brings_over and not self.facts.holder(home, "lead"):
            self.give(home, "lead", name)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def the_guidance_ends(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        if self.tries(name, casework.end_case, household=home, **self.on)[0]:
            self.end(home, "lead")
            self.end(home, "duo")

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def somebody_takes_the_lead(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        if self.tries(name, casework.take_lead, household=home, **self.on)[0]:
            assert not self.facts.holder(home, "lead")
            self.give(home, "lead", name)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME, other=ANYBODY)
    def a_duo_is_chosen(self, name: str, at: int, other: str) -> None:
        home, name = self.at(at, name)
        before = self.facts.holder(home, "duo")
        other = GUIDING[at % len(GUIDING)] if other == IN_CHARGE else other
        chosen = self.tries(name, casework.choose_duo, household=home, worker=self.key_of(other), **self.on)[0]
        if chosen and not (before and before.who == other):
            self.end(home, "duo")
            self.give(home, "duo", other)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME, to=ANYBODY)
    def it_is_handed_over(self, name: str, at: int, to: str) -> None:
        home, name = self.at(at, name)
        lead = self.facts.holder(home, "lead")
        to = GUIDING[at % len(GUIDING)] if to == IN_CHARGE else to
        asked = {
            "expected": self.key_of(lead.who) if lead and lead.who else None,
            "to": self.key_of(to),
            "reason": "ziek",
        }
        if self.tries(name, casework.hand_over, household=home, today=self.here.today, **asked, **self.on)[0]:
            duo = self.facts.holder(home, "duo")
            if duo and duo.who == to:
                self.end(home, "duo")
            self.end(home, "lead")
            self.give(home, "lead", to)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME, kind=st.sampled_from(["shared", "case", "sealed", "goal", "told"]))
    def something_is_written(self, name: str, at: int, kind: str) -> None:
        home, name = self.at(at, name)
        today, now = self.here.today, timezone.now()
        if kind == "goal":
            asked = {"words": "Een huis", "domain": "housing", "now": now, "today": today}
            self.tries(name, casework.add_goal, household=home, **asked)
        else:
            note = {"kind": kind if kind != "told" else "shared", "text": "woorden", "about_on": today}
            self.tries(name, casework.write_note, household=home, now=now, today=today, **note)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME, parts=st.integers(0, 7))
    def an_expert_is_asked(self, name: str, at: int, parts: int) -> None:
        home, name = self.at(at, name)
        asked = {"expert": self.key_of("expert"), "words": "Hoe zit dat?", "parts": Part(parts)}
        asked |= {"household": home, "now": timezone.now(), "today": self.here.today}
        done, made = self.tries(name, advice.ask, **asked)
        if done:
            self.questions.append((made.id, self.give(home, "adviser", "expert", parts=parts)))

    @precondition(lambda self: self.questions)
    @rule(name=ANYBODY, at=SOME, answers=st.booleans())
    def a_question_is_closed(self, name: str, at: int, answers: bool) -> None:
        key, held = self.questions[at % len(self.questions)]
        asked = {"question": key, "now": timezone.now(), "today": self.here.today}
        if answers and self.tries("expert", advice.answer, words="Zo.", **asked)[0]:
            held.until = self.facts.day + 30
        _home, name = self.at(self.homes.index(held.home), name)  # type: ignore[arg-type]
        if not answers and self.tries(name, advice.take_back, **asked)[0]:
            held.until = self.facts.day

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def somebody_is_in_need(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        person = self.names[home]
        whom = Named(person.given_name, person.family_name, person.birth_date)
        done, asked = self.tries(name, oversight.ask_emergency, whom=whom, reason="gas, en kinderen alleen", **self.on)
        if done and asked.state == "opened":
            opened = asked.household_id
            assert not self.facts.is_hidden(name, opened)
            self.emergencies.append((asked.id, self.give(opened, "emergency", name, until=self.facts.day + 1)))

    @precondition(lambda self: self.emergencies)
    @rule(at=SOME, outcome=st.sampled_from(["justified", "refused"]))
    def it_is_reviewed(self, at: int, outcome: str) -> None:
        key, held = self.emergencies[at % len(self.emergencies)]
        said = {"emergency": key, "outcome": outcome, "text": "gelezen", "now": timezone.now()}
        if self.tries("privacy_officer", oversight.review_emergency, **said)[0] and outcome == "refused":
            held.until = min(held.until or self.facts.day, self.facts.day)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME, street=STREET, stays=st.booleans())
    def it_moves(self, name: str, at: int, street: str, stays: bool) -> None:
        home, name = self.at(at, name)
        asked = {
            "address": NewAddress(street, "3", "", POSTCODE, "Testegem"),
            "keep_team": stays,
            "today": self.here.today,
        }
        if self.away_from(home) or not self.tries(name, moving_house.move, household=home, **asked, **self.on)[0]:
            return
        if not stays:
            self.to_team(home, STREETS[street])

    @precondition(lambda self: self.homes and len(self.homes) < MOST_HOMES)
    @rule(name=ANYBODY, at=SOME, street=STREET)
    def two_go_apart(self, name: str, at: int, street: str) -> None:
        home, name = self.at(at, name)
        if self.away_from(home):
            return
        with acting(self.actor(name)):
            people = Membership.objects.filter(household_id=home, valid_until=None).order_by("-person__given_name")
            leaving = list(people.values_list("person_id", flat=True))[:1]
        asked = {"leaving": leaving, "both_homes": [], "today": self.here.today}
        asked["address"] = NewAddress(street, "5", "", POSTCODE, "Testegem")
        apart, made = self.tries(name, separation.separate, household=home, **asked, **self.on)
        if apart:
            self.homes.append(made.id)
            self.names[made.id] = replace(
                self.names[home], given_name="Bo" if self.names[home].given_name == "An" else "Cas"
            )
            self.to_team(made.id, STREETS[street])
            self.give(made.id, "transfer", name, until=self.facts.day + 1)

    @precondition(lambda self: self.homes)
    @rule(name=ANYBODY, at=SOME)
    def it_is_helped_elsewhere(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        team = self.facts.holder(home, "team")
        if self.tries(name, helped_elsewhere.help_elsewhere, household=home, **self.on)[0]:
            assert team is not None
            assert team.team is not None
            self.hide(home, team.team, 2)

    @precondition(lambda self: any(self.away_from(home) for home in self.homes))
    @rule(name=ANYBODY, at=SOME)
    def it_comes_back(self, name: str, at: int) -> None:
        home, name = self.at(at, name)
        away = self.away_from(home)
        done, team = self.tries(name, helped_elsewhere.come_back, household=home, **self.on)
        if done:
            assert away is not None
            away.until = self.facts.day
            self.to_team(home, next(n for n, one in enumerate(self.here.teams) if one.id == team.id))

    @rule(name=st.sampled_from((*GUIDING, "desk", "expert", "administrator")), function=st.sampled_from(FUNCTIONS),
          team=st.sampled_from([0, 1, 2]))  # fmt: skip
    def somebody_gets_a_function(self, name: str, function: str, team: int) -> None:
        at = team if function in ("social_worker", "coordinator") else None
        asked = {"worker": self.key_of(name), "function": function, "on": self.here.today}
        asked |= {"team": self.here.teams[team].id if at is not None else None}
        try:
            with transaction.atomic(), acting(self.here.operator):
                made = access.appoint(by=self.here.operator, **asked)
        except Refusal:
            return
        DONE["appoint"] += 1
        self.facts.posts.append(Post(self.facts.day, None, name, function, at, None, made.id))

    @rule(at=SOME)
    def a_function_ends(self, at: int) -> None:
        posts = self.facts.now(self.facts.posts)
        post = posts[at % len(posts)]
        try:
            with transaction.atomic(), acting(self.here.operator):
                access.end_post(by=self.here.operator, post=post.key, on=self.here.today)
        except Refusal:
            return
        DONE["end_post"] += 1
        post.until = self.facts.day

    @rule(name=ANYBODY, gone=st.sampled_from(GUIDING), other=st.sampled_from(GUIDING), days=st.integers(1, 3))
    def somebody_is_away(self, name: str, gone: str, other: str, days: int) -> None:
        name = gone if name == IN_CHARGE else name
        asked = {"worker": self.key_of(gone), "substitute": self.key_of(other)}
        asked["until"] = self.here.today + timedelta(days=days)
        done, made = self.tries(name, access.note_absence, **asked, **self.on)
        if done:
            self.facts.away.append(Away(self.facts.day, self.facts.day + days, gone, other, made.id))

    @precondition(lambda self: self.facts.away)
    @rule(name=ANYBODY, at=SOME)
    def somebody_is_back(self, name: str, at: int) -> None:
        away = self.facts.away[at % len(self.facts.away)]
        name = "coordinator" if name == IN_CHARGE else name
        if self.tries(name, access.end_absence, absence=away.key, on=self.here.today)[0]:
            away.until = self.facts.day

    @rule(days=st.sampled_from([0, 2]))
    def the_municipality_lets_read_along(self, days: int) -> None:
        if self.tries("administrator", territory.set_grace, days=days)[0]:
            self.grace = days

    @rule()
    def a_day_passes(self) -> None:
        with acting(self.here.operator), connection.cursor() as cursor:
            cursor.execute("select tests_a_day_passes(%s)", [self.here.municipality.id])
            reach.refresh_households(self.homes)
        self.facts.day += 1

    # What must hold after each of these

    @invariant()
    def everybody_reads_what_he_may_and_nothing_else(self) -> None:
        rows = self.everything()
        for name in WORKERS:
            me = self.key_of(name)
            sights = {str(home): self.facts.sight(name, home) for home in self.homes}
            may = {
                (table, row["id"])
                for table, read in READS.items()
                for row in rows[table]
                if read(sights[row["id" if table == "households_household" else "household_id"]], me, row)
            }
            seen = self.seen_by(name)
            assert seen == may, (name, self.facts.day, "too much", seen - may, "too little", may - seen)

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        with connection.cursor() as cursor:
            asked = ", ".join(f"tests_rows('{table}', %(town)s)" for table in READS)
            cursor.execute(f"select {asked}", {"town": self.here.municipality.id})
            found = dict(zip(READS, map(json.loads, cursor.fetchone()), strict=True))
        return {table: [row for row in rows if row.get("household_id", True)] for table, rows in found.items()}

    def seen_by(self, name: str) -> set[tuple[str, str]]:
        by = self.actor(name)
        parts = [
            f"select '{table}', id::text from {table}"
            + ("" if table == "households_household" else " where household_id is not null")
            for table in READS
        ]
        with acting(by), connection.cursor() as cursor:
            cursor.execute(" union all ".join(parts))
            seen = set(cursor.fetchall())
            found = {home.id for home in search("Peeters", by=by)}
        # The search and the wall are one rule.
        may = {home for home in self.homes if self.facts.sight(name, home).depth >= 1}
        assert found <= may, (name, self.facts.day, {home: self.facts.grounds(name, home) for home in found - may})
        return seen


def lives(many: int, steps: int, *, is_random: bool = False) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Lives,
        settings=settings(
            max_examples=many, stateful_step_count=steps, deadline=None, derandomize=not is_random, database=None,
            suppress_health_check=list(HealthCheck), print_blob=False, phases=(Phase.generate,),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_nobody_ever_reads_without_a_ground(eyes: None) -> None:
    DONE.clear()
    asked = int(os.environ.get("NABIJ_LIVES", "0"))
    lives(asked or 12, 30, is_random=bool(asked))
    # Not a row of refusals: nearly every kind of verb was done, some many times.
    assert len(DONE) >= 15, DONE
    assert sum(DONE.values()) > 80, DONE


@pytest.mark.django_db
def test_it_would_notice(eyes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team that goes on reading for a day is found."""
    monkeypatch.setattr(reach, "refresh_households", lambda keys: None)
    with pytest.raises(AssertionError):
        lives(12, 30)


def test_every_table_with_a_household_is_known() -> None:
    from django.apps import apps

    named = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "household_id" for field in model._meta.concrete_fields)
    }
    assert named <= set(READS) | set(ELSEWHERE_TRIED), named - set(READS) - set(ELSEWHERE_TRIED)
