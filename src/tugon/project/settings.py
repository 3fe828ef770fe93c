"""Django's settings. What depends on the place comes from typed environment variables, described in
docs/operations/configuration.md; what a company configures is rows, not settings.

Reading this starts nothing and needs no database. Wrong variables are refused together, by name, in plain words.
"""

import importlib.util
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import locale
from django.utils.translation import gettext_lazy as _

from tugon.database.connection import databases
from tugon.lib.env import Environment
from tugon.lib.home import prepared_home, private
from tugon.project.secret import secret_key

PACKAGE = Path(__file__).resolve().parents[1]
env = Environment(os.environ)  # with what `tugon` read from the file .env

HOME = prepared_home()
DEBUG = env.flag("TUGON_DEBUG", False)
PROCESS = env.text("TUGON_PROCESS", "command")  # web, worker, mail or command; set by `tugon`

# Address
BASE_URL = env.url("TUGON_BASE_URL", "http://127.0.0.1:8000")
_host = urlsplit(BASE_URL).hostname or "127.0.0.1"
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("TUGON_ALLOWED_HOSTS", [_host, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL, *env.words("TUGON_TRUSTED_ORIGINS")]
# How many proxies in front of us add to X-Forwarded-For; 0 means that the header is not believed.
TRUSTED_PROXIES = env.integer("TUGON_TRUSTED_PROXIES", 0, at_most=5)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# Secrets
SECRET_KEY = secret_key(env, home=HOME)
SECRET_KEY_FILE = None if env.text("TUGON_SECRET_KEY") else HOME / "secret-key"
SECRET_KEY_FALLBACKS = env.words("TUGON_SECRET_KEY_FALLBACKS")

# Programs
OWN_PACKAGES = [
    "tugon.events",
    "tugon.company",
    "tugon.realtime",
    "tugon.meaning",
    "tugon.accounts",
    "tugon.facts",
    "tugon.files",
    "tugon.channels",
    "tugon.customers",
    "tugon.helpcenter",
    "tugon.troubleshooters",
    "tugon.billing",
    "tugon.tickets",
    "tugon.intake",
    "tugon.sla",
    "tugon.feedback",
    "tugon.understanding",
    "tugon.priority",
    "tugon.routing",
    "tugon.templates",
    "tugon.coaching",
    "tugon.assistant",
    "tugon.advisor",
    "tugon.escalation",
    "tugon.rules",
    "tugon.delivery",
    "tugon.notifications",
    "tugon.search",
    "tugon.console",
    "tugon.portal",
    "tugon.administration",
    "tugon.demo",
    "tugon.pages",
]


def _exists(package: str) -> bool:
    place = PACKAGE / package.partition(".")[2]
    return (place / "apps.py").is_file() or (place / "models.py").is_file() or (place / "models").is_dir()


INSTALLED_APPS = [
    *(package for package in OWN_PACKAGES if _exists(package)),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "tugon.project",
]
AUTH_USER_MODEL = "accounts.Agent"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tugon.project.urls"
WSGI_APPLICATION = "tugon.project.wsgi.application"

MIDDLEWARE = [
    "tugon.portal.help.warm.Warm",
    "tugon.pages.security.SecurityHeadersMiddleware",
    "tugon.pages.statics.StaticFiles",
    "tugon.pages.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tugon.accounts.middleware.WhoMiddleware",
    "tugon.pages.reader.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tugon.accounts.middleware.SignedInMiddleware",
    "tugon.pages.errors.DomainErrorMiddleware",
]
CSRF_FAILURE_VIEW = "tugon.pages.errors.csrf_failure"

# Templates: ours are Jinja2, in `<package>/jinja2/<package>/`; Django's own are for libraries that bring theirs.
_context = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "tugon.pages.environment.environment",
            "context_processors": [*_context, "tugon.pages.environment.shared"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context},
    },
]

# Database, sessions, cache
DATABASES = databases(env, home=HOME, application=f"tugon-{PROCESS}")
# In the database alone: a session that is ended somewhere must be over in every process at once.
SESSION_ENGINE = "tugon.accounts.signed_in"
SESSION_COOKIE_AGE = env.seconds("TUGON_SESSION_AGE", 14 * 24 * 3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Shared by all processes: allauth counts failed sign-ins here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Jobs
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful", "shutdown_graceful_timeout": 8}
PROCRASTINATE_ON_APP_READY = "tugon.project.schedule.register"
WORKER_CONCURRENCY = env.integer("TUGON_WORKER_CONCURRENCY", 4, at_least=1, at_most=100)

# Static files: built by `bin/assets` under names that contain their hash.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,}\.\w{2,5}(\.map)?$"

# Files of people
FILES_BUCKET = env.text("TUGON_FILES_S3_BUCKET")
MEDIA_ROOT = env.path("TUGON_FILES", HOME / "files")
MAX_UPLOAD = env.integer("TUGON_MAX_UPLOAD_MB", 25, at_least=1, at_most=2048) * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
_files: dict[str, object] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if FILES_BUCKET:
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        env.refuse(
            "TUGON_FILES_S3_BUCKET", 'is set, but what speaks S3 is not installed. Install "tugon[s3]"'
        )
    _files = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": FILES_BUCKET,
            "endpoint_url": env.url("TUGON_FILES_S3_ENDPOINT") or None,
            "region_name": env.text("TUGON_FILES_S3_REGION") or None,
            "access_key": env.text("TUGON_FILES_S3_ACCESS_KEY") or None,
            "secret_key": env.text("TUGON_FILES_S3_SECRET_KEY") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
else:
    private(MEDIA_ROOT)
STORAGES = {
    "default": _files,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fil", _("Filipino"))]
locale.LANG_INFO.setdefault(
    "fil", {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"}
)
locale.LANG_INFO.setdefault("tl", {"fallback": ["fil"]})
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tugon.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "tugon.accounts.forms.SignInForm",
    "reauthenticate": "tugon.accounts.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # agents come by invitation, which proves the address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# Per address of the network (ip) and per account (key). What an attacker may try, not what a person needs.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/5m/key",
    "reset_password": "20/h/ip,3/10m/key",
    "reauthenticate": "10/m/user",
    "upload": "240/h/ip",  # of who is not signed in as an agent
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "tugon.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "tugon.accounts.forms.CodeForm",
    "reauthenticate": "tugon.accounts.forms.CodeAgain",
    "activate_totp": "tugon.accounts.forms.AppForm",
    "add_webauthn": "tugon.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "tugon.accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/console/"

# Mail to agents, and of last resort. What customers get leaves through the mailboxes configured as rows.
EMAIL_URL = env.url("TUGON_EMAIL_URL", schemes=("smtp", "smtps", "smtp+tls"))
DEFAULT_FROM_EMAIL = env.text("TUGON_EMAIL_FROM", f"tugon@{_host}")
EMAIL_BACKEND = (
    "tugon.delivery.backend.SystemMailBackend"  # the default mailbox; EMAIL_URL where there is none
)
EMAIL_TIMEOUT = 20
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or {"smtps": 465, "smtp+tls": 587}.get(_mail.scheme, 25)
    EMAIL_HOST_USER = _mail.username or ""
    EMAIL_HOST_PASSWORD = env.text("TUGON_EMAIL_PASSWORD", _mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"

# Where the mail process takes letters from a mail server of yours: unix:PATH or HOST:PORT; empty means nowhere.
LMTP_LISTEN = env.text("TUGON_LMTP", f"unix:{HOME / 'lmtp.sock'}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_keys": {"()": "tugon.project.logs.WithoutKeys"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("TUGON_LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO"),
    },
    "loggers": {
        "django": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "procrastinate": {"level": "WARNING"},
    },
}

env.seal()
