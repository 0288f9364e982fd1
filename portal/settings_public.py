"""Settings of the public zone: one app of its own, no sign-in, no session, no broker, a database role that sees little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.environment import database, flag, read, words

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = flag("PORTAL_DEMO")
DEBUG = False
SECRET_KEY = read("PORTAL_PUBLIC_SECRET_KEY")
ALLOWED_HOSTS = words("PORTAL_ALLOWED_HOSTS", "localhost,127.0.0.1")
# The address printed on documents and in feeds; empty means: as the visitor called it.
PUBLIC_URL = read("PORTAL_PUBLIC_URL", "").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "portal.theme",
    "disclosure.public",
]
# No CSRF protection: there is nothing bound to a visitor that a foreign page could misuse, and a token
# would make every page private to one visitor.
MIDDLEWARE = [
    "disclosure.public.keeping.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.theme.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "disclosure.public.middleware.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "disclosure.public.middleware.UnavailableMiddleware",
]
ROOT_URLCONF = "portal.urls_public"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.i18n", "disclosure.public.context.zone"]
        },
    }
]

# A search that takes longer than this is stopped: one visitor cannot slow down the others.
SESSION = "-c statement_timeout=8000 -c jit=off -c work_mem=32MB"
DATABASES = {"default": database(read("PORTAL_PUBLIC_DATABASE_URL"), options=SESSION)}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A streaming standby may take the reading; the original is asked only for the state of the published rows.
if REPLICA := read("PORTAL_PUBLIC_REPLICA_URL", ""):
    DATABASES["replica"] = database(REPLICA, options=SESSION, connect_timeout=2)
    DATABASES["replica"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["disclosure.public.standby.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The Redis user of the public zone may only touch keys that begin with its prefix.
REDIS_URL = read("PORTAL_REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "public",
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Uploads are hashed while they arrive (disclosure.public.verification), never kept.
FILE_UPLOAD_HANDLERS = ["disclosure.public.verification.HashingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # no CSRF middleware, see above
    "security.W005", "security.W021",  # HSTS for other names is for the owner of the domain to decide
    "security.W008",  # the proxy redirects to https
]  # fmt: skip
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
