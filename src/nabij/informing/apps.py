"""Informing as a Django app."""

from django.apps import AppConfig


class InformingConfig(AppConfig):
    name = "nabij.informing"
    label = "informing"
