"""The least that the same stack can do: one SELECT, one INSERT, commit. A WSGI application of its own.

BARE_DATABASE=postgresql://… granian --interface wsgi bench.peers.bare_app:application
"""

from __future__ import annotations

import os
from typing import ClassVar

import dj_database_url
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": dict(dj_database_url.parse(os.environ["BARE_DATABASE"], conn_max_age=600))},
    INSTALLED_APPS=["django.contrib.contenttypes"],
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI, Schema  # noqa: E402

PLACES = 1000


class Place(models.Model):
    """What is selected."""

    name = models.CharField(max_length=40, unique=True)
    objects: ClassVar[models.Manager[Place]] = models.Manager()

    class Meta:
        app_label = "bare"


class Line(models.Model):
    """What is inserted."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    text = models.CharField(max_length=200)
    at = models.BigIntegerField()
    objects: ClassVar[models.Manager[Line]] = models.Manager()

    class Meta:
        app_label = "bare"


class Told(Schema):
    """What is asked with."""

    place: str
    text: str
    at: int


class Kept(Schema):
    """What is answered."""

    id: int


api = NinjaAPI(openapi_url=None)


@api.post("/lines", response=Kept)
def keep(request: HttpRequest, told: Told) -> Line:  # noqa: ARG001 - ninja hands it over
    """One SELECT, one INSERT, commit."""
    with transaction.atomic():
        place = Place.objects.get(name=told.place)
        return Line.objects.create(place=place, text=told.text, at=told.at)


urlpatterns = [path("", api.urls)]
application = get_wsgi_application()


def prepare() -> None:
    """Make the tables, and places to select."""
    with connection.schema_editor() as editor:
        editor.create_model(Place)
        editor.create_model(Line)
    Place.objects.bulk_create([Place(name=f"place {number}") for number in range(PLACES)])


if __name__ == "__main__":
    prepare()
