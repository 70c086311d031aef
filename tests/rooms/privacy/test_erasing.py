"""Erasing leaves no row that points at who went; who belongs elsewhere stays; and two people do it."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories import Town, household, town

from nabij.access import actions as access
from nabij.access import drafts
from nabij.access import queries as who
from nabij.access.models import Post
from nabij.audit.models import TrailEvent
from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.casework.models import Goal, PlanVersion
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.households import actions as homes
from nabij.households.actions import NewPerson
from nabij.households.models import Household, Membership, Person
from nabij.informing import actions as informing
from nabij.informing.queries import Telling
from nabij.informing.texts import STANDARD_VERSION
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen
from nabij.oversight import actions as oversight
from nabij.oversight.policies import Named
from nabij.privacy import actions, queries, references

pytestmark = pytest.mark.django_db
# What may name a household that is gone: that something happened, and eight signs in a follow-up.
KEPT = {("audit_trailevent", "household_id"), ("audit_trailevent", "about"), ("audit_trailcontent", "content")}


def filled(here: Town, *people: str, child: bool = False, asked: int = 1, ended: bool = True) -> UUID:
    """Return a household that has a row in nearly every table, and whose file was ended."""
    by, today, now = here.worker, here.today, timezone.now()
    new = tuple(NewPerson(name, "Yıldız", date(1990, 3, 4), "day", role="adult") for name in people)
    new += (NewPerson("Elif", "Yıldız", date(2018, 3, 4), "day", role="child"),) if child else ()
    wishes = tuple(Asked("housing", "te klein") for _ in range(asked))
    key = household(here, people=new, phones=("+32499000001",), asked=wishes)
    of = {"by": by, "now": now, "today": today}
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        members = list(Membership.objects.filter(household_id=key).values_list("person_id", flat=True))
        goal = casework.add_goal(household=key, words="Een bed", domain="housing", for_whom=members[:1], **of)
        casework.add_step(
            goal=goal.id, description="bellen", doer=Doer(who="member", person=members[0]), due_on=today, **of
        )
        casework.note_progress(goal=goal.id, text="het gaat", **of)
        casework.score(household=key, scores={"housing": 2}, **of)
        for kind in ("shared", "case", "sealed"):
            casework.write_note(household=key, kind=kind, text="kwam langs", about_on=today, **of)
        casework.freeze(household=key, outcome="agreed", reason="", expected=0, **of)
        frontdesk.book(
            by=by, household=key, worker=by.id, starts_at=now + timedelta(days=len(key.hex)), now=now,
            ends_at=now + timedelta(days=len(key.hex), minutes=1),
        ) if not _busy(by.id) else None  # fmt: skip
        drafts.keep(by=by, key=f"/gezin/{key}/notitie/", fields={"text": ["halverwege"]}, now=now)
        drafts.keep(by=by, key=f"/doelen/{goal.id}/", fields={"text": ["halverwege"]}, now=now)
        actions.ask(household=key, kind="objection", words="liever niet", asked_on=today, person=members[0], **of)
        if ended:
            casework.end_case(by=by, household=key, on=today, now=now)
    return key


def _busy(worker: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from frontdesk_appointment where worker_id = %s)", [worker])
        return bool(cursor.fetchone()[0])


def asked_to_erase(here: Town, key: UUID) -> UUID:
    by, today, now = here.worker, here.today, timezone.now()
    with acting(here.worker):
        for row in queries.requests_of(key, by=by):
            row.refresh_from_db()
            if not row.outcome:
                with acting(here.privacy_officer):
                    actions.answer(
                        by=here.privacy_officer, request=row.id, outcome="done", words="", now=now, today=today
                    )
        return actions.ask(by=by, household=key, kind="erasure", words="", asked_on=today, now=now, today=today).id


def erase(here: Town, request: UUID, *, exception: str = "nooit mogen zijn", by: object = None) -> None:
    by = by or here.privacy_officer
    with acting(by):
        actions.erase(by=by, request=request, exception=exception, now=timezone.now(), today=here.today)


def mentions(keys: list[UUID]) -> set[tuple[str, str]]:
    """Return each column of ours that holds one of these keys, in a key of its own or inside text or JSON.

    Read within the transaction of the test, as a function of the owner sees it.
    """
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("nabij."):
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.BinaryField):
                with connection.cursor() as cursor:
                    cursor.execute("select test_mentions(%s, %s, %s)", [model._meta.db_table, field.column, keys])
                    if cursor.fetchone()[0]:
                        found.add((model._meta.db_table, field.column))
    return found


@pytest.fixture(scope="module", autouse=True)
def as_owner(django_db_setup: None, django_db_blocker: object) -> object:
    """A function of the owner, for the length of these tests, that looks over the wall for a key."""
    sql = """
    create or replace function test_mentions(tab text, col text, keys uuid[]) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare found boolean;
    begin
        perform set_config('nabij.maintenance', 'on', true);
        execute format('select exists (select 1 from %I t, unnest($1) k where position(k::text in t.%I::text) > 0)', tab, col)
            into found using keys;
        return found;
    end $$
    """
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        yield
        cursor.execute("drop function test_mentions(text, text, uuid[])")


def people_of(here: Town, key: UUID) -> list[UUID]:
    with acting(here.worker):
        return list(Membership.objects.filter(household_id=key).values_list("person_id", flat=True))


def test_no_row_points_at_a_household_that_was_erased() -> None:
    here = town()
    key = filled(here, "Ayşe", "Bart", child=True)
    keys = [key, *people_of(here, key)]
    before = mentions(keys)
    assert len(before) > 20
    erase(here, asked_to_erase(here, key))
    assert mentions(keys) <= KEPT
    with acting(here.worker):
        assert not drafts.kept(by=here.worker, key=f"/gezin/{key}/notitie/")
        assert not Household.objects.filter(id=key).exists()


# Each example makes a town: to shrink one takes minutes, and the first that fails says enough.
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], **SLOW)
@given(
    st.lists(
        st.tuples(st.sampled_from([("Ayşe",), ("Ayşe", "Bart")]), st.booleans(), st.integers(0, 2)),
        min_size=2,
        max_size=3,
    ),
    st.data(),
)
def test_whatever_the_town_who_goes_leaves_nothing_and_who_stays_loses_nothing(
    town_of: list[tuple[tuple[str, ...], bool, int]], data: st.DataObject
) -> None:
    here = town()
    keys = [filled(here, *people, child=child, asked=asked) for people, child, asked in town_of]
    shared = None
    if data.draw(st.booleans()):
        shared = people_of(here, keys[0])[0]
        with acting(here.worker):
            homes.join(
                by=here.worker, household=keys[1], person=shared, on=here.today, now=timezone.now(), today=here.today
            )
    gone = data.draw(st.sampled_from(keys))
    stays = [key for key in keys if key != gone]
    with acting(here.worker):
        counts = {key: _rows(key) for key in stays}
    of_gone = [
        person for person in people_of(here, gone) if person not in {p for key in stays for p in people_of(here, key)}
    ]
    erase(here, asked_to_erase(here, gone))
    assert mentions([gone, *of_gone]) <= KEPT
    with acting(here.worker):
        assert {key: _rows(key) for key in stays} == counts
        if shared:
            assert Person.objects.filter(id=shared).exists()


def _rows(key: UUID) -> list[int]:
    tables = ("households_membership", "casework_goal", "casework_note", "frontdesk_contact", "casework_step")
    found = []
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table} where household_id = %s", [key])
            found.append(cursor.fetchone()[0])
    return found


def test_who_belongs_to_another_household_stays() -> None:
    here = town()
    first, second = filled(here, "Ayşe", child=True), filled(here, "Bart")
    with acting(here.worker):
        child = Membership.objects.get(household_id=first, role="child").person_id
        mother = Membership.objects.get(household_id=first, role="adult").person_id
        homes.join(by=here.worker, household=second, person=child, on=here.today, now=timezone.now(), today=here.today)
    erase(here, asked_to_erase(here, first))
    with acting(here.worker):
        assert Person.objects.filter(id=child).exists()
        assert not Person.objects.filter(id=mother).exists()
        assert Membership.objects.filter(person_id=child).count() == 1


def test_an_open_file_is_not_erased_whoever_asks() -> None:
    here = town()
    key = filled(here, "Ayşe", ended=False)
    with pytest.raises(NotNow, match="open"):
        erase(here, asked_to_erase(here, key))


def test_a_legal_duty_keeps_it_and_that_is_said() -> None:
    here = town()
    key = filled(here, "Ayşe")
    request = asked_to_erase(here, key)
    with pytest.raises(BadInput, match=r"art\. 17\.3") as refused:
        erase(here, request, exception=" ")
    assert refused.value.field == "exception"
    assert people_of(here, key)


def test_who_came_once_is_erased_when_asked() -> None:
    here = town()
    key = household(here, by=here.worker)
    keys = [key, *people_of(here, key)]
    erase(here, asked_to_erase(here, key), exception="")
    assert mentions(keys) <= KEPT


def test_who_noted_the_question_does_not_erase() -> None:
    here = town()
    key = household(here, by=here.worker)
    request = asked_to_erase(here, key)
    for by in (here.worker, here.coordinator, here.administrator):
        with pytest.raises((Denied, NotOpen)):
            erase(here, request, by=by)
    with acting(here.operator):  # a day later somebody's function may be another
        held = Post.objects.get(worker_id=here.worker.id)
        access.end_post(by=here.operator, post=held.id, on=here.today)
        access.appoint(by=here.operator, worker=here.worker.id, function="privacy_officer", on=here.today)
        both = who.actor_for(here.users["worker"], on=here.today)
    with pytest.raises(Denied, match="twee mensen"):
        erase(here, request, by=both)
    with acting(both), pytest.raises(DatabaseError, match="privacy:alone"), transaction.atomic():
        erase_raw(key, here.today, request)


def run(sql: str, given: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def erase_raw(key: UUID, on: date, request: UUID | None) -> None:
    rules = json.dumps({c: {"amount": 1, "unit": "day", "clock": "contact"} for c in ("file", "visit")})
    with connection.cursor() as cursor:
        cursor.execute(
            "select privacy_erase(%s, %s, %s, %s, %s)", [key, on, request, rules, json.dumps(references.plan())]
        )


@pytest.mark.parametrize("change", ["noted_by = gen_random_uuid()", "kind = 'erasure'", "person_id = null"])
def test_a_question_is_not_turned_into_another_to_erase_alone(change: str) -> None:
    here = town()
    key = household(here, by=here.worker)
    asked_to_erase(here, key)
    with (
        acting(here.privacy_officer),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update privacy_datarequest set {change}")


def test_an_officer_alone_announces_and_erases_nothing() -> None:
    here = town()
    key = household(here, by=here.worker, now=timezone.now() - timedelta(days=1100))
    rules = json.dumps({c: {"amount": 1, "unit": "day", "clock": "contact"} for c in ("file", "visit")})
    announce = "select privacy_announce(%s, %s, %s, now())"
    for by, notice in ((here.privacy_officer, 90), (here.operator, 0), (here.administrator, 90)):
        with acting(by), pytest.raises(DatabaseError, match="privacy:denied"), transaction.atomic():
            run(announce, [rules, here.today, notice])
    with acting(here.privacy_officer), pytest.raises(DatabaseError, match="privacy:denied"), transaction.atomic():
        erase_raw(key, here.today, None)


def test_a_held_file_is_not_erased_on_request() -> None:
    here = town()
    key = household(here, by=here.worker)
    request = asked_to_erase(here, key)
    with acting(here.privacy_officer), connection.cursor() as cursor:
        cursor.execute(
            "insert into privacy_hold (id, municipality_id, household_id, reason, valid_from, valid_until, held_at, held_by)"
            " values (gen_random_uuid(), %s, %s, 'klacht', current_date - 1, current_date + 10, now(), %s)",
            [here.municipality.id, key, here.privacy_officer.id],
        )
    with pytest.raises(NotNow, match="bewaard"):
        erase(here, request)


def test_the_question_of_one_file_does_not_erase_another() -> None:
    here = town()
    mine, other = household(here, by=here.worker), household(here, people=(NewPerson("Jef", "Claes"),), by=here.worker)
    request = asked_to_erase(here, mine)
    with acting(here.privacy_officer), pytest.raises(DatabaseError, match="privacy:request"), transaction.atomic():
        erase_raw(other, here.today, request)


def test_one_person_goes_and_the_others_keep_their_file() -> None:
    here = town()
    by, today, now = here.worker, here.today, timezone.now()
    key = household(here, people=(NewPerson("Ayşe", "Yıldız", role="adult"), NewPerson("Bart", "Claes", role="adult")))
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        people = {m.person.given_name: m.person_id for m in Membership.objects.filter(household_id=key)}
        his = people["Bart"]
        goal = casework.add_goal(
            by=by, household=key, words="Werk", domain="work", for_whom=[his], now=now, today=today
        )
        casework.add_step(
            by=by,
            goal=goal.id,
            description="bellen",
            doer=Doer(who="member", person=his),
            due_on=today,
            now=now,
            today=today,
        )
        casework.freeze(by=by, household=key, outcome="agreed", reason="", expected=0, now=now, today=today)
        casework.end_case(by=by, household=key, on=today, now=now)
        request = actions.ask(
            by=by, household=key, kind="erasure", words="", asked_on=today, person=his, now=now, today=today
        ).id
    assert len(mentions([his])) > 4
    erase(here, request)
    assert mentions([his]) <= KEPT
    with acting(by):
        assert Household.objects.get(id=key).name == "Ayşe Yıldız"
        assert not Person.objects.filter(id=his).exists()
        assert "Claes" not in json.dumps(PlanVersion.objects.get(household_id=key).content)
        assert Goal.objects.get(household_id=key).words == "Werk"
        assert _rows(key)[:2] == [1, 1]


def test_what_hangs_on_rows_that_go_does_not_stay_behind() -> None:
    """A withdrawal hangs on a consent, and a remark on an access in an emergency: neither has a household to go by."""
    here = town()
    by, today, now = here.worker, here.today, timezone.now()
    people = (
        NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day", role="adult"),
        NewPerson("Bart", "Claes", role="adult"),
    )
    key = household(here, people=people)
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        members = {m.person.given_name: m.person_id for m in Membership.objects.filter(household_id=key)}
        hers, his = members["Ayşe"], members["Bart"]
        telling = Telling("referral", "nl", STANDARD_VERSION, "aloud")
        yes = informing.record_answer(
            by=by, household=key, person=his, telling=telling, on=today, today=today, now=now,
            answer=informing.Answer("given", "CAW Zuid", today + timedelta(days=90), said_by=his),
        )  # fmt: skip
        informing.withdraw(
            by=by, household=key, consent=yes.id, on=today, today=today, now=now, what_next="bellen", said_by=his
        )
    with acting(here.neighbour):
        whom = Named("Ayşe", "Yıldız", date(1990, 3, 4))
        taken = oversight.ask_emergency(by=here.neighbour, whom=whom, reason="gevaar", on=today, now=now)
    with acting(by):
        oversight.remark(by=by, emergency=taken.id, text="was nodig", on=today, now=now)
        casework.end_case(by=by, household=key, on=today, now=now)
        of = {"by": by, "household": key, "kind": "erasure", "words": "", "asked_on": today, "now": now, "today": today}
        one, all_of_it = actions.ask(person=his, **of).id, actions.ask(**of).id
    assert mentions([yes.id, taken.id])
    erase(here, one)
    assert mentions([his]) <= KEPT
    assert ("informing_withdrawal", "consent_id") not in mentions([yes.id])
    erase(here, all_of_it)
    assert mentions([key, hers]) <= KEPT
    assert ("oversight_emergencyword", "emergency_id") not in mentions([taken.id])


def test_one_person_who_belongs_elsewhere_goes_from_here_alone() -> None:
    here = town()
    first, second = filled(here, "Ayşe", "Bart"), filled(here, "Cem")
    with acting(here.worker):
        person = Membership.objects.filter(household_id=first)[0].person_id
        homes.join(by=here.worker, household=second, person=person, on=here.today, now=timezone.now(), today=here.today)
        for row in queries.requests_of(first, by=here.worker):
            with acting(here.privacy_officer):
                actions.answer(
                    by=here.privacy_officer,
                    request=row.id,
                    outcome="done",
                    words="",
                    now=timezone.now(),
                    today=here.today,
                )
        request = actions.ask(
            by=here.worker, household=first, kind="erasure", words="", asked_on=here.today, person=person,
            now=timezone.now(), today=here.today,
        ).id  # fmt: skip
    erase(here, request)
    with acting(here.worker):
        assert list(Membership.objects.filter(person_id=person).values_list("household_id", flat=True)) == [second]
        assert all(row.person_id != person for row in queries.requests_of(first, by=here.worker))


def test_the_only_one_is_erased_with_the_file() -> None:
    here = town()
    key = household(here, by=here.worker)
    with acting(here.worker):
        request = actions.ask(
            by=here.worker, household=key, kind="erasure", words="", asked_on=here.today, person=people_of(here, key)[0],
            now=timezone.now(), today=here.today,
        ).id  # fmt: skip
    with pytest.raises(NotNow, match="heel het gezin"):
        erase(here, request)


def test_a_household_is_not_renamed_by_who_erases_nothing() -> None:
    here = town()
    key = household(here, by=here.worker)
    with (
        acting(here.privacy_officer),
        pytest.raises(DatabaseError, match="privacy:denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select privacy_rename(%s, 'x', 'x')", [key])


def test_that_it_happened_stays_in_the_trail_and_names_nobody() -> None:
    here = town()
    key = filled(here, "Ayşe")
    erase(here, asked_to_erase(here, key), exception="dubbel ingeschreven")
    with acting(here.privacy_officer):
        event = TrailEvent.objects.get(kind="privacy.erased", household_id=key)
        assert event.ground == "request"
        assert event.about == str(key)[:8].upper()


# Questions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 8, 31), date(2026, 9, 30)),
    ],
)
def test_an_answer_is_due_within_a_month(asked: date, due: date) -> None:
    here = town()
    key = household(here, by=here.worker)
    with acting(here.worker):
        row = actions.ask(
            by=here.worker, household=key, kind="access", words="", asked_on=asked, now=timezone.now(), today=date(2029, 1, 1)
        ) if here.today >= asked else None  # fmt: skip
    from nabij.privacy.actions.answering import a_month_after

    assert a_month_after(asked) == due
    assert row is None or row.due_on == due


@pytest.mark.parametrize(("kind", "days", "field"), [("alles", 0, "kind"), ("access", 1, "asked_on")])
def test_a_question_that_cannot_be(kind: str, days: int, field: str) -> None:
    here = town()
    key = household(here, by=here.worker)
    with acting(here.worker), pytest.raises(BadInput) as refused:
        actions.ask(
            by=here.worker, household=key, kind=kind, words="", asked_on=here.today + timedelta(days=days),
            now=timezone.now(), today=here.today,
        )  # fmt: skip
    assert refused.value.field == field


def test_a_question_about_somebody_of_another_household_is_refused() -> None:
    here = town()
    key, other = household(here, by=here.worker), household(here, by=here.worker, people=(NewPerson("Jef", "Claes"),))
    stranger = people_of(here, other)[0]
    with acting(here.worker), pytest.raises(BadInput) as refused:
        actions.ask(
            by=here.worker, household=key, kind="access", words="", asked_on=here.today, now=timezone.now(),
            today=here.today, person=stranger,
        )  # fmt: skip
    assert refused.value.field == "person"


def test_a_question_is_answered_once_and_a_refusal_says_why() -> None:
    here = town()
    key = household(here, by=here.worker)
    now, today, officer = timezone.now(), here.today, here.privacy_officer
    with acting(here.worker):
        row = actions.ask(by=here.worker, household=key, kind="access", words="", asked_on=today, now=now, today=today)
        erasing = actions.ask(
            by=here.worker, household=key, kind="erasure", words="", asked_on=today, now=now, today=today
        )
    of = {"by": officer, "now": now, "today": today}
    with acting(officer):
        with pytest.raises(BadInput):
            actions.answer(request=row.id, outcome="refused", words=" ", **of)
        with pytest.raises(BadInput, match="pagina van de vraag"):
            actions.answer(request=erasing.id, outcome="done", words="", **of)
        actions.answer(request=row.id, outcome="refused", words="art. 15.4", **of)
        with pytest.raises(NotNow):
            actions.answer(request=row.id, outcome="done", words="", **of)
        assert [one.id for one in queries.open_requests(by=officer)] == [erasing.id]
    with acting(here.colleague), pytest.raises(Denied):
        actions.answer(by=here.colleague, request=erasing.id, outcome="refused", words="x", now=now, today=today)
    with acting(here.neighbour), pytest.raises(NotOpen):
        queries.request(erasing.id, by=here.neighbour)


def test_the_officer_reads_a_reference_and_no_name(client: Client) -> None:
    here = town()
    key = filled(here, "Ayşe")
    request = asked_to_erase(here, key)
    client.force_login(here.users["privacy_officer"], backend="nabij.access.backends.EmailBackend")
    for address in (reverse("privacy:overview"), reverse("privacy:request", args=[request])):
        page = client.get(address).content.decode()
        assert str(key)[:4].upper() in page
        assert "Yıldız" not in page
        assert "Ayşe" not in page
        assert str(key) not in page


def test_the_page_erases_after_a_tick_and_not_without(client: Client) -> None:
    here = town()
    key = household(here, by=here.worker)
    address = reverse("privacy:request", args=[asked_to_erase(here, key)])
    client.force_login(here.users["privacy_officer"], backend="nabij.access.backends.EmailBackend")
    assert client.post(address, {"erase": "1"}).status_code == 422
    assert client.post(address, {"erase": "1", "erase-sure": "on"}).status_code == 302
    with acting(here.worker):
        assert not Household.objects.filter(id=key).exists()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("table", ["privacy_datarequest", "privacy_hold", "privacy_announced"])
def test_who_has_no_file_reads_no_question_over_raw_sql(table: str) -> None:
    here, there = town("Hier"), town("Daar")
    filled(here, "Ayşe", ended=False)
    once = household(here, people=(NewPerson("Jef", "Peeters"),), now=timezone.now() - timedelta(days=1100))
    with acting(here.operator):
        actions.announce(by=here.operator, now=timezone.now(), today=here.today)
    officer = here.privacy_officer
    with acting(officer):
        row = queries.candidates(by=officer, today=here.today, only=once)[0]
        actions.hold(
            by=officer, announcement=row.announced_id, reason="klacht", until=here.today + timedelta(days=9),
            now=timezone.now(), today=here.today,
        )  # fmt: skip
    count = f"select count(*) from {table}"
    for by in (here.neighbour, here.desk, here.director, here.administrator, here.bridge_figure, there.privacy_officer):
        with acting(by), connection.cursor() as cursor:
            cursor.execute(count)
            assert cursor.fetchone()[0] == 0, by.name
    with acting(officer), connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone()[0] == 1
