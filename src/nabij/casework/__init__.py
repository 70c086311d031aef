"""Guidance of a household: the case, its case manager and duo, the plan in the household's own words, notes, handover.

Never: a score that decides, a compulsory list before a decision, a reason asked of who leaves.
"""
