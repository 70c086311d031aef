"""The public verbs."""

from nabij.signin.actions.accounts import (
    change_password,
    close_account,
    invite,
    open_account,
    reset_factors,
    tell_locked,
    use_invitation,
)
from nabij.signin.actions.factors import (
    add_app,
    add_passkey,
    make_codes,
    remove_factor,
    use_app,
    use_code,
    use_passkey,
)
from nabij.signin.actions.sessions import begin_session, end_others, end_session, went_too_fast

__all__ = [
    "add_app",
    "add_passkey",
    "begin_session",
    "change_password",
    "close_account",
    "end_others",
    "end_session",
    "invite",
    "make_codes",
    "open_account",
    "remove_factor",
    "reset_factors",
    "tell_locked",
    "use_app",
    "use_code",
    "use_invitation",
    "use_passkey",
    "went_too_fast",
]
