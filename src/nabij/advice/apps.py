"""Advice as a Django app."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "nabij.advice"
    label = "advice"
