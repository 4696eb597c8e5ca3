"""The one file of settings. Values come from `environment`; what they must be is asked in `checks`."""

from __future__ import annotations

from pathlib import Path

from onewindow.main import databases, environment, lines, tree

ENVIRONMENT = environment.read()
DATA = ENVIRONMENT.path("DATA", Path("var").resolve())

DEBUG = ENVIRONMENT.yes("DEBUG")
# This machine itself asks /healthz and /metrics by its own address.
ALLOWED_HOSTS = list(dict.fromkeys([*ENVIRONMENT.items("HOSTS"), "localhost", "127.0.0.1", "[::1]"]))
_secret = DATA / "secret-key"
# An empty key is a complaint of `checks`: Django itself would refuse to start without saying how to mend it.
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY") or (
    _secret.read_text(encoding="utf-8").strip() if _secret.exists() else "not-set"
)

KEYRING = ENVIRONMENT.path("KEYRING", DATA / "keyring.json")
LEDGER_KEY = ENVIRONMENT.path("LEDGER_KEY", DATA / "ledger-key.pem")
TRUSTED_KEYS = ENVIRONMENT.path("TRUSTED_KEYS", DATA / "trusted-keys")
STORAGE = ENVIRONMENT.text("STORAGE") or str(DATA / "documents")
DOCUMENTS_INCOMING = DATA / "incoming"  # files that are being received and checked
DOCUMENT_LIMITS = ENVIRONMENT.text("DOCUMENT_LIMITS")
SCANNER = ENVIRONMENT.text("SCANNER")
TERMS = ENVIRONMENT.text("TERMS")
LOG_IN = ENVIRONMENT.text("LOG_IN")
IDENTITY_ISSUER = ENVIRONMENT.text("IDENTITY_ISSUER")
IDENTITY_CLIENT = ENVIRONMENT.text("IDENTITY_CLIENT")
IDENTITY_SECRET = ENVIRONMENT.text("IDENTITY_SECRET")
RETRIES = ENVIRONMENT.text("RETRIES")
SMS = ENVIRONMENT.text("SMS")
MAIL = ENVIRONMENT.text("MAIL")
PROVINCE = ENVIRONMENT.text("PROVINCE")
PROVINCE_KEY = ENVIRONMENT.path("PROVINCE_KEY", DATA / "province-key.pem")
PROVINCE_RECEIVED = DATA / "province-received.sqlite3"  # what the local receiver was sent
METRICS_TOKEN = ENVIRONMENT.text("METRICS_TOKEN")
WORKER_SECONDS = ENVIRONMENT.number("WORKER_SECONDS")
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
    "onewindow.main.proxies.Proxies",
    "onewindow.main.logs.Requests",
    "onewindow.main.uploads.Cleared",
    "django.middleware.security.SecurityMiddleware",
    "onewindow.main.api.urls.Door",
    "onewindow.main.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.main.web.headers.ReadingType",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onewindow.people.login.sessions.Entrance",
    "onewindow.people.access.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "onewindow.main.web.refusals.Refusals",
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

_unusable = {complaint.variable for complaint in ENVIRONMENT.complaints}
DATABASES = {
    "default": databases.database(
        ENVIRONMENT.text("DATABASE_URL"), "ONEWINDOW_DATABASE_URL" not in _unusable, DATA
    )
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # files are served out of the apps: nothing is collected before

LOGGING = lines.configuration(
    ENVIRONMENT.text("LOG_LEVEL") if "ONEWINDOW_LOG_LEVEL" not in _unusable else "INFO"
)

# What a request may hold: pages' forms are small, and documents are read piece by piece.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_HANDLERS = ["onewindow.main.uploads.Incoming"]

AUTHENTICATION_BACKENDS = ["onewindow.people.login.sessions.Accounts"]
SESSION_ENGINE = "onewindow.people.login.store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Sessions end long before (people.login.policy); a row stays so that what comes too late is not lost.
SESSION_COOKIE_AGE = 3 * 24 * 3600
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

HTTPS = ENVIRONMENT.yes("HTTPS")
PROXIES = [] if "ONEWINDOW_PROXIES" in _unusable else ENVIRONMENT.items("PROXIES")
ORIGINS = ENVIRONMENT.items("ORIGIN")
CSRF_TRUSTED_ORIGINS = [] if "ONEWINDOW_ORIGIN" in _unusable else ORIGINS
# `proxies.Proxies` drops the header where no proxy of ours has set it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [
    r"^healthz$",
    r"^readyz$",
    r"^metrics$",
]  # asked for on this machine, without the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the bureau's domain has other sites, which are not ours to speak for
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The browser itself then refuses a cookie of these names that another host of the domain has set.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
