"""The web process."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from onewindow.main import databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")
databases.for_pages(settings.DATABASES["default"])
application = get_wsgi_application()
