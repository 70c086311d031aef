"""What a story may say: every key with its type, so that a slip of the pen is an error and not a silent gap."""

from collections.abc import Mapping
from typing import Any

from nabij.kernel.refusals import Refusal

REQUIRED, OPTIONAL = True, False
TEXT, NUMBER, YESNO = (str,), (int,), (bool,)
Shape = Mapping[str, tuple[Any, bool]]

STEP: Shape = {
    "do": (TEXT, REQUIRED), "by": (TEXT, OPTIONAL), "due": (NUMBER, REQUIRED), "done": (NUMBER, OPTIONAL),
    "errands": (NUMBER, OPTIONAL), "retellings": (NUMBER, OPTIONAL),
}  # fmt: skip
GOAL: Shape = {
    "words": (TEXT, REQUIRED), "domain": (TEXT, REQUIRED), "for": ([TEXT], OPTIONAL),
    "hidden_from": ([TEXT], OPTIONAL), "steps": ([STEP], REQUIRED),
}  # fmt: skip
MEMBER: Shape = {
    "key": (TEXT, REQUIRED), "given": (TEXT, REQUIRED), "family": (TEXT, OPTIONAL), "age": (NUMBER, OPTIONAL),
    "months": (NUMBER, OPTIONAL), "role": (TEXT, OPTIONAL), "languages": ([TEXT], OPTIONAL),
    "number": (TEXT, OPTIONAL), "phone": (YESNO, OPTIONAL), "email": (YESNO, OPTIONAL), "share": (NUMBER, OPTIONAL),
}  # fmt: skip
STORY: Shape = {
    "key": (TEXT, REQUIRED), "title": (TEXT, REQUIRED), "town": (TEXT, OPTIONAL), "wijk": (TEXT, REQUIRED),
    "came": ({"how": (TEXT, REQUIRED), "told_by": (TEXT, REQUIRED), "days_ago": (NUMBER, REQUIRED)}, REQUIRED),
    "prefers": ({"place": (TEXT, OPTIONAL), "channel": (TEXT, OPTIONAL), "language": (TEXT, OPTIONAL)}, OPTIONAL),
    "members": ([MEMBER], REQUIRED),
    "asked": ([{
        "words": (TEXT, REQUIRED), "domain": (TEXT, REQUIRED), "language": (TEXT, OPTIONAL),
        "days_ago": (NUMBER, OPTIONAL),
    }], REQUIRED),
    "lead": (YESNO, OPTIONAL), "goals": ([GOAL], OPTIONAL), "scores": ({}, OPTIONAL),
    "agreement": (
        {"state": (TEXT, REQUIRED), "days_ago": (NUMBER, REQUIRED), "reason": (TEXT, OPTIONAL)}, OPTIONAL,
    ),
    "review_in": (NUMBER, OPTIONAL),
    "notes": ([{
        "secrecy": (TEXT, REQUIRED), "words": (TEXT, REQUIRED), "days_ago": (NUMBER, REQUIRED), "by": (TEXT, OPTIONAL),
    }], OPTIONAL),
    "contacts": ([{
        "days_ago": (NUMBER, REQUIRED), "how": (TEXT, REQUIRED), "with": (TEXT, OPTIONAL), "domain": (TEXT, REQUIRED),
        "words": (TEXT, REQUIRED), "by": (TEXT, OPTIONAL),
    }], OPTIONAL),
    "appointments": ([{
        "in_days": (NUMBER, REQUIRED), "at": (TEXT, REQUIRED), "place": (TEXT, REQUIRED), "about": (TEXT, REQUIRED),
        "minutes": (NUMBER, OPTIONAL),
    }], OPTIONAL),
    "events": ([{
        "kind": (TEXT, REQUIRED), "days_ago": (NUMBER, REQUIRED), "members": ([TEXT], OPTIONAL), "to": (TEXT, OPTIONAL),
        "keeps_lead": (YESNO, OPTIONAL), "reason": (TEXT, OPTIONAL), "note": (TEXT, OPTIONAL),
    }], OPTIONAL),
}  # fmt: skip


class StoryError(Refusal):
    """A written story is not as it must be; the sentence names the file and the key."""

    # Read by whoever writes a story, before any page exists: so not a text to translate.
    def __init__(self, file: str, where: str, what: str) -> None:
        super().__init__(f"Verhaal in {file}, bij '{where}': {what}.")


def check(file: str, story: Any, shape: Shape = STORY, where: str = "") -> None:
    """Check a story against its shape. StoryError for an unknown or missing key, or a value of another type."""
    if not isinstance(story, dict):
        raise StoryError(file, where or "begin", "hier horen sleutels met een waarde")
    for key in story:
        if key not in shape:
            raise StoryError(file, f"{where}{key}", "deze sleutel bestaat niet; kijk hoe de andere verhalen ze noemen")
    for key, (wanted, required) in shape.items():
        if key in story:
            _check_value(file, story[key], wanted, f"{where}{key}")
        elif required:
            raise StoryError(file, f"{where}{key}", "deze sleutel ontbreekt")


def _check_value(file: str, value: Any, wanted: Any, where: str) -> None:
    if isinstance(wanted, list):
        if not isinstance(value, list):
            raise StoryError(file, where, "hier hoort een lijst")
        for nth, item in enumerate(value, 1):
            _check_value(file, item, wanted[0], f"{where}[{nth}]")
    elif isinstance(wanted, dict):
        if wanted:
            check(file, value, wanted, f"{where}.")
        elif not isinstance(value, dict):
            raise StoryError(file, where, "hier horen sleutels met een waarde")
    elif type(value) not in wanted:
        kinds = {str: "tekst", int: "een geheel getal", bool: "true of false"}
        raise StoryError(file, where, f"hier hoort {kinds[wanted[0]]}")
