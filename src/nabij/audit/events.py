"""What can happen: each room names its events here, past tense, with the Dutch sentence that the trail shows."""

from dataclasses import dataclass
from typing import Any

REGISTRY: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """One kind of event: a stable slug and a sentence in which {by} is who did it."""

    slug: str
    sentence: Any

    def __str__(self) -> str:
        return self.slug


def event(slug: str, sentence: Any) -> Event:
    """Name a kind of event; raises `ValueError` when the slug is taken."""
    if slug in REGISTRY:
        raise ValueError(f"event {slug} exists already")
    REGISTRY[slug] = Event(slug, sentence)
    return REGISTRY[slug]
