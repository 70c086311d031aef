"""The forty written stories of the demo, as YAML beside this file; `load(today)` reads and checks them all."""

from nabij.demo.stories.reading import StoryError, load

__all__ = ["StoryError", "load"]
