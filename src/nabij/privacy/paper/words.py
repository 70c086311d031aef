"""The labels and sentences of a person's copy on paper."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.casework.paper.words import full, said
from nabij.ui.paper import breakable

# How what was corrected is called; what has no name here stands by its own.
FIELDS = {
    "given_name": "voornaam",
    "family_name": "familienaam",
    "birth_date": "geboortedatum",
    "birth_precision": "hoe zeker de geboortedatum is",
    "insz": "rijksregisternummer",
    "languages": "talen",
    "street": "straat",
    "number": "nummer",
    "box": "bus",
    "postcode": "postcode",
    "place": "gemeente",
    "role": "rol in het gezin",
    "share": "deel van de tijd",
}


def title(copy: dict[str, Any]) -> str:
    """Return the title of the document."""
    return _("Wat er over %(name)s staat") % {"name": name(copy)}


def name(copy: dict[str, Any]) -> str:
    """Return whose copy it is."""
    return f"{copy['person']['given_name']} {copy['person']['family_name']}".strip()


def on_paper(copy: dict[str, Any], officers: list[tuple[str, str]]) -> dict[str, Any]:
    """Return all that the template needs."""
    made = _("gemaakt op %(day)s") % {"day": full(date.fromisoformat(copy["made_on"]))}
    return {
        "large": False,
        "labels": {
            "title": _("Wat er over u staat"),
            "left_out": _("Wat er niet in staat, en waarom"),
            "ask": _("Klopt er iets niet?"),
            "page": _("bladzijde {n} van {total}"),
        },
        "name": said(name(copy)),
        "place": breakable(" · ".join(filter(None, (copy["municipality"], made)))),
        "line": made[:1].upper() + made[1:],
        "intro": [
            _(
                "Dit is een kopie van wat de dienst over u bewaart. U hebt daar recht op, en u hoeft niet te zeggen waarom."
            ),
            _("Uw woorden en die van de medewerkers staan er zoals ze genoteerd zijn."),
        ],
        "chapters": [chapter for chapter in chapters(copy) if chapter["rows"]],
        "left_out": [{"what": one["what"], "why": one["why"]} for one in copy["left_out"]],
        "ask": ask(officers),
    }


def chapters(copy: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each part of the copy with its lines."""
    return [
        _chapter(_("Wie u bent"), _person(copy)),
        _chapter(_("Uw gezin"), [_row(_since(one), one["role"]) for one in copy["memberships"]]),
        _chapter(_("Waar u woont of woonde"), [_row(_since(one), one["address"]) for one in copy["addresses"]]),
        _chapter(
            _("Hoe we u bereiken"),
            [_row(f"{one['kind']}, {_since(one)}", one["value"]) for one in copy["contact_points"]],
        ),
        _chapter(_("Wat verbeterd werd"), [_row(_on(one), _changed(one)) for one in copy["corrections"]]),
        _chapter(_("Wanneer u begeleid werd"), [_row(_since(one), "") for one in copy["cases"]]),
        _chapter(_("Doelen"), [row for goal in copy["goals"] for row in _goal(goal)]),
        _chapter(_("Hoe u het zelf ziet"), [_row(one["domain"], _score(one["score"])) for one in copy["scores"]]),
        _chapter(
            _("Wanneer het plan besproken werd"),
            [_row(f"{_on(one)}: {one['outcome']}", one["words"]) for one in copy["versions"]],
        ),
        _chapter(_("Contacten"), [_row(f"{_on(one)}, {one['how']}", one["words"]) for one in copy["contacts"]]),
        _chapter(
            _("Hulpvragen"),
            [
                _row(f"{_on(one)}, {one['about']}: {one['status']}", one["words"], one["outcome"])
                for one in copy["requests"]
            ],
        ),
        _chapter(
            _("Afspraken"),
            [
                _row(f"{_at(one)}, {one['with']}, {one['where']}: {one['status']}", one["about"])
                for one in copy["appointments"]
            ],
        ),
        _chapter(
            _("Notities"), [_row(", ".join(filter(None, (_on(one), one["by"]))), one["words"]) for one in copy["notes"]]
        ),
        _chapter(
            _("Wie het dossier overnam"),
            [_row(f"{_on(one)}: {one['to']}", one["reason"], one["words"]) for one in copy["handovers"]],
        ),
        _chapter(
            _("Raad van een collega"),
            [_row(f"{_on(one)}, {one['to']}", one["words"], one["answer"]) for one in copy["advice"]],
        ),
        _chapter(_("Wat we uitlegden"), [_row(f"{_on(one)}, {one['how']}", one["about"]) for one in copy["told"]]),
        _chapter(
            _("Waar u ja of nee op zei"),
            [_row(f"{_on(one)}: {one['answer']}", f"{one['about']}, {one['with']}") for one in copy["consents"]],
        ),
        _chapter(
            _("Vragen over uw gegevens"),
            [
                _row(", ".join(filter(None, (_on(one), one["kind"], one["outcome"]))), one["words"], one["answer"])
                for one in copy["data_requests"]
            ],
        ),
    ]


def ask(officers: list[tuple[str, str]]) -> list[str]:
    """Return whom to ask, and what else one may ask."""
    lines = [
        _("U mag vragen om iets te verbeteren, te wissen of niet te gebruiken. Binnen een maand krijgt u antwoord.")
    ]
    lines += [breakable(", ".join(part for part in officer if part)) for officer in officers]
    lines.append(_("U kunt ook klagen bij de Vlaamse Toezichtcommissie of bij de Gegevensbeschermingsautoriteit."))
    return lines


def _person(copy: dict[str, Any]) -> list[dict[str, Any]]:
    person = copy["person"]
    born = full(date.fromisoformat(person["birth_date"])) if person["birth_date"] else ""
    facts = [
        (_("Naam"), name(copy)),
        (_("Geboren"), f"{born} ({person['birth_precision']})" if born else ""),
        (_("Rijksregisternummer"), person["national_number"]),
        (_("Talen"), ", ".join(person["languages"])),
        (_("Gekend sinds"), full(date.fromisoformat(person["known_since"]))),
        (_("Naam van het dossier"), copy["household"]["name"]),
        (_("Liefst"), copy["household"]["preferred_place"]),
    ]
    return [_row(label, text) for label, text in facts if text]


def _goal(goal: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [_row(f"{goal['domain']}: {goal['status']}", goal["words"])]
    for step in goal["steps"]:
        due = _(", tegen %(day)s") % {"day": full(date.fromisoformat(step["due"]))} if step["due"] else ""
        rows.append(_row(_("Stap (%(status)s)") % step, f"{step['description']} · {step['who']}{due}"))
    return [*rows, *(_row(_("Hoe het gaat, %(day)s") % {"day": _on(one)}, one["words"]) for one in goal["progress"])]


def _score(score: int | None) -> str:
    return _("%(n)s op 5") % {"n": score} if score else _("liever niet")


def _changed(one: dict[str, Any]) -> str:
    parts = [
        _("%(what)s: eerst “%(before)s”, nu “%(after)s”")
        % {"what": FIELDS.get(key, key), "before": _flat(one["before"].get(key)), "after": _flat(one["after"].get(key))}
        for key in sorted({*one["before"], *one["after"]})
        if one["before"].get(key) != one["after"].get(key)
    ]
    return "; ".join([*parts, *filter(None, [one["reason"]])])


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _chapter(heading: str, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"heading": heading, "rows": list(rows)}


def _row(head: str, *texts: str) -> dict[str, Any]:
    return {"head": breakable(head[:1].upper() + head[1:]), "texts": [said(text) for text in texts if text.strip()]}


def _on(one: dict[str, Any]) -> str:
    return full(date.fromisoformat(one["on"]))


def _at(one: dict[str, Any]) -> str:
    at = datetime.fromisoformat(one["at"])
    return f"{full(at.date())} {at:%H:%M}"


def _since(one: dict[str, Any]) -> str:
    since = full(date.fromisoformat(one["from"]))
    if not one["until"]:
        return _("sinds %(day)s") % {"day": since}
    return _("van %(first)s tot %(last)s") % {"first": since, "last": full(date.fromisoformat(one["until"]))}
