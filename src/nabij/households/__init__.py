"""People and the households that they form, dated: who lives here, where, in which language, reached how.

There is one door: `queries.open_household`. It checks the basis of access and leaves the look. What was believed before stays:
memberships, addresses and contact points are rows with a period; a correction keeps what stood there.
"""
