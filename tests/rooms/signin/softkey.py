"""A passkey in software, that can be asked to lie: another site, another question, a counter that goes back."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, HAS_DATA = 0x01, 0x40


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class SoftKey:
    """One key on one machine; `counter` counts its signatures, as a real one may."""

    site: str = "localhost"
    origin: str = "https://localhost"
    counter: int = 0
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))

    def makes(self, asked: str) -> str:
        """Answer a page that asks for a new key."""
        options = json.loads(asked)
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._site(), PRESENT | HAS_DATA, self.counter, credential)
        said = self._said("webauthn.create", options["challenge"])
        made = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": text(said), "attestationObject": text(made)})

    def shows(self, asked: str, *, challenge: str = "", kind: str = "webauthn.get") -> str:
        """Answer a page that asks to show a key; with a challenge of before, or as another kind of answer."""
        self.counter += 1
        said = self._said(kind, challenge or json.loads(asked)["challenge"])
        data = AuthenticatorData.create(self._site(), PRESENT, self.counter)
        signature = self.private.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": text(said), "authenticatorData": text(data), "signature": text(signature)}
        )

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _site(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps(
            {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip
