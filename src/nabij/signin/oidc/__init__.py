"""Single sign-on: a municipality lets its workers in along its own sign-in (OpenID Connect), as ACM/IDM or Entra ID.

A *directory* is that sign-in, of one municipality. A *rule* says which value of which claim gives which function and team. A
*link* ties a worker to the lasting key that the directory has for him, never to an e-mail address. A *visit* is a session that
a directory opened, and may close. This room never makes an account, and never lets in whoever is of another municipality.
"""
