"""Is this person already known? Names in any script, birth dates half known, numbers, and a score with its reasons.

Everything here is a pure function: the database gives a short list, this re-ranks it. Nothing is ever merged by itself.
"""
