"""Every field has a privacy class: what it is for, how long it stays, how it goes."""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """Kinds of data that stay equally long; how long, and on what legal ground, stands in `privacy.terms`."""

    FILE = "file"
    VISIT = "visit"
    NAMELESS = "nameless"
    TRAIL = "trail"
    DRAFT = "draft"
    SESSION = "session"
    FOLLOW_UP = "follow_up"
    WORKER = "worker"
    PLACE = "place"
    STATISTICS = "statistics"


# A table may say in words how long it stays, as far as those words are here; or it names categories.
_SAID = {
    "with the file": "file",
    "with the household": "file",
    "10 years after the file ends": "file",
    "with the file; sealed notes with their author's guidance": "file",
    "with the file; without a name 2 years": "file nameless",
    "derived": "file",
    "30 days": "draft",
    "as long as the trail": "trail",
    "5 years after the last step": "follow_up",
    "as long as the trail names them": "worker",
    "as long as somebody works here": "worker",
    "stays": "place",
    "stays, as long as somebody was told it": "place",
    "5 years after it was asked": "follow_up",
    "until it is taken away": "worker",
    "until the session ends": "session",
    "until the session ends, at most a day": "session",
    "30 days after it ends": "session",
    "2 days after the last wrong one": "session",
}


@dataclass(frozen=True)
class Privacy:
    """Purpose and retention of a table, and its fields by class, as space-separated names.

    `retention` names one or more categories. `personal` fields say something about a resident and are erased with the
    file; `worker` fields say who of the service did something and stay with the trail; `plain` fields say nothing about
    anybody.
    """

    purpose: str
    retention: str
    personal: str = ""
    worker: str = ""
    plain: str = ""

    def classified(self) -> set[str]:
        """Return the names of all fields that have a class."""
        return {*self.personal.split(), *self.worker.split(), *self.plain.split()}

    @property
    def categories(self) -> list[Category]:
        """Return the categories of `retention`; raises `ValueError` for words that name none."""
        return [Category(name) for name in _SAID.get(self.retention, self.retention).split()]
