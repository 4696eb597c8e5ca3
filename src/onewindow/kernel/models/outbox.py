"""What leaves the platform: one row for each message, until it has left and for as long as is remembered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onewindow.kernel.models.fields import MatterIdField


class Message(models.Model):
    """A message for the outside: a text message, a mail, a report.

    reference   what the receiver knows it by, and drops doubles by
    channel     through which gateway
    about       the matter it is about, "" for none
    lane        messages of one lane leave in the order in which they were posted; "" for those of no lane
    key         the poster's own: the same key in a channel counts once
    sealed      address and content, sealed; None once they were erased; size: characters of the content
    tries       how often it was tried since it was posted or taken up again
    due_us      when it is tried next, and while it is being sent, when somebody else may take it over
    dead_us     since when it waits for somebody to decide; ended_us: when it was sent, or given up
    lease       who is sending it
    receipt     what the receiver answered; code, trouble: what went wrong the last time
    """

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        DEAD = "dead", "发送失败"
        DROPPED = "dropped", "已放弃"

    reference = models.CharField(max_length=32)
    channel = models.CharField(max_length=20)
    about = MatterIdField(blank=True)
    lane = models.CharField(max_length=32, blank=True)
    key = models.CharField(max_length=120, null=True)
    sealed = models.BinaryField(null=True)
    size = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.IntegerField(default=0)
    posted_us = models.BigIntegerField()
    due_us = models.BigIntegerField(null=True)
    dead_us = models.BigIntegerField(null=True)
    ended_us = models.BigIntegerField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    receipt = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="message_reference"),
            models.UniqueConstraint(
                fields=["channel", "key"], name="message_key", condition=Q(key__isnull=False)
            ),
            # Which moment is set follows from the state, so that small indexes over the moments find all.
            models.CheckConstraint(
                name="message_moment",
                condition=Q(
                    state__in=["waiting", "sending"],
                    due_us__isnull=False,
                    dead_us__isnull=True,
                    ended_us__isnull=True,
                )
                | Q(state="dead", due_us__isnull=True, dead_us__isnull=False, ended_us__isnull=True)
                | Q(
                    state__in=["sent", "dropped"],
                    due_us__isnull=True,
                    dead_us__isnull=True,
                    ended_us__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index("due_us", "id", name="message_due", condition=Q(due_us__isnull=False)),
            models.Index("lane", "id", name="message_lane", condition=Q(due_us__isnull=False)),
            # the desk's lists, newest first
            models.Index(fields=["-id"], name="message_dead", condition=Q(dead_us__isnull=False)),
            models.Index(fields=["-id"], name="message_dropped", condition=Q(state="dropped")),
            models.Index("about", "id", name="message_about"),
            # what is to be erased when its time has come
            models.Index(
                "ended_us", name="message_ended", condition=Q(ended_us__isnull=False, sealed__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.channel} {self.state}"
