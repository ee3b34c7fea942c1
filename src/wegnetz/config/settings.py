"""The one settings file. Every value an operator may change is read from the environment here."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from wegnetz.config import environment
from wegnetz.config.mail_server import mail_server

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(environment.text("WEGNETZ_DATA", "data")).resolve()
SECRETS = DATA / "secrets"

# Demo mode shows invented people and signs in without a second factor; it never mixes with real data.
DEMO = environment.flag("WEGNETZ_DEMO", default=False)
DEBUG = False
SECRET_KEY = environment.secret("WEGNETZ_SECRET_KEY", SECRETS / "django-secret")
MASTER_KEY = environment.secret("WEGNETZ_MASTER_KEY", SECRETS / "master-key")
AUDIT_KEY = environment.secret("WEGNETZ_AUDIT_KEY", SECRETS / "audit-key")
WITNESS = Path(environment.text("WEGNETZ_WITNESS", str(DATA / "witness"))).resolve()
ALLOWED_HOSTS = environment.text("WEGNETZ_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in environment.text("WEGNETZ_ORIGINS", "").split(",") if origin]
# Where mails and calendar links lead to.
ADDRESS = environment.text("WEGNETZ_ADDRESS", CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "").rstrip("/")
# Pictures under maps, if the operator has any: from this server alone, since no page asks another one.
TILES = environment.own_path("WEGNETZ_TILES")
TILES_SOURCE = environment.text("WEGNETZ_TILES_SOURCE", "")

INSTALLED_APPS = [
    "wegnetz.desk",
    "wegnetz.portal",
    "wegnetz.casework",
    "wegnetz.network",
    "wegnetz.participants",
    "wegnetz.directory",
    "wegnetz.programme",
    "wegnetz.vault",
    "wegnetz.accounts",
    "wegnetz.audit",
    "wegnetz.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wegnetz.core.middleware.protect_responses",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wegnetz.core.middleware.refuse_large_bodies",
    "allauth.account.middleware.AccountMiddleware",
    "wegnetz.desk.middleware.SecondFactorPages",
]

ROOT_URLCONF = "wegnetz.config.urls"
WSGI_APPLICATION = "wegnetz.config.wsgi.application"
EVENT_WIRING = "wegnetz.config.wiring.WIRING"
JOB_SCHEDULE = "wegnetz.config.schedule.SCHEDULE"
ISOLATION = "wegnetz.config.isolation.ISOLATION"
RETENTION = "wegnetz.config.retention.KINDS"
FOLLOWED_UP = "wegnetz.config.follow_up.FOLLOWED_UP"
# Which people were erased, outside of the databases and their backups.
ERASURES = Path(environment.text("WEGNETZ_ERASURES", str(DATA / "erasures.jsonl")))
DEMO_DAY = date(2021, 10, 7)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["wegnetz.core.templatetags.ui", "wegnetz.desk.templatetags.forms", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wegnetz.desk.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "wegnetz.core.forms.KernRenderer"

# --- databases -------------------------------------------------------------------------------------
# The keys that open a person's data live in a database of their own: whoever holds only the main
# database, or a backup of it, reads pseudonyms and ciphertext.


def database(variable: str, file: str) -> dict[str, Any]:
    url = environment.text(variable, "")
    if url:
        try:
            config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{variable} cannot be read; write it like postgresql://user:password@host/database."
            ) from error
        if "postgresql" not in config["ENGINE"]:
            raise ImproperlyConfigured(f"{variable} names {config['ENGINE']}; PostgreSQL is what is supported.")
        return config
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON;"  # without it, REPLACE deletes past the triggers of the audit
            ),
        },
    }


DATABASES = {
    "default": database("DATABASE_URL", "wegnetz.sqlite3"),
    "keystore": database("KEYSTORE_URL", "keystore.sqlite3"),
}
if environment.text("DATABASE_URL", "") and not environment.text("KEYSTORE_URL", ""):
    raise ImproperlyConfigured("DATABASE_URL is set, KEYSTORE_URL is not: the keys need a database of their own.")
if len({tuple(str(entry.get(part, "")) for part in ("HOST", "PORT", "NAME")) for entry in DATABASES.values()}) == 1:
    raise ImproperlyConfigured("DATABASE_URL and KEYSTORE_URL name the same database: the keys need one of their own.")
DATABASE_ROUTERS = ["wegnetz.vault.router.KeystoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people who sign in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["wegnetz.accounts.adapters.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "wegnetz.accounts.adapters.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "wegnetz.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses are set by whoever makes the account; there is no sign-up to verify them for.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODE_DIGITS = 16
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Wegnetz"
# Browsers allow passkeys on http only for localhost, which is where the demo runs.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("WEGNETZ_PROXIES", 0)

SESSION_ENGINE = "wegnetz.accounts.sessions"
# Signed out after an hour without a page (the guard prolongs it), and after a working day in any case.
SESSION_COOKIE_AGE = 3600
SESSION_LONGEST = 10 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_RESET_TIMEOUT = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wegnetz.desk.failures.csrf_failure"
HTTPS = environment.flag("WEGNETZ_HTTPS", default=not DEMO)
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

# --- what the browser may do -----------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # KERN draws its icons as data: masks
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- languages, time, files ------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
# The public pages have more (portal.languages). These are written from right to left beside those that Django knows.
LANGUAGES_BIDI = ["ar", "fa", "prs", "ps", "ckb"]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {"staticfiles": {"BACKEND": "wegnetz.core.staticfiles.ManifestStorage"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a place with two hundred rows of times has 3,400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Files are handed in through memory alone: Django would put those of some size on the disk, readable for everybody
# there. Nothing larger arrives (core.middleware).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MAIL_ADDRESS = environment.secret("WEGNETZ_EMAIL_SERVER", None)
MAIL_SERVER = mail_server("WEGNETZ_EMAIL_SERVER", MAIL_ADDRESS)
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.tls, MAIL_SERVER.starttls
EMAIL_TIMEOUT = 10  # seconds; whoever pressed a button waits no longer for a server that says nothing
EMAIL_BACKEND = environment.text(
    "WEGNETZ_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if MAIL_ADDRESS else 'dummy'}.EmailBackend"
)
DEFAULT_FROM_EMAIL = environment.text("WEGNETZ_EMAIL_FROM", f"wegnetz@{urlsplit(ADDRESS).hostname or 'localhost'}")
# The class that carries short messages, as a dotted path; none where there is none.
SMS = environment.text("WEGNETZ_SMS", "")
SMS_FOLDER = Path(environment.text("WEGNETZ_SMS_FOLDER", str(DATA / "sms"))).resolve()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wegnetz.core.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("WEGNETZ_LOG", "WARNING")},
}
