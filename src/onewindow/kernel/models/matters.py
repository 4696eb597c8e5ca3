"""Matters: one row for each, a projection of its entries that `onewindow ledger rebuild` can write anew."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onewindow.kernel.models.fields import MatterIdField


class Matter(models.Model):
    """Where a matter stands. Nothing here is typed in: every column follows from the entries and the law.

    id            as it is printed and spoken: day of opening and ten characters that cannot be guessed
    unit          code of the unit that handles it; owner: reference of the person whose matter it is
    waits_for     the role whose turn it is, "-" when nobody's here, "" when it is over
    seq, head     the last entry and its hash
    *_us          moments, microseconds since 1970, UTC
    clock         the events of its clock as JSON; `clock_state` is that of legal_time.State
    promised      working days that the bureau promised, below the legal term (承诺时限)
    due           last day of what was promised, legal_due: of what the law allows
    due_order     the next last day (of the term while it runs, of the step), or the last date there is, so that
                  every matter has its place in a queue
    warn_us …     when the card turns, if nothing happens before; level: the card while the clock stands
    late          it ended after `due`; None while it has not ended
    step_due      last day for the next step, where one is set
    after_due     last day after which the platform takes a step by itself
    calendar      version of the calendar that all this was reckoned with
    trouble       why there is no due day, where there should be one
    """

    id = MatterIdField(primary_key=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    owner = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40)
    waits_for = models.CharField(max_length=20, blank=True)
    seq = models.IntegerField()
    head = models.BinaryField(max_length=32)
    opened_us = models.BigIntegerField()
    moved_us = models.BigIntegerField()
    state_us = models.BigIntegerField()
    term = models.CharField(max_length=60, blank=True)
    promised = models.IntegerField(null=True)
    clock = models.TextField(default="[]")
    clock_state = models.CharField(max_length=12)
    due = models.DateField(null=True)
    legal_due = models.DateField(null=True)
    due_order = models.DateField()
    warn_us = models.BigIntegerField(null=True)
    yellow_us = models.BigIntegerField(null=True)
    red_us = models.BigIntegerField(null=True)
    level = models.SmallIntegerField(default=0)
    late = models.BooleanField(null=True)
    step_due = models.DateField(null=True)
    after_due = models.DateField(null=True)
    calendar = models.IntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seq__gte=1), name="matter_seq")]
        indexes = [
            # work queues: whose turn, in which unit, most urgent first
            models.Index("waits_for", "due_order", "id", name="matter_queue", condition=~Q(waits_for="")),
            models.Index(
                "waits_for", "unit", "due_order", "id", name="matter_unit_queue", condition=~Q(waits_for="")
            ),
            models.Index(fields=["owner", "-opened_us"], name="matter_owner", condition=~Q(owner="")),
            models.Index(fields=["kind", "-id"], name="matter_kind"),
            # a warning comes before the other cards, so this finds them all
            models.Index("warn_us", name="matter_warn", condition=Q(warn_us__isnull=False)),
            # cards of a clock that stands, while somebody still has to act: those that ended late are many
            models.Index("level", name="matter_level", condition=Q(level__gt=0) & ~Q(waits_for="")),
            models.Index("unit", "id", name="matter_paused", condition=Q(clock_state="paused")),
            models.Index("after_due", name="matter_after", condition=Q(after_due__isnull=False)),
            models.Index("step_due", name="matter_step", condition=Q(step_due__isnull=False)),
            # what a change of the calendar has still to reach
            models.Index("kind", "calendar", "id", name="matter_stale", condition=~Q(waits_for="")),
            models.Index("id", name="matter_trouble", condition=~Q(trouble="")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"
