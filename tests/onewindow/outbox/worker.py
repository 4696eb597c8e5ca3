"""A process of the platform, for tests that kill it: posts, delivers, or says what the table holds.

python worker.py post 20 | deliver [seconds after now] | figures
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.main.settings"
django.setup()

from django.db import transaction  # noqa: E402

from onewindow.kernel import moment  # noqa: E402
from onewindow.kernel.api import deliver_due, post  # noqa: E402
from onewindow.kernel.models import Message  # noqa: E402

LANES = 4


def posted(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            lane = number % LANES
            post("sms", f"1380000000{lane}", f"第{number}条", about=f"m-{lane}")


def delivered(later: int) -> dict[str, int]:
    with moment.set_to(moment.now() + timedelta(seconds=later)):
        done = deliver_due(1000, 120)
    return {"sent": done.sent, "failed": done.failed, "dead": done.dead}


def figures() -> dict[str, object]:
    rows = Message.objects.order_by("id").values_list("reference", "state", "tries")
    return {"rows": list(rows)}


if __name__ == "__main__":
    verb, *more = sys.argv[1:]
    if verb == "post":
        posted(int(more[0]))
    else:
        told = figures() if verb == "figures" else delivered(int(more[0]) if more else 0)
        sys.stdout.write(json.dumps(told))
