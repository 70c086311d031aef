"""Who reads who looked: by the pages, and as the application over raw SQL."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, enrol, household, town
from tests.rooms.oversight.looking import WEDNESDAY, at, files, found, looked

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.audit.models import TrailCheck, TrailEvent
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen
from nabij.oversight import actions, events, queries, views
from nabij.oversight.models import FollowUp, HomeStreet
from nabij.oversight.rules import Days, Finding

pytestmark = pytest.mark.django_db
OTHERS = ("desk", "worker", "colleague", "coordinator", "bridge_figure", "director", "administrator")


@pytest.fixture
def here() -> Town:
    return town()


def late(here: Town, by: Actor | None = None) -> Finding:
    """Looks in the night, as the rule of hours finds them."""
    by = by or here.worker
    looked(by, *files(2), when=at(WEDNESDAY, "03:00"))
    return next(one for one in found(here, "hours") if one.key.worker == by.id)


def asked(by: Actor, sql: str, values: list[object]) -> list[tuple[object, ...]]:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


FUNCTIONS = {
    "select * from oversight_unusual(%s, %s, '{}')": [WEDNESDAY, WEDNESDAY],
    "select * from oversight_reviews(%s, %s)": [WEDNESDAY, WEDNESDAY + timedelta(days=999)],
    "select * from audit_trailcheck": [],
}


@pytest.mark.parametrize("role", OTHERS)
def test_who_is_no_privacy_officer_gets_nothing_over_raw_sql(here: Town, role: str) -> None:
    one = late(here)
    actions_of_officer(here, one)
    actor = getattr(here, role)
    for sql, values in FUNCTIONS.items():
        assert asked(actor, sql, values) == [], sql
    assert asked(actor, "select * from oversight_looks(%s, %s)", [one.key.worker, WEDNESDAY]) == []
    assert asked(actor, "select * from oversight_followup", []) == []


def actions_of_officer(here: Town, one: Finding, outcome: str = "asked", words: str = "") -> None:
    by = here.privacy_officer
    with acting(by):
        actions.follow_up(by=by, finding=one, outcome=outcome, words=words, now=timezone.now())


def test_an_officer_of_another_town_gets_nothing(here: Town) -> None:
    there = town("Elders")
    one = late(here)
    actions_of_officer(here, one)
    by = there.privacy_officer
    assert found(there, "hours") == []
    assert asked(by, "select * from oversight_looks(%s, %s)", [one.key.worker, WEDNESDAY]) == []
    assert asked(by, "select * from oversight_followup", []) == []
    reviews = "select distinct worker_id from oversight_reviews(%s, %s)"
    assert asked(by, reviews, [WEDNESDAY, timezone.localdate()]) == [(by.id,)], "her own looking just now"


def test_an_officer_whose_function_ended_gets_nothing(here: Town) -> None:
    late(here)
    post = asked(here.operator, "select id from access_post where function = 'privacy_officer'", [])[0][0]
    with acting(here.operator):
        access.end_post(by=here.operator, post=post, on=here.today)  # type: ignore[arg-type]
    assert found(here, "hours") == [], "the pages ask the function of today; the database does so too"


def test_an_officer_reaches_no_file_and_no_trail_but_her_own(here: Town) -> None:
    key = household(here)
    late(here)
    by = here.privacy_officer
    for table in ("households_household", "households_person", "households_address", "casework_case", "access_reach"):
        rows = asked(by, f"select count(*) from {table} where municipality_id = %s", [by.municipality_id])
        assert table == "access_reach" or rows == [(0,)], table
    assert asked(by, "select * from access_reach where worker_id = %s", [by.id]) == []
    assert asked(by, "select distinct actor_id from audit_trailevent", []) in ([], [(by.id,)])
    assert asked(by, "select * from oversight_who_looked(%s, %s)", [key, WEDNESDAY]) == []
    with acting(by), pytest.raises(NotOpen):
        actions.give_list(by=by, household=key, language="nl", since=WEDNESDAY, today=here.today)


def test_what_the_officer_sees_of_a_household_is_a_reference_and_an_initial(here: Town) -> None:
    key = household(here, street="Molenstraat")
    looked(here.worker, key, when=timezone.now(), ground="front_desk")
    with acting(here.privacy_officer):
        day = timezone.localdate()
        lines = queries.unusual(Days(day, day), by=here.privacy_officer, seen_as="test")
        line = next(one for one in lines if one.key.rule == "other_team")
        looks = queries.looks_behind(line, by=here.privacy_officer)
    shown = f"{line} {line.sentence} {looks}"
    assert str(key) not in shown and "Yıldız" not in shown and "Molenstraat" not in shown
    assert line.home == f"dossier {str(key)[:4].upper()}-{str(key)[4:8].upper()} (Y.)"
    assert [look.home for look in looks] == [line.home]


@pytest.mark.parametrize("role", OTHERS)
def test_the_pages_are_closed_to_others(client: Client, here: Town, role: str) -> None:
    one = late(here)
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    for address in (reverse("oversight:unusual"), reverse("oversight:checks"), reverse("oversight:streets"), of(one)):
        for answer in (client.get(address), client.post(address, {"outcome": "explained", "words": "x"})):
            assert answer.status_code == 403, address
            assert b"Alleen de functionaris voor gegevensbescherming" in answer.content
    assert follow_ups_in(here) == 0


def of(one: Finding) -> str:
    key = one.key
    return reverse("oversight:finding", args=[key.rule, key.worker, key.day.isoformat(), key.reference or "-"])


def follow_ups_in(here: Town) -> int:
    with acting(here.privacy_officer):
        return FollowUp.objects.count()


# Following up


def test_steps_are_rows_and_stay(here: Town) -> None:
    one = late(here)
    actions_of_officer(here, one)
    actions_of_officer(here, one, "explained", "Een crisis in het gezin.")
    with acting(here.privacy_officer):
        steps = queries.follow_ups(Days(WEDNESDAY, WEDNESDAY), by=here.privacy_officer)[one.key]
        assert [(step.outcome, step.noted_by) for step in steps] == [
            ("asked", here.privacy_officer.id), ("explained", here.privacy_officer.id),
        ]  # fmt: skip
        assert TrailEvent.objects.filter(kind=events.FOLLOWED_UP.slug, about=str(one.key)).count() == 2
    for attempt in ("delete from oversight_followup", "update oversight_followup set outcome = 'explained'"):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting(here.privacy_officer):
            connection.cursor().execute(attempt)


@pytest.mark.parametrize("outcome", ["explained", "not_in_order"])
def test_what_it_came_to_has_words(here: Town, outcome: str) -> None:
    one = late(here)
    with pytest.raises(BadInput, match="Schrijf op wat de medewerker zei"):
        actions_of_officer(here, one, outcome, "  ")
    with pytest.raises(NotNow, match="Duid aan wat ervan kwam"):
        actions_of_officer(here, one, "guilty", "x")


def test_nobody_follows_up_her_own_looking(here: Town) -> None:
    one = late(here, here.privacy_officer)
    with pytest.raises(Denied, match="Je eigen kijken"):
        actions_of_officer(here, one)
    with pytest.raises(ProgrammingError), acting(here.privacy_officer):
        row(here, one.key.worker, here.privacy_officer.id)


def row(here: Town, worker: UUID, noted_by: UUID) -> None:
    FollowUp.objects.create(
        municipality_id=here.municipality.id, worker_id=worker, rule="hours", day=WEDNESDAY, outcome="asked",
        noted_at=timezone.now(), noted_by=noted_by,
    )  # fmt: skip


def test_a_row_in_the_name_of_somebody_else_is_refused_by_the_database(here: Town) -> None:
    with pytest.raises(ProgrammingError), acting(here.privacy_officer):
        row(here, here.worker.id, here.colleague.id)


def test_a_worker_cannot_write_a_row(here: Town) -> None:
    with pytest.raises(ProgrammingError), acting(here.worker):
        row(here, here.colleague.id, here.worker.id)


def test_what_no_rule_finds_is_not_followed_up(here: Town) -> None:
    by = here.privacy_officer
    with acting(by), pytest.raises(NotNow, match="staat niet bij het ongewone kijken"):
        actions.follow_up(by=by, finding=None, outcome="asked", words="", now=timezone.now())


# Pages of the officer


@pytest.fixture
def officer(client: Client, here: Town) -> Client:
    client.force_login(here.users["privacy_officer"], backend="nabij.access.backends.EmailBackend")
    return client


def overview(officer: Client, **asked: str) -> str:
    answer = officer.get(reverse("oversight:unusual"), {"since": str(WEDNESDAY), "until": str(WEDNESDAY), **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_counts_open_what_they_count(officer: Client, here: Town) -> None:
    one = late(here)
    late_too = late(here, here.colleague)
    page = overview(officer)
    assert "2 keer" in page and of(one) in page and of(late_too) in page
    assert of(one) in overview(officer, rule="hours")
    assert "Niets ongewoons in deze dagen." in overview(officer, rule="many")
    looks = officer.get(of(one)).content.decode()
    assert looks.count("<strong>3 u.</strong>") == 2, "what is counted is what is listed"


def test_done_and_not_done(officer: Client, here: Town) -> None:
    one = late(here)
    assert of(one) in overview(officer, state="open") and of(one) not in overview(officer, state="done")
    answer = officer.post(of(one), {"outcome": "explained", "words": "Een crisis."})
    assert answer.status_code == 302
    assert of(one) in overview(officer, state="done") and of(one) not in overview(officer, state="open")
    assert "Een crisis." in officer.get(of(one)).content.decode()


def test_sent_twice_is_one_step(officer: Client, here: Town) -> None:
    one, key = late(here), str(uuid4())
    for _ in range(2):
        assert officer.post(of(one), {"key": key, "outcome": "asked", "words": ""}).status_code == 302
    assert follow_ups_in(here) == 1


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [("2026-06-11", "2026-06-10", "eindigt voor ze begint"), ("2026-01-01", "2026-06-10", "hoogstens 92 dagen"),
     ("2026-02-31", "2026-06-10", "geen dag die bestaat"), ("x", "y", "geen dag die bestaat")],
)  # fmt: skip
def test_a_period_that_cannot_be_is_told(officer: Client, since: str, until: str, said: str) -> None:
    answer = officer.get(reverse("oversight:unusual"), {"since": since, "until": until})
    assert said in answer.content.decode()


@pytest.mark.parametrize("part", ["rule", "day", "reference"])
def test_an_address_of_nothing_is_a_page_that_is_not_there(officer: Client, here: Town, part: str) -> None:
    key = late(here).key
    parts = {"rule": "hours", "worker": key.worker, "day": str(WEDNESDAY), "reference": "-"} | {part: "anders"}
    answer = officer.get(reverse("oversight:finding", kwargs=parts))
    assert answer.status_code == 404
    assert "Dit staat niet bij het ongewone kijken" in answer.content.decode()


def test_looking_here_is_seen_by_the_next_officer(client: Client, here: Town) -> None:
    second = enrol(here, "Tweede Functionaris", "privacy_officer")
    one = late(here)
    client.force_login(here.users["privacy_officer"], backend="nabij.access.backends.EmailBackend")
    client.get(of(one))
    with acting(who.actor_for(second, on=here.today)):
        today = timezone.localdate()
        seen = queries.reviews(Days(today, today), by=who.actor_for(second, on=here.today))
    assert {review.worker_id for review in seen} == {here.privacy_officer.id}
    assert "Buiten de uren, Wim Werker, 10 juni 2026" in [review.purpose for review in seen]


# The street


def test_a_street_is_ones_own_or_the_officers(here: Town) -> None:
    for by in (here.worker, here.privacy_officer):
        with acting(by):
            actions.note_street(by=by, worker=here.worker.id, street="Kerkstraat", postcode="9999", now=timezone.now())
            assert HomeStreet.objects.get().noted_by == by.id
    for role in ("colleague", "director", "administrator"):
        by = getattr(here, role)
        with acting(by):
            assert not HomeStreet.objects.exists()
            with pytest.raises(Denied):
                actions.note_street(by=by, worker=here.worker.id, street="X", postcode="9999", now=timezone.now())
    with acting(here.worker):
        actions.note_street(by=here.worker, worker=here.worker.id, street="", postcode="", now=timezone.now())
        assert not HomeStreet.objects.exists()


def test_a_street_that_cannot_be(officer: Client, here: Town) -> None:
    address = reverse("oversight:street", args=[here.worker.id])
    for sent, said in (({"street": "Kerkstraat"}, "allebei in"), ({"street": "K", "postcode": "99"}, "vier cijfers")):
        answer = officer.post(address, sent)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    nobody = officer.get(reverse("oversight:street", args=[uuid4()]))
    assert nobody.status_code == 404


def test_a_street_of_somebody_of_another_town_is_refused_by_the_database(here: Town) -> None:
    there = town("Elders")
    with acting(here.worker), pytest.raises((ProgrammingError, IntegrityError)):
        HomeStreet.objects.create(
            municipality_id=here.municipality.id, worker_id=there.worker.id, street="X", postcode="9999",
            noted_at=timezone.now(), noted_by=here.worker.id,
        )  # fmt: skip


def test_the_officer_does_not_read_that_there_is_a_sealed_note(officer: Client, here: Town) -> None:
    looked(here.worker, uuid4(), when=at(WEDNESDAY, "03:00"), page="verzegelde notitie")
    looked(here.worker, uuid4(), when=at(WEDNESDAY, "03:00"), page="iets wat later een bladzijde wordt")
    page = officer.get(of(found(here, "hours")[0])).content.decode()
    assert "erzegeld" not in page and "later een bladzijde" not in page
    assert page.count("pagina: dossier") == 2


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    ("hours", "faults", "said"),
    [(None, 0, "nog nooit nagekeken"), (1, 0, "werd vannacht nagekeken: heel."), (30, 0, "vannacht niet nagekeken"),
     (1, 2, "op 2 plaatsen klopt het niet")],
)  # fmt: skip
def test_what_the_night_found_stands_above_the_page(
    officer: Client, here: Town, monkeypatch: pytest.MonkeyPatch, hours: int | None, faults: int, said: str
) -> None:
    when = timezone.now() - timedelta(hours=hours or 0)
    check = TrailCheck(at=when, seals=9, waiting=0, faults=faults, wrong=["Bij zegel 5 ontbreekt …"] * faults)
    monkeypatch.setattr(views.audit, "checks", lambda **_: [] if hours is None else [check])
    assert said in overview(officer)
    below = officer.get(reverse("oversight:checks")).content.decode()
    assert ("Bij zegel 5 ontbreekt" in below) == bool(faults)
