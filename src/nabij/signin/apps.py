"""Signing in, as a Django app."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "nabij.signin"
    label = "signin"
