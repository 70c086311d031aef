"""Single sign-on, as a Django app."""

from django.apps import AppConfig


class OidcConfig(AppConfig):
    name = "nabij.signin.oidc"
    label = "oidc"
