"""The one file of settings. Values come from `environment`; what they must be is asked in `checks`."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from onewindow.main import environment, tree

ENVIRONMENT = environment.read()
DATA = ENVIRONMENT.path("DATA", Path("var").resolve())

DEBUG = ENVIRONMENT.yes("DEBUG")
ALLOWED_HOSTS = ENVIRONMENT.items("HOSTS")
_secret = DATA / "secret-key"
# An empty key is a complaint of `checks`: Django itself would refuse to start without saying how to mend it.
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY") or (
    _secret.read_text(encoding="utf-8").strip() if _secret.exists() else "not-set"
)

KEYRING = ENVIRONMENT.path("KEYRING", DATA / "keyring.json")
LEDGER_KEY = ENVIRONMENT.path("LEDGER_KEY", DATA / "ledger-key.pem")
TRUSTED_KEYS = ENVIRONMENT.path("TRUSTED_KEYS", DATA / "trusted-keys")
STORAGE = ENVIRONMENT.text("STORAGE") or str(DATA / "documents")
TERMS = ENVIRONMENT.text("TERMS")
STREAM_URL = ENVIRONMENT.text("STREAM_URL")
BUREAU = ENVIRONMENT.text("BUREAU")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *tree.apps(ENVIRONMENT.items("APPS")),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "onewindow.main.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.main.web.headers.ReadingType",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onewindow.people.access.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_FAILURE_VIEW = "onewindow.main.web.errors.csrf_failure"
ROOT_URLCONF = "onewindow.main.urls"
WSGI_APPLICATION = "onewindow.main.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onewindow.main.web.context.page",
            ],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA / "onewindow.sqlite3"),
    "OPTIONS": {
        # A transaction that will write takes the lock at once: two that begin as readers cannot both go on.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            "PRAGMA journal_size_limit=67108864"
        ),
    },
    "CONN_MAX_AGE": None,
}
_url = ENVIRONMENT.text("DATABASE_URL")
DATABASES = {"default": dict(dj_database_url.parse(_url, conn_max_age=600)) if _url else _SQLITE}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # files are served out of the apps: nothing is collected before

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.yes("HTTPS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
