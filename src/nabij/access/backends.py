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
        if user is None:
            User().set_password(password)
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: UUID) -> User | None:
        """Return the worker of a session, while the account is active."""
        return User.objects.select_related("municipality").filter(id=user_id, is_active=True).first()
