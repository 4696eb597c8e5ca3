"""django-helpdesk from PyPI, in an environment of its own, on the same PostgreSQL: a ticket as a lifecycle."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bench.clients import Client, free_port, wait_for
from bench.postgres import fresh_database

FOLDER = Path(__file__).parent.parent.parent / "out" / "peers" / "helpdesk"
REQUIREMENTS = (
    "django-helpdesk==2.6.1", "djangorestframework==3.16.0", "gunicorn==23.0.0", "psycopg[binary]==3.2.9", "Django==5.2.3",
)  # fmt: skip
SETTINGS = """
SECRET_KEY = "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "peer_urls"
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
    "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize", "rest_framework", "helpdesk",
]
SITE_ID = 1
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
    "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                           "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": %(name)r, "USER": %(user)r,
                         "PASSWORD": %(password)r, "HOST": %(host)r, "PORT": %(port)r, "CONN_MAX_AGE": 600}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_URL = "/static/"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HELPDESK_ACTIVATE_API_ENDPOINT = True
HELPDESK_TEAMS_MODE_ENABLED = False
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"]}
"""
URLS = """
from django.urls import include, path
urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
DATA = """
import django; django.setup()
from django.contrib.auth.models import User
from helpdesk.models import Queue
User.objects.create_superuser("peer", "peer@localhost", "peer")
Queue.objects.create(title="peer", slug="peer")
"""


@contextmanager
def serving(processes: int) -> Iterator[int]:
    """Its port, while it serves."""
    _install()
    address = urlsplit(fresh_database("bench_helpdesk"))
    (FOLDER / "peer_settings.py").write_text(_settings(address), encoding="utf-8")
    (FOLDER / "peer_urls.py").write_text(URLS, encoding="utf-8")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer_settings", "PYTHONPATH": str(FOLDER)}
    environment.pop("PYTHONHASHSEED", None)
    python = FOLDER / "venv" / "bin" / "python"
    for command in (["-m", "django", "migrate", "-v0"], ["-c", DATA]):
        subprocess.run([python, *command], check=True, env=environment, cwd=FOLDER, stdout=subprocess.DEVNULL)
    listening = free_port()
    server = subprocess.Popen(
        [
            python, "-m", "gunicorn", "-w", str(processes), "--threads", "2", "-b", f"127.0.0.1:{listening}",
            "--log-level", "error", "django.core.wsgi:get_wsgi_application()",
        ],
        env=environment,
        cwd=FOLDER,
    )  # fmt: skip
    try:
        wait_for(listening)
        yield listening
    finally:
        server.terminate()
        server.wait()


def _settings(address: SplitResult) -> str:
    return SETTINGS % {
        "name": address.path.lstrip("/"),
        "user": address.username,
        "password": address.password or "",
        "host": address.hostname,
        "port": str(address.port or 5432),
    }


def _install() -> None:
    done = FOLDER / "installed"
    if done.exists() and done.read_text(encoding="utf-8") == "\n".join(REQUIREMENTS):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER / "venv")], check=True)
    pip = [
        str(FOLDER / "venv" / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, *REQUIREMENTS], check=True)
    done.write_text("\n".join(REQUIREMENTS), encoding="utf-8")


def client(port: int) -> Client:
    """A client that has logged in."""
    secret = base64.b64encode(b"peer:peer").decode()
    return Client(port, {"Authorization": f"Basic {secret}"})


def life(one: Client, number: int) -> None:
    """Create a ticket, change its state, read it; every tenth time a list of 100."""
    ticket = one.json(
        "create",
        "POST",
        "/api/tickets/",
        {"title": f"ticket {number}", "queue": 1, "priority": 3, "description": "text"},
    )
    address = f"/api/tickets/{ticket['id']}/"
    one.json("step", "PATCH", address, {"status": 2})
    one.json("read", "GET", address)
    if number % 10 == 0:
        one.json("list", "GET", "/api/tickets/?page_size=100")
