"""What people do at the sign-in page, in few words: type a password, a code, set up an app."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import PASSWORD, Town

from nabij.kernel.actor import acting
from nabij.kernel.secrets import unseal
from nabij.signin import queries, totp
from nabij.signin.models import Factor

_houses = count(1)
SIGN_IN, FIRST, SECOND = "/aanmelden/", "/aanmelden/tweede-stap/instellen/", "/aanmelden/tweede-stap/"


def with_password(here: Town, role: str, password: str = PASSWORD) -> Any:
    """Give somebody of a town a password, as the command line does, and return the account."""
    user = here.users[role]
    with acting(here.operator):
        user.password = make_password(password)
        user.save(update_fields=["password"])
    return user


def outside() -> None:
    """Forget who acted: a request's context ends with its transaction; a test has one transaction for all."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")


@dataclass
class Visitor:
    """Somebody at a browser of her own, at an address of her own."""

    user: Any
    client: Client = field(default_factory=Client)
    secret: str = ""

    def __post_init__(self) -> None:
        self.client.defaults["REMOTE_ADDR"] = f"10.{next(_houses) % 250}.{next(_houses) % 250}.7"
        self.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"

    @property
    def by(self) -> Any:
        return queries.actor_of(self.user)

    def get(self, address: str) -> HttpResponse:
        outside()
        return self.client.get(address)

    def post(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> HttpResponse:
        outside()
        return self.client.post(address, data or {}, **kwargs)

    def types_password(self, password: str = PASSWORD, **more: str) -> HttpResponse:
        return self.post(SIGN_IN, {"email": self.user.email, "password": password, **more})

    def code(self, later: int = 0) -> str:
        return totp.code(self.secret, totp.step_of(timezone.now()) + later)

    def sees_drawing(self, page: str = FIRST) -> None:
        assert self.get(page).status_code == 200
        self.secret = unseal(self.client.session["signin.app"].encode(), use=queries.USE)

    def sets_up(self) -> HttpResponse:
        """Password, drawing, first code; afterwards she is in, and the answer shows the recovery codes."""
        return self.sets_up_with(PASSWORD)

    def sets_up_with(self, password: str) -> HttpResponse:
        self.types_password(password)
        self.sees_drawing()
        return self.post(FIRST, {"code": self.code()})

    def signs_in(self) -> HttpResponse:
        """Password and a code, on a machine that may be new."""
        self.types_password()
        self.rests()
        return self.post(SECOND, {"code": self.code()})

    def rests(self) -> None:
        """Wait until the app shows another code."""
        with acting(self.by):
            Factor.objects.filter(worker_id=self.user.id, kind="app").update(last_step=0)

    def elsewhere(self) -> "Visitor":
        """The same worker, at another browser."""
        return Visitor(self.user, Client(), self.secret)

    def is_in(self) -> bool:
        return self.get(reverse("signin:mine")).status_code == 200
