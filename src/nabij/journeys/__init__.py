"""Flows that cross rooms, one file each: the only place where the verbs of two rooms meet."""
