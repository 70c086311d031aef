"""Signing in: the password, the second factor, sessions, asking again, and what is done against guessing.

A *factor* is what a worker has beside a password: an app with codes, a passkey, a sheet of recovery codes. A *proof* is the
moment at which somebody last showed who he is; before what is sealed or leaves the house it is asked again (`stepup`).
Nobody signs up here: the administrator makes an account and hands over an invitation. This room never opens a file.
"""
