"""The documents of a matter, for any page that shows one: `{% load dossiers %}{% dossier matter %}`."""

from __future__ import annotations

from typing import Any

from django import template

from onewindow.kernel.api import Matter
from onewindow.main.web.documents import groups, may_send

register = template.Library()


@register.inclusion_tag("components/dossier.html", takes_context=True)
def dossier(context: template.Context, matter: Matter) -> dict[str, Any]:
    """The panel of a matter's documents, as the reader of the page may see them."""
    actor = context["request"].actor
    return {
        "matter": matter,
        "matter_id": matter.pk,
        "groups": groups(matter.pk, actor),
        "may_send": may_send(matter.pk, actor),
    }
