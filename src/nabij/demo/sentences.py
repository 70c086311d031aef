"""Turns the stock of sentences into words for one household: only what fits it, with its own names filled in."""

import random
import re
from functools import cache
from typing import Any

from nabij.demo import partners
from nabij.demo.stock import stock

# A sentence with one of these is only for a household with children.
_CHILD = re.compile(r"\{kind\}|\bkind\b|kinderen|school|opvang|speelplein|dochter|oudste", re.IGNORECASE)
_OLD = re.compile(r"pensioen|inkomensgarantie", re.IGNORECASE)
_WORKING = re.compile(r"\bwerk|\bloon|interim|collega op het", re.IGNORECASE)
_SLOT = re.compile(r"\{(\w+)\}")
MONTHS = ("januari", "maart", "april", "juni", "juli", "september", "oktober", "december")
DOMAIN_WORDS = {
    "income": "het inkomen", "debt": "de schulden", "housing": "het huis", "health": "de gezondheid", "work": "werk",
    "education": "de opleiding", "children": "de kinderen", "youth": "de jongste", "leisure": "vrije tijd",
    "culture": "de muziek", "sport": "de sport", "network": "de mensen rondom", "administration": "de papieren",
    "mobility": "het vervoer", "legal": "de advocaat",
}  # fmt: skip
# With whom one would speak about what.
PARTNER_KINDS = {
    "income": ("money",), "debt": ("justice", "energy"), "housing": ("housing",), "health": ("care",),
    "work": ("work",), "education": ("school",), "children": ("family", "school"), "youth": ("school", "family"),
    "leisure": ("leisure",), "culture": ("leisure",), "sport": ("leisure",), "network": ("meeting",),
    "administration": ("money", "meeting"), "mobility": ("money",), "legal": ("justice",),
}  # fmt: skip
FOR_CHILDREN = ("children", "youth")
FOR_TEENAGERS = ("youth", "education")
NOT_FOR_OLD = ("work", "education")


@cache
def fitting(kind: str, domain: str, with_children: bool, old: bool = False) -> tuple[str, ...]:
    """Return the sentences of a kind (and of a life domain) that may be said in such a household."""
    found = stock("sentences")[kind]
    sentences = found[domain] if domain else found
    other_age = _WORKING if old else _OLD
    return tuple(s for s in sentences if (with_children or not _CHILD.search(s)) and not other_age.search(s))


def options(kind: str) -> Any:
    """Return a plain list of the stock, such as who may have told."""
    return stock("sentences")[kind]


@cache
def _partners(kind: str) -> tuple[str, ...]:
    return tuple(partners.names(kind))


def say(rng: random.Random, sentence: str, *, name: str = "", child: str = "", domain: str = "") -> str:
    """Return a sentence with its blanks filled in."""

    def fill(match: re.Match[str]) -> str:
        return _filling(rng, match[1], name, child, domain)

    return _SLOT.sub(fill, sentence) if "{" in sentence else sentence


def _filling(rng: random.Random, slot: str, name: str, child: str, domain: str) -> str:
    if slot == "naam":
        return name
    if slot == "kind":
        return child
    if slot == "domein":
        return DOMAIN_WORDS[domain]
    if slot == "maand":
        return rng.choice(MONTHS)
    return rng.choice(_partners("school" if slot == "school" else rng.choice(PARTNER_KINDS[domain])))
