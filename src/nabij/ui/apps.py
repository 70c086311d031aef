"""The page shell as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "nabij.ui"
    label = "ui"
