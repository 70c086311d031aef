"""A real OpenID provider (the certified `oidc-provider`) on this machine, with people of its own; started and stopped here.

with running(people=[person("anna", "Anna")]) as directory:
    directory.issuer
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from joserfc.jwk import RSAKey

ROOT = Path(__file__).resolve().parents[2]
CLIENT, SECRET = "nabij-test", "een geheim van de tests, lang genoeg"
NO_NODE = "Node.js or the package oidc-provider is not here: `make test` installs both."
SECOND_FACTOR, PASSWORD_ONLY = "urn:be:vlaanderen:authmech:csamtotp", "urn:be:vlaanderen:authmech:userpass"
BACK = [rf"http://{host}/aanmelden/met/[0-9a-f-]+/terug/" for host in (r"testserver", r"127\.0\.0\.1:\d+")]
TENANT, ORGANISATION, ELSEWHERE = "tenant-of-the-town", "0207430864", "0207494678"


def node() -> str | None:
    """Return the path of Node.js, of the system or of the environment, when the provider is installed too."""
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    return found if found and (ROOT / "node_modules" / "oidc-provider").exists() else None


def person(sub: str, name: str, *, acr: str = SECOND_FACTOR, closed: bool = False, **claims: Any) -> dict[str, Any]:
    """Return somebody of the provider; what is not said is as Entra ID gives it to a worker of the town."""
    given = {"name": name, "tid": TENANT, "oid": f"oid-{sub}", "email": f"{sub}@example.org", **claims}
    kept = {key: value for key, value in given.items() if value is not None}
    return {
        "sub": sub,
        "acr": acr,
        "amr": ["pwd", "mfa"] if acr == SECOND_FACTOR else ["pwd"],
        "closed": closed,
        "claims": kept,
    }


def key(kid: str) -> RSAKey:
    """Return a new key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@dataclass
class Directory:
    """A provider that runs; `visit` walks through its pages as a browser would."""

    issuer: str
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def change(self, *changed: dict[str, Any]) -> None:
        """Change people, or add them."""
        requests.post(f"{self.issuer}/_people", json=list(changed), timeout=5).raise_for_status()
        self.people.update({one["sub"]: one for one in changed})

    def visit(self, address: str, *, as_who: str, browser: requests.Session | None = None) -> str:
        """Open an authorization address, choose who to be, and return the address of Nabij to which the provider sends."""
        browser = browser or requests.Session()
        answer = browser.get(address, allow_redirects=False, timeout=5)
        for _ in range(8):
            if answer.is_redirect:
                where = urljoin(answer.url, answer.headers["Location"])
                if not where.startswith(self.issuer):
                    return where
                answer = browser.get(where, allow_redirects=False, timeout=5)
            else:
                assert "/_choose/" in answer.url, answer.text
                answer = browser.post(answer.url, data={"sub": as_who}, allow_redirects=False, timeout=5)
        raise AssertionError(answer.text)

    def sign_out(self, browser: requests.Session) -> None:
        """Sign out at the provider, which tells the applications behind the browser's back."""
        page = browser.get(f"{self.issuer}/session/end", timeout=5)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        browser.post(f"{self.issuer}/session/end/confirm", data={**fields, "logout": "yes"}, timeout=5)


@contextmanager
def running(
    *, people: list[dict[str, Any]], logout: str = "", keys: list[RSAKey] | None = None, port: int = 0
) -> Iterator[Directory]:
    """Run a provider that knows Nabij as `CLIENT`; it sends people only to where its pages of coming back may be."""
    program = node()
    assert program, NO_NODE
    client: dict[str, Any] = {
        "client_id": CLIENT, "client_secret": SECRET, "redirect_uris": ["http://testserver/"],
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        **({"backchannel_logout_uri": logout, "backchannel_logout_session_required": True} if logout else {}),
    }  # fmt: skip
    given = {
        "people": people, "clients": [client], "port": port, "back": BACK,
        "jwks": {"keys": [one.as_dict(private=True) for one in keys or [key("first")]]},
    }  # fmt: skip
    process = subprocess.Popen(
        [program, str(Path(__file__).with_name("provider.mjs"))],
        env={**os.environ, "NABIJ_TEST_PROVIDER": json.dumps(given), "NODE_NO_WARNINGS": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout and process.stdin
        line = ""
        while not line.startswith('{"issuer"'):
            line = process.stdout.readline()
            assert line, "the provider did not start"
        yield Directory(json.loads(line)["issuer"], {one["sub"]: one for one in people})
    finally:
        process.stdin.close()  # it stops by itself, also when this process is killed
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
