"""Sign-in by e-mail address and password."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from nabij.access.models import User


class EmailBackend(BaseBackend):
    """The same time whether or not an account exists: a stranger's password is hashed as well."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: Any
    ) -> User | None:
        """Return the worker when address and password are right."""
        user = User.objects.filter(email=username.strip().lower()).first()
        if user is None or not user.has_usable_password():
            User().set_password(password)
            return None
        # First the password, then whether the account is open: a closed one takes as long.
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: UUID) -> User | None:
        """Return the worker of a session, while the account is active."""
        return User.objects.select_related("municipality").filter(id=user_id, is_active=True).first()
