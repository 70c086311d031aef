"""The verbs of households: register, join, leave, move, correct, separate, bring over from an older system."""

from nabij.households.actions.bringing_over import OldFile, bring_over
from nabij.households.actions.changing import correct_address, correct_person, join, leave, move
from nabij.households.actions.doubles import decide_double
from nabij.households.actions.reaching import no_longer_reached_by, reached_by, set_preferences
from nabij.households.actions.registering import register, rename
from nabij.households.actions.separating import separate
from nabij.households.rows import NewAddress, NewHousehold, NewPerson

__all__ = [
    "NewAddress",
    "NewHousehold",
    "NewPerson",
    "OldFile",
    "bring_over",
    "correct_address",
    "correct_person",
    "decide_double",
    "join",
    "leave",
    "move",
    "no_longer_reached_by",
    "reached_by",
    "register",
    "rename",
    "separate",
    "set_preferences",
]
