"""The public verbs."""

from nabij.privacy.actions.answering import answer, ask, erase
from nabij.privacy.actions.copying import give_copy
from nabij.privacy.actions.keeping import announce, carry_out, hold, release, set_term, take_register

__all__ = [
    "announce",
    "answer",
    "ask",
    "carry_out",
    "erase",
    "give_copy",
    "hold",
    "release",
    "set_term",
    "take_register",
]
