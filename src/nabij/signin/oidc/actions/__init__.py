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
from nabij.signin.oidc.actions.visits import end_visits

__all__ = [
    "Arrived",
    "add_rule",
    "arrive",
    "change",
    "drop_rule",
    "end_visits",
    "link",
    "not_let_in",
    "open_or_close",
    "set_up",
    "unlink",
]
