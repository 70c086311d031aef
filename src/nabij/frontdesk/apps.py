"""The front desk as a Django app."""

from django.apps import AppConfig


class FrontdeskConfig(AppConfig):
    name = "nabij.frontdesk"
    label = "frontdesk"
