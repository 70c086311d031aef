"""Every field has a privacy class: what it is for, how long it stays, how it goes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Privacy:
    """Purpose and retention of a table, and its fields by class, as space-separated names.

    `personal` fields say something about a resident and are erased with the file; `worker` fields say who of the service did
    something and stay with the trail; `plain` fields say nothing about anybody.
    """

    purpose: str
    retention: str
    personal: str = ""
    worker: str = ""
    plain: str = ""

    def classified(self) -> set[str]:
        """Return the names of all fields that have a class."""
        return {*self.personal.split(), *self.worker.split(), *self.plain.split()}
