"""What happened, and who looked. The trail has no foreign keys, is only ever added to, and is sealed after commit.

A verb writes its event in its own transaction: no trace, no change. A look goes over a second connection whose role may
only insert: it stays when the page fails, and a read-only page can still leave it.
"""
