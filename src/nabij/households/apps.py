"""Households as a Django app."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "nabij.households"
    label = "households"
