"""Settings of the desk: the web process, the worker, beat and every management command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from portal.environment import database, flag, read, words

# Lets `ModelChoiceField[Any]` and its like be written where the type checker wants them.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = flag("PORTAL_DEMO")
DEBUG = False
SECRET_KEY = read("PORTAL_SECRET_KEY")
ENCRYPTION_KEYS = words("PORTAL_ENCRYPTION_KEYS")
HASH_KEY = read("PORTAL_HASH_KEY")
ALLOWED_HOSTS = words("PORTAL_ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = words("PORTAL_CSRF_ORIGINS")
PUBLIC_URL = read("PORTAL_PUBLIC_URL", "http://127.0.0.1:8001").rstrip("/")
DESK_URL = read("PORTAL_DESK_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "portal.accounts.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "guardian",
    "simple_history",
    "axes",
    "portal.theme",
    "portal.outbox",
    "portal.ledger",
    "portal.accounts",
    "portal.matters",
    "portal.deadlines",
    "portal.workflow",
    "portal.documents",
    "portal.attachments",
    "portal.inbox",
    "portal.web",
    "portal.api",
    "personnel",
    "personnel.training",
    "personnel.examinations",
    "personnel.applications",
    "personnel.subjects",
    "personnel.cleanup",
    "enforcement",
    "enforcement.catalogue",
    "enforcement.execution",
    "enforcement.hearing",
    "enforcement.measures",
    "enforcement.summary",
    "enforcement.review",
    "enforcement.radar",
    "enforcement.impact",
    "enforcement.lightacts",
    "enforcement.completeness",
    "enforcement.people",  # after the other apps of enforcement: it adds gates to their steps
    "disclosure",
    "disclosure.proofs",
    "disclosure.public",
    "supervision",
    *(["demo"] if DEMO else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.theme.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.web.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.web.context.desk",
            ],
        },
    }
]

DATABASES = {"default": database(read("PORTAL_DATABASE_URL"))}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = read("PORTAL_REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "portal.accounts.backends.LiveGrantBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "web:workbench"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
SIMPLE_HISTORY_REVERT_DISABLED = True
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # LiveGrantBackend stands in: guardian's own ignores the end of a right
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "desk_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "desk_csrf"
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"
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
MEDIA_ROOT = Path(read("PORTAL_MEDIA_ROOT", str(BASE_DIR / ".local" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
ATTACHMENT_MAX_BYTES = 200 * 1024 * 1024
ATTACHMENT_MAX_PER_MATTER = 500
CLAMD = read("PORTAL_CLAMD", "")

EMAIL_HOST = read("PORTAL_EMAIL_HOST", "" if DEMO else "localhost")
# The demo's people live at demo.invalid: without a mail server their mails are kept as files.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = MEDIA_ROOT / "mail"
EMAIL_PORT = int(read("PORTAL_EMAIL_PORT", "25"))
EMAIL_HOST_USER = read("PORTAL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = read("PORTAL_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("PORTAL_EMAIL_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read("PORTAL_EMAIL_FROM", "portal@localhost")

# The dotted path of a class with send(phone, text); empty: no text messages.
SMS_GATEWAY = read("PORTAL_SMS_GATEWAY", "")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 1, "max_retries": 1}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "drain-outbox": {"task": "portal.outbox.tasks.drain", "schedule": 15.0},
    "sweep-deadlines": {"task": "portal.deadlines.tasks.sweep", "schedule": 600.0},
    "check-calendars": {"task": "portal.deadlines.tasks.check_calendars", "schedule": crontab(hour=8, minute=0)},
    "render-pending": {"task": "portal.documents.tasks.render_pending", "schedule": 60.0},
    "scan-attachments": {"task": "portal.attachments.tasks.scan_waiting", "schedule": 900.0},
    "expire-disclosures": {"task": "disclosure.tasks.expire", "schedule": crontab(hour=0, minute=20)},
    "count-disclosures": {"task": "disclosure.tasks.count", "schedule": 600.0},
    "publish-directory": {"task": "disclosure.tasks.publish_directory", "schedule": 1800.0},
    "sweep-training": {"task": "personnel.training.tasks.sweep", "schedule": crontab(hour="6,23", minute=40)},
    "watch-certificates": {"task": "personnel.tasks.watch_certificates", "schedule": crontab(hour=7, minute=10)},
    "sweep-examinations": {"task": "personnel.examinations.tasks.sweep", "schedule": 60.0},
    "count-questions": {"task": "personnel.examinations.tasks.count", "schedule": crontab(hour=3, minute=30)},
    "open-completeness-reports": {
        "task": "enforcement.completeness.tasks.open_reports",
        "schedule": crontab(hour=7, minute=30),
    },
    "seal-ledger": {"task": "portal.ledger.tasks.seal", "schedule": crontab(hour=0, minute=5)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        name: {"level": level}
        for name, level in (
            ("fontTools", "WARNING"),
            ("weasyprint", "ERROR"),
            ("axes", "WARNING"),
            ("pikepdf", "WARNING"),
        )
    },
}
