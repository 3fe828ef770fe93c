from django.db import models


class Presence(models.Model):
    """An agent has this topic open. An unlogged table: what it says is over after 45 s, so no disk waits for it."""

    class State(models.TextChoices):
        VIEWING = "viewing"
        WRITING = "writing"

    topic = models.CharField(max_length=100)
    agent_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "agent_id"], name="presence_once_per_agent")]
        indexes = [models.Index(fields=["at"], name="presence_at")]  # to find what is over
