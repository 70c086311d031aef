"""The chain, link by link: what is missing, changed or out of its place, each by its name.

A link is a keyed hash over the link before it and the words of its event. Whoever tampers without the key leaves a link
that fits nothing; what it would have fitted says what was done. Whoever has the key can make a chain that fits itself:
against that stand the heads that were kept elsewhere (`heads`).
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

Link = tuple[int, UUID, bytes, str | None]
"""Number, event, hash, and the words of the event; no words when the event is gone."""
Loose = tuple[UUID, str]
"""An event that has no seal, with its words."""
COMPARED = 200  # links that fit nowhere, of which it is tried where they belong: each is compared with each
TOLD = 20
REWRITTEN = 3  # so many links to the very end that fit nowhere: that is no event changed, that is a chain made anew


@dataclass(frozen=True)
class _Unfit:
    """A link that does not follow from the one before it."""

    n: int
    event: UUID
    hash: bytes
    words: str
    before: bytes


def faults(rows: Iterable[Link], loose: Sequence[Loose] = ()) -> list[str]:
    """Return, in Dutch, what is wrong with the chain, given in order of its numbers; `loose` are events without a seal."""
    key, links = bytes.fromhex(settings.NABIJ_TRAIL_KEY), list(rows)
    wrong: list[str] = []
    unfit: list[_Unfit] = []
    before: Link | None = None
    for link in links:
        n, event, digest, words = link
        gap = n != (before[0] if before else 0) + 1
        if gap:
            wrong.append(_gap(key, before, link, loose))
        if words is None:
            wrong.append(f"Bij zegel {n} ontbreekt gebeurtenis {event}{_near(before)}.")
        elif not gap:
            previous = bytes(before[2]) if before else b""
            if not _fits(key, previous, words, digest):
                unfit.append(_Unfit(n, event, bytes(digest), words, previous))
        before = link
    if loose:
        some = ", ".join(str(event) for event, _words in loose[:TOLD])
        wrong.append(
            f"Zonder zegel, en niet in de rij om er een te krijgen: gebeurtenis {some} ({len(loose)} in het geheel)."
        )
    return [*wrong, *_named(key, unfit, last=before[0] if before else 0)]


def _fits(key: bytes, previous: bytes, words: str, digest: bytes) -> bool:
    return hmac.compare_digest(_link(key, previous, words), bytes(digest))


def _link(key: bytes, previous: bytes, words: str) -> bytes:
    return hmac.digest(key, previous + words.encode(), "sha256")


def _gap(key: bytes, before: Link | None, after: Link, loose: Sequence[Loose]) -> str:
    first, last = (before[0] if before else 0) + 1, after[0] - 1
    where = f"{_near(before)}{_near(after, 'en voor')}"
    if last > first:
        return f"De zegels {first} tot {last} ontbreken{where}."
    for event, words in loose:  # a seal was taken off, its event stayed: then the next link still knows it
        between = _link(key, bytes(before[2]) if before else b"", words)
        if after[3] is not None and _fits(key, between, after[3], after[2]):
            return f"Zegel {first} ontbreekt{where}: dat van gebeurtenis {event}."
    return f"Zegel {first} ontbreekt{where}, en wat erbij hoorde."


def _near(link: Link | None, how: str = "na") -> str:
    """Say beside which moment something is missing, where that is known."""
    return f", {how} {_moment(link[3])}" if link and link[3] else ""


def _moment(words: str) -> str:
    at = datetime.fromisoformat(words.split("|")[2]).replace(tzinfo=UTC)
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M:%S}"


def _named(key: bytes, unfit: list[_Unfit], last: int) -> list[str]:
    tail = _made_anew(unfit, last)
    changed, anew = unfit[: len(unfit) - len(tail)], tail[:1]
    told = [_told(key, one, changed) for one in changed[:COMPARED]]
    if len(changed) > COMPARED:
        told.append(f"En nog {len(changed) - COMPARED} andere, tot zegel {changed[-1].n}.")
    told += [
        f"Vanaf zegel {one.n} (gebeurtenis {one.event}, {_moment(one.words)}) tot het einde past geen enkel zegel meer:"
        f" {len(tail)} zegels zijn opnieuw gemaakt zonder de sleutel, of de sleutel van deze installatie is een andere."
        for one in anew
    ]
    return told


def _made_anew(unfit: list[_Unfit], last: int) -> list[_Unfit]:
    """Return the links at the very end that fit nothing, when they are too many in a row for a change here and there."""
    tail: list[_Unfit] = []
    for one in reversed(unfit):
        if one.n != last - len(tail):
            break
        tail.insert(0, one)
    return tail if len(tail) >= REWRITTEN else []


def _told(key: bytes, one: _Unfit, all_unfit: list[_Unfit]) -> str:
    name = f"Gebeurtenis {one.event} (zegel {one.n}, {_moment(one.words)})"
    for other in all_unfit[:COMPARED]:
        if other is not one and _fits(key, other.before, one.words, other.hash):
            return f"{name} staat niet op haar plaats: ze hoort bij zegel {other.n}."
        if other is not one and _fits(key, other.hash, one.words, one.hash):
            return f"{name} staat niet op haar plaats: ze hoort vlak na wat nu zegel {other.n} is."
        if other is not one and _fits(key, other.before, one.words, one.hash):
            return f"{name} staat niet op haar plaats: ze hoort vlak na wat nu zegel {other.n - 1} is."
    return f"{name} is veranderd, of wat ervoor stond is weggehaald."
