"""The public verbs."""

from nabij.signin.oidc.actions.arriving import Arrived, arrive, not_let_in
from nabij.signin.oidc.actions.setting_up import (
    add_rule,
    change,
    drop_rule,
    link,
    open_or_close,
    set_up,
    unlink,
)
from nabij.signin.oidc.actions.visits import begin_visit, claim_asking, confirm, end_visits, note_session

__all__ = [
    "Arrived",
    "add_rule",
    "arrive",
    "begin_visit",
    "change",
    "claim_asking",
    "confirm",
    "drop_rule",
    "end_visits",
    "link",
    "not_let_in",
    "note_session",
    "open_or_close",
    "set_up",
    "unlink",
]
