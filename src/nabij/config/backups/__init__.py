"""Backups: everything in the database in one encrypted file, and back again into an empty database.

`age` is the envelope (the open format age v1, by pyrage), `archive` what lies in it, `making` and `restoring` the two ways,
`marks` what is remembered of each backup. The keys of the installation never go in.
"""
