"""The kernel as a Django app, so that its functions and extensions have a migration."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "nabij.kernel"
    label = "kernel"
