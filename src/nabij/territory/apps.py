"""Territory as a Django app."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "nabij.territory"
    label = "territory"
