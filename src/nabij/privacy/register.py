"""The register of processing (article 30 GDPR), made from the privacy classes of the models."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from nabij.kernel.privacy import Category
from nabij.privacy.described import ACTIVITIES, OTHER, PART_OF, TABLES, Activity
from nabij.privacy.terms import InForce

COLUMNS = (
    _("verwerking"),
    _("doel"),
    _("van wie"),
    _("gegevens"),
    _("velden"),
    _("bewaartermijn"),
    _("telt"),
    _("rechtsgrond"),
    _("ontvangers"),
)


@dataclass(frozen=True)
class Held:
    """One table of an activity: what it holds, which fields of residents and of workers, and how long it stays."""

    table: str
    data: str
    of_residents: list[str]
    of_workers: list[str]
    categories: list[Category]


@dataclass
class Processing:
    """One line of the register: an activity with its tables, and the terms that hold for them."""

    activity: Activity
    tables: list[Held] = field(default_factory=list)
    terms: list[InForce] = field(default_factory=list)

    @property
    def is_other(self) -> bool:
        """Return whether nobody wrote down yet what this is."""
        return self.activity is OTHER


def register(terms: Mapping[Category, InForce]) -> list[Processing]:
    """Return every processing of data of people, with the terms that hold here."""
    found: dict[str, Processing] = {slug: Processing(activity) for slug, activity in ACTIVITIES.items()}
    others: dict[str, Processing] = defaultdict(lambda: Processing(OTHER))
    for model in apps.get_models():
        held = _held(model) if model.__module__.startswith("nabij.") else None
        if held:
            room = PART_OF.get(model._meta.app_label, model._meta.app_label)
            line = found.get(room) or others[room]
            line.tables.append(held)
            line.terms += [terms[one] for one in held.categories if terms[one] not in line.terms]
    lines = [*found.values(), *others.values()]
    for line in lines:
        line.tables.sort(key=lambda one: one.table)
    return [line for line in lines if line.tables]


def as_rows(lines: list[Processing]) -> list[list[str]]:
    """Return the register as rows of plain text, a row for each processing and table, for a sheet."""
    return [
        [
            str(line.activity.name),
            str(line.activity.purpose),
            str(line.activity.people),
            held.data,
            " ".join([*held.of_residents, *held.of_workers]),
            "; ".join(_kept(term) for term in line.terms if term.rule.category in held.categories),
            "; ".join(str(term.counts) for term in line.terms if term.rule.category in held.categories),
            "; ".join(dict.fromkeys(str(term.ground) for term in line.terms if term.rule.category in held.categories)),
            str(line.activity.recipients),
        ]
        for line in lines
        for held in line.tables
    ]


def as_data(lines: list[Processing]) -> list[dict[str, Any]]:
    """Return the register as plain data, for JSON."""
    return [dict(zip([str(column) for column in COLUMNS], row, strict=True)) for row in as_rows(lines)]


def _kept(term: InForce) -> str:
    return term.length.label if term.length else say("geen vaste termijn")


def _held(model: Any) -> Held | None:
    privacy = getattr(model, "privacy", None)
    if privacy is None or not (privacy.personal or privacy.worker):
        return None
    label = model._meta.label
    return Held(
        label, str(TABLES.get(label, label)), privacy.personal.split(), privacy.worker.split(), privacy.categories
    )
