"""Nabij: social work in the neighbourhood. The floor plan stands in ARCHITECTURE.md."""
