"""Tests of Nabij: `rooms/<room>` beside the house's own rules."""
