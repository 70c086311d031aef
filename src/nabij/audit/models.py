"""The trail: events, their erasable content, and the seals that chain them."""

import uuid

from django.db import models

from nabij.kernel.privacy import Privacy


class TrailEvent(models.Model):
    """One thing that happened. PostgreSQL adds the moment (`at`) and the transaction (`xid`) itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    municipality_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_id = models.UUIDField()
    household_id = models.UUIDField(null=True)
    about = models.CharField(max_length=120, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    digest = models.BinaryField()

    privacy = Privacy(
        purpose="accountability: who did or saw what",
        retention="10 years after the file ends",
        personal="household_id about purpose",
        worker="actor_id",
        plain="id municipality_id at kind ground digest",
    )

    class Meta:
        indexes = [
            models.Index(fields=["municipality_id", "household_id", "-at"], name="trail_of_household"),
            models.Index(fields=["municipality_id", "actor_id", "-at"], name="trail_of_actor"),
            # Who looked on some days, of everybody: a slug of the room above, for the index must hold nothing else.
            models.Index(
                fields=["municipality_id", "at"], name="trail_of_looks", condition=models.Q(kind="households.looked")
            ),
        ]


class TrailContent(models.Model):
    """What an event says about a person; erasable, while the chain keeps its digest."""

    event_id = models.UUIDField(primary_key=True)
    municipality_id = models.UUIDField()
    content = models.JSONField()

    privacy = Privacy(
        purpose="what changed, for accountability and correction",
        retention="with the file",
        personal="content",
        plain="event_id municipality_id",
    )


class TrailSeal(models.Model):
    """A link of the chain: a keyed hash over the previous link and the event."""

    n = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    privacy = Privacy(
        purpose="proof that the trail is whole", retention="as long as the trail", plain="n event_id hash"
    )


class TrailCheck(models.Model):
    """What a check of the whole trail found; the owner writes it, and nobody changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    seals = models.BigIntegerField()
    waiting = models.BigIntegerField()
    faults = models.BigIntegerField()
    wrong = models.JSONField()

    privacy = Privacy(
        purpose="proof that the trail is looked after",
        retention="as long as the trail",
        plain="id at seals waiting faults wrong",
    )

    class Meta:
        indexes = [models.Index(fields=["-at"], name="check_by_moment")]
