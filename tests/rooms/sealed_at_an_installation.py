"""A worker with something sealed at an installation of a test, in a process of its own: `python -m` and this name.

`write` makes a town and prints who wrote what where; `read` opens it as its author does; both over the pages alone.
"""

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

# Words that stand nowhere else: each typed on another way into the house, and one that anybody of the team may read.
SEALED = {"saved": "zwaluwstaart", "draft": "kruidnagel", "held": "vlierbessen", "refused": "wentelteefje"}
SHARED = "paardebloem"


def main() -> None:
    """Do what the command line asks, and print what came of it as JSON."""
    import django

    django.setup()
    asked = {"write": write, "read": read}[sys.argv[1]]
    print(json.dumps(asked(*sys.argv[2:])))  # it is what the test reads


def visitor_of(user: Any, secret: str = "") -> Any:
    """Return somebody at a browser, with the app of this secret; nobody is signed in yet."""
    from django.test import Client
    from tests.rooms.signin.hands import Visitor

    return Visitor(user, Client(headers={"host": "127.0.0.1"}), secret)


def write() -> dict[str, str]:
    """Write a sealed note, a draft, a text that was sent after the session was lost, and one that is refused."""
    from django.urls import reverse
    from tests import factories
    from tests.factories import household, town
    from tests.rooms.signin.hands import with_password

    from nabij.kernel.forms import made_key
    from nabij.territory import queries

    for _there in queries.municipalities():
        next(factories._numbers)  # those of the towns that an earlier process made
    here = town()
    home = household(here)
    form = reverse("casework:note-add", args=[home])
    visitor = visitor_of(with_password(here, "worker"))
    visitor.sets_up()
    client = visitor.client

    def send(text: str, kind: str = "sealed", **other: str) -> tuple[int, str]:
        key = str(uuid4())
        given = {"kind": kind, "text": text, "about_on": f"{here.today:%Y-%m-%d}", "key": key} | other
        return client.post(form, given).status_code, key

    (saved, note), (shared, _key) = (
        send(f"Een {SEALED['saved']} in de kelder"),
        send(f"Een {SHARED} in de tuin", "shared"),
    )
    twice, _key = send(f"Een {SEALED['saved']} in de kelder", key=note)
    later = f"{here.today + timedelta(days=3):%Y-%m-%d}"
    refused, _key = send(f"Een {SEALED['refused']} op tafel", about_on=later)
    note = str(made_key(visitor.user.pk, UUID(note)))
    opened = client.post(reverse("casework:note-sealed", args=[home, note]))
    mark = client.get(form).content.decode().split('name="draft-owner" value="')[1].split('"')[0]
    draft = client.post(reverse("access:draft"), {"draft-key": form, "kind": "sealed", "text": SEALED["draft"]})
    client.logout()
    held, _key = send(f"Een {SEALED['held']} in huis", **{"draft-owner": mark})
    answers = [saved, shared, twice, refused, opened.status_code, draft.status_code, held]
    return {
        "home": str(home), "note": note, "worker": str(visitor.user.pk), "email": visitor.user.email,
        "slug": here.municipality.slug, "secret": visitor.secret,
        "answers": str(answers), "read": str(SEALED["saved"] in opened.content.decode()),
    }  # fmt: skip


def read(worker: str, home: str, note: str, secret: str) -> dict[str, Any]:
    """Sign in with the app, or with a new one where there is none, and open the file, the note and the form with the draft."""
    from django.urls import reverse
    from tests.rooms.signin.hands import FIRST, SECOND

    from nabij.access.models import User

    visitor = visitor_of(User.objects.get(pk=worker), secret)
    asked = visitor.types_password()["Location"]
    if asked == FIRST:
        visitor.sees_drawing()
        visitor.post(FIRST, {"code": visitor.code()})
    else:
        visitor.rests()
        answer = visitor.post(SECOND, {"code": visitor.code()})
        if not visitor.is_in():
            return {"in": False, "why": answer.content.decode()}
    client = visitor.client
    file = client.get(reverse("desk:household", args=[home]))
    opened = client.post(reverse("casework:note-sealed", args=[home, note]))
    form = client.get(reverse("casework:note-add", args=[home]))
    page = opened.content.decode()
    return {
        "in": True,
        "secret": visitor.secret,
        "answers": [file.status_code, opened.status_code, form.status_code],
        "note": SEALED["saved"] in page,
        "draft": SEALED["draft"] in form.content.decode(),
        "sentence": "De notitie gaat nu niet open" in page and "sleutel die hier niet meer is" in page,
    }


if __name__ == "__main__":
    main()
