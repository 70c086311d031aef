"""After a restore: is the trail that came back whole, and does it say itself that it came from a backup?"""

from datetime import datetime

from nabij.config.backups import archive


def settle(manifest: archive.Manifest) -> list[str]:
    """Check the trail against the head of the backup, write the restore into it, and return what is wrong, in Dutch."""
    from nabij.audit import checking, heads, trail
    from nabij.config import events, operating, witness
    from nabij.kernel.actor import acting
    from nabij.territory import queries

    number, _space, digest = manifest.head.partition(" ")
    then = datetime.fromisoformat(manifest.made_at)
    kept = [heads.Head(then, heads.database(), int(number), digest)] if manifest.head else []
    report = checking.check(kept)
    for town in queries.municipalities():
        by = operating.operator(town)
        with acting(by):
            trail.record(events.RESTORED, by=by, made_at=manifest.made_at, version=manifest.nabij)
    witness.seal()
    return report.wrong
