"""What somebody was typing and did not save yet: kept on the server, encrypted, for 30 days, and theirs only."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Draft
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Refusal
from nabij.kernel.secrets import seal, unseal

HIDDEN = {"csrfmiddlewaretoken", "draft-key", "draft-owner", "key", "next"}
KEPT = timedelta(days=30)
MANY = 200_000
LONGEST_NAME = 100
CUT = _(" (Hier stopt je concept: de rest was te lang om te bewaren.)")


@transaction.atomic
def keep(*, by: Actor, key: str, fields: dict[str, list[str]], now: datetime) -> None:
    """Keep the typed fields of a form under its key; empty fields only forget it."""
    typed = {name: texts for name, texts in fields.items() if any(text.strip() for text in texts)}
    if not typed:
        forget(by=by, key=key)
        return
    text = json.dumps(fitting(typed), ensure_ascii=False)
    Draft.objects.filter(worker_id=by.id, kept_at__lt=now - KEPT).delete()
    Draft.objects.update_or_create(
        worker_id=by.id,
        key=key[:200],
        defaults={"municipality_id": by.municipality_id, "content": seal(text), "kept_at": now, "kept_by": by.id},
    )


@transaction.atomic
def forget(*, by: Actor, key: str) -> None:
    """Forget the draft of a form: it was saved, or thrown away."""
    Draft.objects.filter(worker_id=by.id, key=key[:200]).delete()


def kept(*, by: Actor, key: str) -> tuple[dict[str, list[str]], datetime] | None:
    """Return the fields that were kept for a form, and when; None when there are none."""
    draft = Draft.objects.filter(worker_id=by.id, key=key[:200]).first()
    if draft is None:
        return None
    try:
        return json.loads(unseal(bytes(draft.content))), draft.kept_at
    except (Refusal, ValueError):
        return None


def typed(sent: QueryDict) -> dict[str, list[str]]:
    """Return what a person typed, of what a form sent."""
    return {name: texts for name, texts in sent.lists() if name not in HIDDEN and not name.startswith("password")}


def fitting(fields: dict[str, list[str]], most: int = MANY) -> dict[str, list[str]]:
    """Return the fields, the longest texts cut (and saying so) where together they are too much to keep."""
    named = {name: texts for name, texts in fields.items() if len(name) <= LONGEST_NAME}
    if _fits(named, most):
        return named
    # The most characters a text can have so that all fit: between 0, where they do, and the longest, where they do not.
    fits, not_ = 0, max(len(text) for texts in named.values() for text in texts)
    while not_ - fits > 1:
        middle = (fits + not_) // 2
        fits, not_ = (middle, not_) if _fits(_cut(named, middle), most) else (fits, middle)
    return _cut(named, fits)


def _fits(fields: dict[str, list[str]], most: int) -> bool:
    return len(json.dumps(fields, ensure_ascii=False)) <= most


def _cut(fields: dict[str, list[str]], most: int) -> dict[str, list[str]]:
    says = str(CUT) if most > 2 * len(CUT) else ""
    return {
        name: [text if len(text) <= most else text[: most - len(says)] + says for text in texts]
        for name, texts in fields.items()
    }


def owner_mark(by: Actor) -> str:
    """Return the signed mark that a form carries of who types in it, for when the session is lost before it is sent."""
    return signing.dumps(str(by.id), salt="draft")


def is_ours(sent: QueryDict) -> bool:
    """Return whether this was sent by a page of ours that keeps drafts."""
    return bool(_owner(sent.get("draft-owner", "")))


def hold(session: Any, path: str, sent: QueryDict) -> None:
    """Keep, in the session of somebody who was signed out meanwhile, what the form sent; sealed, until the next sign-in."""
    mark = sent.get("draft-owner", "")
    if _owner(mark):  # whoever never had a page of ours has nothing that we keep
        held = {"mark": mark, "key": (sent.get("draft-key") or path)[:200], "fields": fitting(typed(sent))}
        session["held"] = seal(json.dumps(held, ensure_ascii=False)).decode()


def _owner(mark: str) -> str:
    try:
        return str(signing.loads(mark, salt="draft"))
    except signing.BadSignature:
        return ""


def take_back(session: Any, *, by: Actor, now: datetime) -> bool:
    """Make a draft of what was held, if it is the same person who signs in again; else forget it. Return whether it did."""
    held = session.pop("held", None)
    if not held:
        return False
    try:
        found = json.loads(unseal(held.encode()))
        if _owner(found["mark"]) == str(by.id):
            keep(by=by, key=found["key"], fields=found["fields"], now=now)
            return True
    except (Refusal, ValueError):
        pass
    return False
