"""What pages have in common that ask for a code or a passkey: count the try, look, and say in one sentence what is wrong."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.kernel.actor import Actor
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import BadInput
from nabij.kernel.secrets import seal, unseal
from nabij.signin import actions, limits, passkeys, queries, totp
from nabij.signin.models import Factor

_SECRET = "signin.app"  # noqa: S105 - the name of what the session keeps, not a secret


def options(request: HttpRequest, *, by: Actor) -> str:
    """Return what the browser needs to show a passkey, or nothing where there is none or it cannot."""
    known = queries.passkeys(by=by)
    if not known or not passkeys.possible(request):
        return ""
    return passkeys.ask(request, [queries.secret_of(one) for one in known])


def factor_shown(request: HttpRequest, form: Form, user: Any, *, by: Actor) -> str:
    """Return with what a worker showed who it is ("app", "code", "passkey"); or nothing, and the form says why."""
    tried = limits.of_worker("code", user.id, user.email)
    if not may_try(form, tried):
        return ""
    how = attempt(form, _shown, request=request, by=by, data=form.cleaned_data)
    if how:
        limits.right(tried)
    return how or ""


def password_shown(form: Form, user: Any) -> bool:
    """Return whether this is the worker's password; else the form says so."""
    tried = limits.of_worker("password", user.id, user.email)
    if not may_try(form, tried):
        return False
    if not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("Dit is niet je wachtwoord."))
        return False
    limits.right(tried)
    return True


def may_try(form: Form, tried: limits.Try) -> bool:
    """Count a try, and return whether it may be made; else the form says how long to wait."""
    wait = limits.knock(tried, now=timezone.now())
    if wait:
        said = _("Er is te vaak geprobeerd. Wacht %(seconds)s seconden en probeer het dan opnieuw.")
        form.add_error(None, said % {"seconds": wait})
    form.wait = wait  # type: ignore[attr-defined]
    return not wait


def new_app(request: HttpRequest, user: Any) -> dict[str, str]:
    """Return what a page shows to set up an app: the drawing, and the secret to type over; the same until it is used."""
    kept = request.session.get(_SECRET)
    if not kept:
        kept = request.session[_SECRET] = seal(totp.fresh(), use=queries.USE).decode()
    secret = unseal(kept.encode(), use=queries.USE)
    return {"drawing": totp.drawn(totp.address(secret, account=user.email)), "secret": totp.in_fours(secret)}


def add_app(request: HttpRequest, form: Form, *, by: Actor) -> bool:
    """Set up the app of which the page showed the drawing; else the form says why not."""
    kept = request.session.get(_SECRET)
    if not kept:
        form.add_error(None, _("Deze pagina stond te lang open. Laad ze opnieuw en scan de nieuwe tekening."))
        return False
    secret = unseal(kept.encode(), use=queries.USE)
    code = form.cleaned_data["code"]
    if not attempt(form, actions.add_app, by=by, secret=secret, code=code, now=timezone.now()):
        return False
    del request.session[_SECRET]
    return True


def new_passkey(request: HttpRequest, user: Any, *, by: Actor) -> str:
    """Return what the browser needs to make a passkey, or nothing where it cannot."""
    if not passkeys.possible(request):
        return ""
    return passkeys.ask_new(request, user, [queries.secret_of(one) for one in queries.passkeys(by=by)])


def add_passkey(request: HttpRequest, form: Form, *, by: Actor) -> bool:
    """Keep the passkey that the browser made; else the form says why not."""
    data = form.cleaned_data
    name = data["name"] or _("sleutel")
    return bool(attempt(form, _made, request=request, by=by, answer=data["credential"], name=name))


def _made(*, request: HttpRequest, by: Actor, answer: str, name: str) -> Factor:
    credential = passkeys.made(request, answer)
    return actions.add_passkey(by=by, credential=credential, name=name, now=timezone.now())


def _shown(*, request: HttpRequest, by: Actor, data: dict[str, Any]) -> str:
    now = timezone.now()
    if data.get("credential"):
        known = queries.passkeys(by=by)
        at, counter = passkeys.shown(request, data["credential"], [queries.secret_of(one) for one in known])
        actions.use_passkey(by=by, passkey=known[at].id, counter=counter, now=now)
        return "passkey"
    code = data.get("code") or ""
    if not code:
        raise BadInput(_("Typ de code van je app."), field="code")
    if "".join(code.split()).isdigit():
        actions.use_app(by=by, code=code, now=now)
        return "app"
    actions.use_code(by=by, code=code, now=now)
    return "code"
