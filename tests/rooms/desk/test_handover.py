"""Handing over: at most one case manager at any moment, a loser who reads why, and a way back on the same day."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import PASSWORD, Town, enrol, household, town
from tests.rooms.at_once import at_once

from nabij.access import dividing, reach
from nabij.access import queries as who
from nabij.casework import actions as casework
from nabij.casework import queries as cases
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db


def led(where: Town, by: Actor | None = None, **kwargs: object) -> UUID:
    """Return a household of wijk A with `worker` as its case manager."""
    key = household(where, **kwargs)  # type: ignore[arg-type]
    by = by or where.worker
    with acting(by):
        casework.open_case(by=by, household=key, on=where.today, now=timezone.now())
    return key


def charge(where: Town, key: UUID) -> who.InCharge:
    with acting(where.coordinator):
        return who.in_charge([key], by=where.coordinator, on=where.today)[key]


def give(
    where: Town, key: UUID, *, to: Actor, expected: Actor | None, by: Actor | None = None, **more: object
) -> object:
    by = by or where.coordinator
    asked = {"on": where.today, "reason": "verlof", "note": "bel na vier uur"} | more
    with acting(by):
        return casework.hand_over(
            by=by, household=key, expected=expected.id if expected else None, to=to.id, now=timezone.now(),
            today=where.today, **asked,  # type: ignore[arg-type]
        )  # fmt: skip


def one_won(results: list[object]) -> NotNow:
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(lost) == 1, results
    assert isinstance(lost[0], NotNow), lost[0]
    return lost[0]


def second_coordinator(where: Town) -> Actor:
    user = enrol(where, "Katrien Tweede", "coordinator", where.teams[0])
    with acting(where.operator):
        return who.actor_for(user, on=where.today)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("has_lead", [True, False])
def test_of_two_coordinators_at_one_second_one_wins(has_lead: bool) -> None:
    where = town()
    second = second_coordinator(where)
    key = led(where) if has_lead else household(where)
    expected = where.worker if has_lead else None
    results = at_once(
        lambda: give(where, key, to=where.colleague, expected=expected),
        lambda: give(where, key, to=where.neighbour, expected=expected, by=second),
    )
    sentence = str(one_won(results))
    now = charge(where, key)
    assert now.lead and now.lead.id in (where.colleague.id, where.neighbour.id)
    assert sentence == f"Intussen is {now.lead.name} dossierhouder. Kijk opnieuw voor je overdraagt."
    with acting(where.coordinator):
        assert len(cases.handovers_of(key, by=where.coordinator)) == 1
        assert reach.differences() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_bundles_that_cross_do_not_wait_for_each_other_for_ever() -> None:
    where = town()
    second = second_coordinator(where)
    keys = [led(where, number=str(number)) for number in range(1, 7)]

    def many(by: Actor, to: Actor, order: list[UUID]) -> object:
        with acting(by):
            return casework.hand_over_many(
                by=by, expected=dict.fromkeys(order, where.worker.id), to=to.id, on=where.today, reason="verdeling",
                now=timezone.now(), today=where.today,
            )  # fmt: skip

    results = at_once(
        lambda: many(where.coordinator, where.colleague, keys),
        lambda: many(second, where.neighbour, keys[::-1]),
    )
    one_won(results)
    leads = {charge(where, key).lead for key in keys}
    assert len(leads) == 1, "all or nothing"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_takes_a_household_while_it_is_given_away() -> None:
    where = town()
    key = household(where)

    def take() -> None:
        with acting(where.worker):
            casework.take_lead(by=where.worker, household=key, on=where.today, now=timezone.now())

    results = at_once(take, lambda: give(where, key, to=where.colleague, expected=None))
    one_won(results)
    assert charge(where, key).lead


def test_the_page_that_is_too_old_says_who_it_is_now() -> None:
    where = town()
    key = led(where)
    give(where, key, to=where.colleague, expected=where.worker)
    with pytest.raises(NotNow, match="Intussen is Cleo Collega dossierhouder"):
        give(where, key, to=where.neighbour, expected=where.worker)
    with pytest.raises(NotNow, match="geen dossierhouder meer"):
        other = household(where)
        give(where, other, to=where.neighbour, expected=where.worker)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": -1}, "vandaag of later"),
        ({"on": 400}, "hoogstens een jaar"),
        ({"to": "desk"}, "begeleidt op die dag geen gezinnen"),
        ({"to": "worker"}, "is al dossierhouder"),
    ],
)
def test_what_cannot_be_is_said(changes: dict[str, object], sentence: str) -> None:
    where = town()
    key = led(where)
    on = where.today + timedelta(days=changes.get("on", 0))  # type: ignore[arg-type]
    to = getattr(where, str(changes.get("to", "colleague")))
    with pytest.raises(BadInput, match=sentence):
        give(where, key, to=to, expected=where.worker, on=on)


def test_who_may_hand_over() -> None:
    where = town()
    key = led(where)
    with pytest.raises(Denied):
        give(where, key, to=where.colleague, expected=where.worker, by=where.colleague)
    with pytest.raises(NotOpen):
        give(where, key, to=where.colleague, expected=where.worker, by=where.neighbour)
    give(where, key, to=where.colleague, expected=where.worker, by=where.worker)
    assert charge(where, key).lead == where.users["colleague"]


def test_many_name_the_household_that_changed_and_change_nothing() -> None:
    where = town()
    first, second = led(where, number="1"), led(where, number="2")
    give(where, second, to=where.colleague, expected=where.worker)
    by = where.coordinator
    with acting(by), pytest.raises(NotNow, match=r"Intussen heeft Ayşe Yıldız een andere dossierhouder\. Er is niets"):
        casework.hand_over_many(
            by=by, expected={first: where.worker.id, second: where.worker.id}, to=where.neighbour.id, on=where.today,
            reason="r", now=timezone.now(), today=where.today,
        )  # fmt: skip
    assert charge(where, first).lead == where.users["worker"]


def test_many_of_another_team_or_town_do_not_exist() -> None:
    where, there = town("Hier"), town("Daar")
    mine = led(where)
    for foreign in (household(where, street="Molenstraat"), household(there), uuid4()):
        by = where.coordinator
        with acting(by), pytest.raises(NotOpen):
            casework.hand_over_many(
                by=by, expected={mine: where.worker.id, foreign: None}, to=where.colleague.id, on=where.today, reason="r",
                now=timezone.now(), today=where.today,
            )  # fmt: skip
        assert charge(where, mine).lead == where.users["worker"]


def back(where: Town, handover: object, by: Actor | None = None) -> None:
    by = by or where.coordinator
    with acting(by):
        casework.take_back(by=by, handovers=[handover.id], now=timezone.now(), today=where.today)  # type: ignore[attr-defined]


def test_a_handover_of_today_is_undone_and_both_stay_in_the_history() -> None:
    where = town()
    key = led(where)
    with acting(where.worker):
        casework.choose_duo(
            by=where.worker, household=key, worker=where.colleague.id, on=where.today, now=timezone.now()
        )
    made = give(where, key, to=where.colleague, expected=where.worker)
    assert (charge(where, key).lead, charge(where, key).duo) == (where.users["colleague"], None)
    back(where, made)
    assert (charge(where, key).lead, charge(where, key).duo) == (where.users["worker"], where.users["colleague"])
    with acting(where.coordinator):
        assert len(cases.handovers_of(key, by=where.coordinator)) == 2
        assert reach.differences() == 0
    with pytest.raises(NotNow, match="Intussen is Wim Werker dossierhouder"):
        back(where, made)


def test_a_household_that_had_nobody_has_nobody_again() -> None:
    where = town()
    key = household(where)
    back(where, give(where, key, to=where.colleague, expected=None))
    assert charge(where, key).lead is None


def test_a_handover_for_later_is_seen_and_undone() -> None:
    where = town()
    key = led(where)
    later = where.today + timedelta(days=5)
    made = give(where, key, to=where.colleague, expected=where.worker, on=later)
    assert charge(where, key).lead == where.users["worker"]
    with acting(where.coordinator):
        planned = dividing.planned_lead(key, by=where.coordinator, on=where.today)
        assert planned and planned.worker == where.users["colleague"]
    back(where, made)
    with acting(where.coordinator):
        after = who.in_charge([key], by=where.coordinator, on=later)[key]
        assert after.lead == where.users["worker"]
        assert dividing.planned_lead(key, by=where.coordinator, on=where.today).worker == where.users["worker"]  # type: ignore[union-attr]


def test_who_may_undo() -> None:
    where = town()
    made = give(where, led(where), to=where.colleague, expected=where.worker, by=where.worker)
    with pytest.raises(Denied):
        back(where, made, by=where.colleague)
    back(where, made, by=where.worker)  # who handed over, and no longer is case manager


def test_yesterday_is_not_undone() -> None:
    where = town()
    key = led(where)
    by = where.coordinator
    with acting(by):
        made = casework.hand_over(
            by=by, household=key, expected=where.worker.id, to=where.colleague.id, on=where.today, reason="r",
            now=timezone.now() - timedelta(days=1), today=where.today,
        )  # fmt: skip
    with pytest.raises(NotNow, match="op de dag zelf"):
        back(where, made)


# Pages


def visit(where: Town, role: str) -> Client:
    client = Client()
    client.force_login(where.users[role], backend="nabij.access.backends.EmailBackend")
    return client


def form(where: Town, to: str, expected: str = "worker", **more: object) -> dict[str, object]:
    lead = str(getattr(where, expected).id) if expected else "niemand"
    return {
        "to": str(getattr(where, to).id),
        "on": where.today.isoformat(),
        "reason": "verlof",
        "expected": lead,
    } | more


def test_the_page_hands_over_and_the_message_has_a_way_back() -> None:
    where = town()
    key = led(where)
    client, url = visit(where, "coordinator"), reverse("desk:hand-over", args=[key])
    page = client.get(url).content.decode()
    assert "gaat van Wim Werker" in page
    assert "Cleo Collega · dossierhouder van 0 gezinnen" in page
    done = client.post(url, form(where, "colleague"), follow=True)
    text = done.content.decode()
    assert "Overgedragen aan Cleo Collega." in text
    undo = text[text.index("/team/overdragen/terug/") :].split('"', 1)[0]
    assert "terug naar Wim Werker" in client.get(undo).content.decode()
    again = client.post(undo.split("?")[0], {"h": undo.split("h=")[1]}, follow=True)
    assert "Ongedaan gemaakt." in again.content.decode()
    assert charge(where, key).lead == where.users["worker"]


def test_the_same_form_twice_and_the_back_button() -> None:
    where = town()
    key = led(where)
    client, url = visit(where, "coordinator"), reverse("desk:hand-over", args=[key])
    assert client.post(url, form(where, "colleague")).status_code == 302
    twice = client.post(url, form(where, "colleague", note="wat ik typte"))
    assert twice.status_code == 422
    assert "Intussen is Cleo Collega dossierhouder" in twice.content.decode()
    assert "wat ik typte" in twice.content.decode()
    assert f'value="{where.colleague.id}"' in twice.content.decode(), "what is saved next is about who it is now"


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("worker", 200), ("colleague", 403), ("neighbour", 404), ("desk", 404), ("director", 404),
     ("administrator", 404), ("bridge_figure", 404)],
)  # fmt: skip
def test_who_sees_the_page(role: str, status: int) -> None:
    where = town()
    key = led(where)
    answer = visit(where, role).get(reverse("desk:hand-over", args=[key]))
    assert answer.status_code == status
    if status == 403:
        assert "Alleen de coördinator of de dossierhouder draagt een gezin over." in answer.content.decode()
    if status == 404:
        assert "Dit dossier is niet voor jou open." in answer.content.decode()


def test_another_town_sees_nothing() -> None:
    where, there = town("Hier"), town("Daar")
    key = led(where)
    assert visit(there, "coordinator").get(reverse("desk:hand-over", args=[key])).status_code == 404
    many = {"households": [f"{key}|niemand"]}
    assert visit(there, "coordinator").post(reverse("desk:hand-over-many"), many).status_code == 404


def test_many_from_the_team_to_the_effect_to_saved() -> None:
    where = town()
    keys = [led(where, number="1"), led(where, number="2")]
    values = [f"{key}|{where.worker.id}" for key in keys]
    client, url = visit(where, "coordinator"), reverse("desk:hand-over-many")
    assert "Draag 2 gezinnen over" in client.post(url, {"shown": values, "all": "1"}).content.decode()
    typed = form(where, "colleague", households=values, note="bel na vier")
    effect = client.post(url, typed | {"step": "effect"}).content.decode()
    assert "2 gezinnen gaan naar Cleo Collega" in effect
    assert "is nu dossierhouder van 0, en dan van 2" in effect
    assert charge(where, keys[0]).lead == where.users["worker"]
    edited = client.post(url, typed | {"step": "edit"}).content.decode()
    assert "bel na vier" in edited
    done = client.post(url, typed | {"step": "confirm"}, follow=True)
    assert "2 gezinnen overgedragen aan Cleo Collega." in done.content.decode()
    assert {charge(where, key).lead for key in keys} == {where.users["colleague"]}
    late = client.post(url, typed | {"step": "confirm"})
    assert late.status_code == 422
    assert "een andere dossierhouder. Er is niets overgedragen." in late.content.decode()


def test_many_with_nothing_or_nonsense_ticked() -> None:
    where = town()
    client, url = visit(where, "coordinator"), reverse("desk:hand-over-many")
    for values in ([], ["onzin"], ["|"]):
        answer = client.post(url, {"households": values}, follow=True)
        assert "Duid eerst minstens één gezin aan." in answer.content.decode()
    assert client.get(url).status_code == 302
    assert visit(where, "worker").post(url, {"households": []}).status_code == 403
    assert visit(where, "director").post(url, {"households": []}).status_code == 403


def test_what_was_typed_for_many_survives_and_is_forgotten_once_saved() -> None:
    where = town(sign_in=True)
    key = led(where)
    values = [f"{key}|{where.worker.id}"]
    client, url = visit(where, "coordinator"), reverse("desk:hand-over-many")
    assert f'data-draft="{url}"' in client.post(url, {"households": values}).content.decode()
    client.post(reverse("access:draft"), {"draft-key": url, "note": "bel na vier", "to": str(where.colleague.id)})
    shown = client.post(url, {"households": values}).content.decode()
    assert "bel na vier" in shown
    assert "bewaarde je nog niet" in shown
    assert f'value="{where.colleague.id}" selected' in shown
    typed = form(where, "colleague", households=values, note="bel na vijf")
    effect = client.post(url, typed | {"step": "effect"}).content.decode()
    owner = effect.split('name="draft-owner" value="')[1].split('"')[0]
    client.logout()  # the session is lost on the last page before saving
    client.post(url, typed | {"step": "confirm", "draft-owner": owner})
    assert charge(where, key).lead == where.users["worker"]
    client.post(reverse("access:sign-in"), {"email": where.users["coordinator"].email, "password": PASSWORD})
    assert "bel na vijf" in client.post(url, {"households": values}).content.decode()
    assert client.post(url, typed | {"step": "confirm"}).status_code == 302
    assert charge(where, key).lead == where.users["colleague"]
    again = [f"{key}|{where.colleague.id}"]
    assert "bel na vijf" not in client.post(url, {"households": again}).content.decode()
