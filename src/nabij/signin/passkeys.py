"""Passkeys and security keys (WebAuthn), with the library fido2; the challenge stays in the session and is used once."""

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from nabij.kernel.refusals import BadInput

_STATE = "signin.passkey"
WRONG = _("Deze sleutel werd niet herkend. Probeer het opnieuw.")


def possible(request: HttpRequest) -> bool:
    """Return whether a browser makes passkeys for this address: never for one of digits, and only where it is private."""
    host = _host(request)
    try:
        ipaddress.ip_address(host.strip("[]"))
        return False
    except ValueError:
        return request.is_secure() or host == "localhost"


def ask_new(request: HttpRequest, worker: Any, known: list[dict[str, Any]]) -> str:
    """Return what the browser needs to make a passkey, as JSON."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=worker.id.bytes, name=worker.email, display_name=worker.name),
        credentials=[_credential(one) for one in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[_STATE] = state
    return json.dumps(dict(options)["publicKey"])


def made(request: HttpRequest, answer: str) -> dict[str, Any]:
    """Return what is kept of a new passkey; raises `BadInput` when the answer is not that to the question."""
    try:
        data = _server(request).register_complete(_state(request), json.loads(answer))
        assert data.credential_data  # noqa: S101
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as error:
        raise BadInput(_("De sleutel is niet gemaakt. Probeer het opnieuw.")) from error
    return {"credential": bytes(data.credential_data).hex(), "counter": data.counter}


def ask(request: HttpRequest, known: list[dict[str, Any]]) -> str:
    """Return what the browser needs to show one of these passkeys, as JSON."""
    options, state = _server(request).authenticate_begin(
        [_credential(one) for one in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session[_STATE] = state
    return json.dumps(dict(options)["publicKey"])


def shown(request: HttpRequest, answer: str, known: list[dict[str, Any]]) -> tuple[int, int]:
    """Return which of these passkeys answered, and its new counter; raises `BadInput`, also for one that was copied."""
    try:
        said = json.loads(answer)
        credentials = [_credential(one) for one in known]
        found = _server(request).authenticate_complete(_state(request), credentials, said)
        at = [credential.credential_id for credential in credentials].index(found.credential_id)
        counter = _counter(said)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadInput(WRONG) from error
    # A key that counts never counts back; many do not count, and stay at nought.
    if (counter or known[at]["counter"]) and counter <= known[at]["counter"]:
        raise BadInput(WRONG)
    return at, counter


def _counter(said: dict[str, Any]) -> int:
    from fido2.webauthn import AuthenticationResponse

    return int(AuthenticationResponse.from_dict(said).response.authenticator_data.counter)


def _state(request: HttpRequest) -> Any:
    return request.session.pop(_STATE, None) or {}


def _credential(kept: dict[str, Any]) -> AttestedCredentialData:
    return AttestedCredentialData(bytes.fromhex(kept["credential"]))


def _server(request: HttpRequest) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=_host(request), name="Nabij"))


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""
