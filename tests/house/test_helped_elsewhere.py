"""Who is helped elsewhere does not exist for the own neighbourhood: two equal towns, one in which that household lives.

Every page, for everybody with a post in the avoided team or its centre, is the same in both, but for keys and hours; and
over raw SQL, as the application, no table has a row of it.
"""

import difflib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.factories import Town, enrol, household, town
from tests.house.addresses import Lived, _announced, _directory, _expert, _needed, lived

from nabij.access import actions as access
from nabij.access import drafts, reach
from nabij.access import queries as who
from nabij.access.models import Absence, Basis, Post
from nabij.access.roles import Ground
from nabij.frontdesk.models import Appointment, Contact
from nabij.households.actions import NewPerson
from nabij.households.models import Household, Membership
from nabij.households.queries import face_of, open_household
from nabij.journeys import helped_elsewhere
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import NotOpen

pytestmark = pytest.mark.django_db

AT_THE_CENTRE = ("desk", "worker", "colleague", "coordinator", "neighbour", "bridge_figure", "administrator")
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OTHER_EACH_TIME = [
    (re.compile(r'name="(csrfmiddlewaretoken|draft-owner)" value="[^"]*"'), r"\1"),
    (re.compile(r'"X-CSRFToken": "[^"]*"'), "token"),
    (UUIDS, "key"),
    (re.compile(r"\d{1,2}:\d\d(:\d\d)?(\.\d+)?(\+\d\d:\d\d)?"), "hour"),
    (re.compile(r"\b(\w+)\.\d+@example"), r"\1@example"),
    (re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b"), "reference"),
    (re.compile(r"testegem-\d+|\?v=\w+"), "town"),
]
# Signing out, and what changes a town for who comes after.
NOT_WALKED = {"access:sign-out", "access:demo-sign-in", "access:language"}
# Of other households, of the directory of workers, and of one's own keys and hours.
OF_OTHERS = ("oidc:", "signin:", "oversight:emergency", "oversight:street", "oversight:finding", "privacy:hold")
ASKED = [
    ("/onthaal/gekend/", {"given_name": "Ayşe", "family_name": "Yıldız", "birth_date": "4/3/1990"}),
    ("/onthaal/gekend/", {"given_name": "Ayse", "family_name": "Yildiz"}),
    ("/onthaal/gekend/", {"given_name": "Iemand", "birth_date": "4/3/1990"}),
    ("/onthaal/gekend/", {"phone": "0499 00 00 01"}),
    ("/onthaal/adres/", {"street": "Kerkstraat", "number": "12"}),
    ("/zoek/", {"q": "Yıldız"}),
    ("/zoek/", {"q": "Kerkstraat"}),
    ("/team/", {"wie": "{worker}"}),
    ("/gezin/{other}/erbij/", {"given_name": "Ayşe", "family_name": "Yıldız", "birth_date": "4/3/1990"}),
]


@dataclass
class Twins:
    """A town in which a household is helped elsewhere, its twin in which it never was, and the keys of both."""

    here: Town
    there: Town
    hidden: Lived
    helper: Actor
    others: tuple[UUID, UUID]
    people: list[UUID]

    def mirrored(self, address: str) -> str:
        """Return an address of here as it is there: the same workers, posts and centre; the rest is nobody's."""
        pairs = {self.here.users[role].id: self.there.users[role].id for role in self.here.users}
        pairs |= {one: _post(self.there, role) for role in self.here.users if (one := _post(self.here, role))}
        pairs |= {self.here.centre.id: self.there.centre.id, self.others[0]: self.others[1]}
        pairs[_absence(self.here)] = _absence(self.there)
        for one, other in pairs.items():
            address = address.replace(str(one), str(other))
        return address


def _post(where: Town, role: str) -> UUID | None:
    with acting(where.administrator):
        return Post.objects.filter(worker_id=where.users[role].id).values_list("id", flat=True).first()


def _absence(where: Town) -> UUID:
    with acting(where.worker):
        return Absence.objects.values_list("id", flat=True).get()


def at_the_sociaal_huis(where: Town) -> Actor:
    """Return a worker of the central team, who has no post in the centre of team A."""
    user = enrol(where, "Hanne Huis", "director")
    by = where.operator
    with acting(by):
        access.end_post(by=by, post=Post.objects.get(worker_id=user.id).id, on=where.today)
        access.appoint(by=by, worker=user.id, function="social_worker", on=where.today, team=where.teams[2].id)
    where.users["helper"] = user
    with acting(by):  # posts are read inside a context only
        return who.actor_for(user, on=where.today)


def twins(*, noted_by: str = "worker") -> Twins:
    here, there = town(), town()
    helper = at_the_sociaal_huis(here)
    at_the_sociaal_huis(there)
    others = tuple(
        household(one, people=(NewPerson("Olena", "Bondar", date(1991, 1, 2), "day"),), street="Grensstraat", number="1",
                  by=one.colleague)
        for one in (here, there)
    )  # fmt: skip
    hidden = lived(here)
    for beside in (_needed, _expert, _directory, _announced):  # all that `lived` makes beside the household
        beside(there)
    with acting(there.worker):
        away = there.today + timedelta(days=90)
        now = timezone.now()
        access.note_absence(by=there.worker, worker=there.worker.id, substitute=None, on=away, until=None, now=now)
    with acting(here.colleague):
        drafts.keep(
            by=here.colleague,
            key=f"/gezin/{hidden.household}/contact/",
            fields={"words": ["geheim"]},
            now=timezone.now(),
        )
    with acting(here.worker):
        people = list(Membership.objects.filter(household_id=hidden.household).values_list("person_id", flat=True))
    by = getattr(here, noted_by)
    with acting(by):
        helped_elsewhere.help_elsewhere(by=by, household=hidden.household, on=here.today, now=timezone.now())
    return Twins(here, there, hidden, helper, others, people)  # type: ignore[arg-type]


def seen(client: Client, where: Town, role: str, address: str, method: str) -> tuple[int, str, str]:
    with connection.cursor() as cursor:  # one test is one transaction: the request before this one left its context
        cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
    client.force_login(where.users[role], backend="nabij.access.backends.EmailBackend")
    answer = getattr(client, method)(address)
    if answer["Content-Type"] == "application/pdf":
        return answer.status_code, "", ""  # a font in it is called anew each time
    text = answer.content.decode(errors="replace")
    for pattern, instead in OTHER_EACH_TIME:
        text = pattern.sub(instead, text)
    return answer.status_code, UUIDS.sub("key", answer.get("Location", "")), text


@pytest.mark.parametrize("role", AT_THE_CENTRE)
def test_every_page_is_that_of_a_town_in_which_it_never_lived(client: Client, role: str) -> None:
    both = twins(noted_by="desk" if role == "desk" else "worker")
    walked = {
        name: address
        for name, address in both.hidden.addresses().items()
        if name not in NOT_WALKED and not name.startswith(OF_OTHERS)
    }
    told = {"worker": both.here.worker.id, "other": both.others[0]}
    asked = [f"{path}?{urlencode(query)}".replace("%7B", "{").replace("%7D", "}").format(**told) for path, query in [
        (path.format(**told), query) for path, query in ASKED]]  # fmt: skip
    of_hidden = set(both.hidden.of_household().values())
    told_apart: dict[str, list[str]] = {}
    for address in [*walked.values(), *asked]:
        for method in ("get", "post") if address in of_hidden else ("get",):
            with_it = seen(client, both.here, role, address, method)
            without = seen(client, both.there, role, both.mirrored(address), method)
            if in_any_order(with_it) != in_any_order(without):
                told_apart[f"{method} {address}"] = differing(with_it, without)
    assert not told_apart, json.dumps(told_apart, indent=1, ensure_ascii=False)
    assert len(walked) > 60


def in_any_order(answer: tuple[int, str, str]) -> tuple[int, str, list[str]]:
    """Take the lines of a page apart from their order: rows that are equally old stand by key, and keys differ."""
    status, to, text = answer
    return status, to, sorted(line.strip() for line in re.split(r"(?=<li)|\n", text))


def differing(one: tuple[int, str, str], other: tuple[int, str, str]) -> list[str]:
    lines = [[str(answer[0]), answer[1], *answer[2].splitlines()] for answer in (one, other)]
    return [line for line in difflib.unified_diff(*lines, lineterm="", n=0) if line[:3] not in ("---", "+++")][:6]


VISIT = {
    "given_name": "Bram", "family_name": "Segers", "birth_date": "3/4/1961", "words": "Er staat water in de kamer.",
    "street": "Kerkstraat", "number": "12", "channel": "walk_in", "domain": "housing", "slot": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "sent"),
    [("desk", {}), ("worker", {}), ("worker", {"nameless": "on", "given_name": "", "family_name": ""})],
)
@pytest.mark.parametrize("of", ["household", "contact", "person"])
def test_a_form_that_carries_the_key_of_something_hidden_is_saved_as_any(
    client: Client, role: str, sent: dict[str, str], of: str
) -> None:
    """The page chooses the key that it sends: the answer may not say that something out of sight has it."""
    both = twins()
    with acting(both.helper):
        contact = Contact.objects.filter(household_id=both.hidden.household).values_list("id", flat=True)[0]
    key = {"household": both.hidden.household, "contact": contact, "person": both.people[0]}[of]
    answers = []
    for where, carried in ((both.here, key), (both.there, uuid4())):
        form = VISIT | sent | {"key": str(carried)}
        with connection.cursor() as cursor:
            cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
        client.force_login(where.users[role], backend="nabij.access.backends.EmailBackend")
        first, again = (client.post("/onthaal/", form) for _ in range(2))
        answers.append(
            [(answer.status_code, UUIDS.sub("key", answer.get("Location", ""))) for answer in (first, again)]
        )
        assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
        assert str(carried) not in first["Location"]
    assert answers[0] == answers[1]


def test_the_walk_would_notice(client: Client) -> None:
    """Somebody who may know it sees another page: the comparison is not blind."""
    both = twins()
    address = both.hidden.addresses()["desk:household"]
    assert seen(client, both.here, "helper", address, "get")[0] == 200
    found = "/onthaal/gekend/?" + urlencode({"given_name": "Ayşe", "family_name": "Yıldız"})
    assert "Yıldız" in seen(client, both.here, "helper", found, "get")[2]
    assert "Yıldız" not in seen(client, both.there, "helper", found, "get")[2]


def rows_of(both: Twins, by: Actor) -> dict[str, int]:
    """Return, by table, how many rows of the hidden household, its people and its drafts this worker reads."""
    key, found = both.hidden.household, {}
    with acting(by), connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("nabij."):
                continue
            columns = {field.column for field in model._meta.concrete_fields if field.column}
            if model._meta.db_table == "access_reach":
                columns.add("household_id")
            column = "id" if model is Household else "household_id" if "household_id" in columns else ""
            if column:
                cursor.execute(f"select count(*) from {model._meta.db_table} where {column} = %s", [key])
                found[model._meta.db_table] = cursor.fetchone()[0]
            elif "person_id" in columns:
                cursor.execute(f"select count(*) from {model._meta.db_table} where person_id = any(%s)", [both.people])
                found[model._meta.db_table] = cursor.fetchone()[0]
        cursor.execute("select count(*) from households_person where id = any(%s)", [both.people])
        found["households_person"] = cursor.fetchone()[0]
        cursor.execute("select count(*) from access_draft where key like %s", [f"%{key}%"])
        found["access_draft"] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("noted_by", ["desk", "worker", "coordinator"])
def test_over_raw_sql_there_is_no_row_of_it_in_any_table(noted_by: str) -> None:
    both = twins(noted_by=noted_by)
    for role in (*AT_THE_CENTRE, "director", "privacy_officer"):
        read = rows_of(both, getattr(both.here, role))
        if role == "privacy_officer":  # whoever answers the rights of residents sees who asked what, not the file
            read.pop("privacy_datarequest", None)
        assert not {table: n for table, n in read.items() if n}, role
        assert len(read) > 20
    whole = rows_of(both, both.helper)
    assert {"households_household", "casework_case", "frontdesk_contact", "access_elsewhere", "access_reach"} <= {
        table for table, n in whole.items() if n
    }


def test_the_questions_over_the_wall_leave_it_out() -> None:
    both = twins()
    asked = {
        "select count(*) from households_candidates('ayse yildiz', '{1990-03-04}', '', '+32499000001')": 0,
        f"select count(households_face('{both.hidden.household}'))": 0,
        f"select count(*) from unnest('{{{both.people[0]}}}'::uuid[]) p where households_known(p)": 0,
        "select count(*) from households_alike('{ayse yildiz}', '{1990-03-04}', '{}', '{+32499000001}')": 0,
    }  # fmt: skip
    for role in AT_THE_CENTRE:
        with acting(getattr(both.here, role)), connection.cursor() as cursor:
            for sql, n in asked.items():
                cursor.execute(sql)
                assert cursor.fetchone()[0] == n, (role, sql)
    with acting(both.helper), connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql)
            assert cursor.fetchone()[0] > 0, sql


def test_the_hour_of_a_colleague_is_free_and_nobody_says_why() -> None:
    both = twins()
    now = timezone.now()
    with acting(both.here.coordinator), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from frontdesk_busy(%s, %s, %s)", [[both.here.worker.id], now, now + timedelta(days=2)]
        )
        assert cursor.fetchone()[0] == 0
    with acting(both.helper):
        moved = Appointment.objects.filter(household_id=both.hidden.household, starts_at__gt=now).get()
        assert (moved.worker_id, moved.status) == (both.helper.id, "planned")


def test_the_flat_table_stays_what_the_rule_says_also_after_a_post_of_the_avoided_team() -> None:
    both = twins()
    by, here = both.here.administrator, both.here
    newcomer = enrol(here, "Nieuwe Collega", "social_worker", here.teams[0])
    # Who works in both teams does not see it: the wish of the household weighs more.
    with acting(by):
        access.appoint(by=by, worker=newcomer.id, function="social_worker", on=here.today, team=here.teams[2].id)
        assert reach.differences() == 0
    assert not any(rows_of(both, who.actor_for(newcomer, on=here.today)).values())
    with acting(by):
        access.appoint(by=by, worker=both.helper.id, function="bridge_figure", on=here.today, centre=here.centre.id)
        assert reach.differences() == 0
    assert not any(rows_of(both, both.helper).values())


def test_nobody_takes_the_mark_off_a_basis_by_hand() -> None:
    both = twins()
    helper, key = both.helper, both.hidden.household
    with acting(helper), connection.cursor() as cursor:
        cursor.execute("update access_basis set ever_elsewhere = false, parts = parts where household_id = %s", [key])
        assert cursor.rowcount > 0
        cursor.execute("select bool_and(ever_elsewhere) from access_basis where household_id = %s", [key])
        assert cursor.fetchone() == (True,)
        # What is given afterwards is marked as well, whatever is said of it.
        given = access.basis(
            by=helper, household=key, ground=Ground.DUO, on=both.here.today, now=timezone.now(), worker_id=helper.id
        )
        given.ever_elsewhere = False
        access.give_bases(by=helper, bases=[given])
    with acting(both.here.coordinator):
        assert not Basis.objects.filter(household_id=key).exists()


def test_the_functions_in_the_database_are_those_of_the_code() -> None:
    from nabij.access import hiding

    written = hiding.FUNCTIONS | reach.DERIVING
    with connection.cursor() as cursor:
        for name, sql in written.items():
            cursor.execute("select prosrc, prosecdef from pg_proc where oid = %s::regprocedure", [name])
            body, definer = cursor.fetchone()
            assert body.strip() == sql.split("$$")[1].strip(), name
            assert definer
            cursor.execute("select has_function_privilege('public', %s, 'execute')", [name])
            assert cursor.fetchone()[0] is False, name


def test_one_key_of_a_hidden_file_and_one_of_nobody_leave_the_same_refusal() -> None:
    both = twins()
    for role in AT_THE_CENTRE:
        by = getattr(both.here, role)
        said = {refused(key, by, both.here.today) for key in (both.hidden.household, uuid4())}
        assert len(said) == 1, role


def refused(key: UUID, by: Actor, on: date) -> tuple[str, str]:
    with acting(by), pytest.raises(NotOpen) as door:
        open_household(key, by=by, on=on, purpose="x")
    with acting(by), pytest.raises(NotOpen) as face:
        face_of(key, by=by)
    return str(door.value), str(face.value)
