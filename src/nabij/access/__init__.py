"""Who may: workers, teams, functions, and the bases of access to a household.

A *basis* is a dated row: who, for which household, on what ground. Nothing is open by rank. Beside the bases stands one flat,
derived table `Reach`, kept by the same verbs in the same transaction, which row-level security reads. This room lies below
`households`, so it holds a household's key as a plain reference.
"""
