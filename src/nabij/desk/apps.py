"""The desk as a Django app: pages, no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nabij.desk"
    label = "desk"
