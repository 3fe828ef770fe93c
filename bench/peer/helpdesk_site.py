"""django-helpdesk as a Django project of its own, tuned in its favour: no debugging, connections kept, nothing sent.

Runs in the environment that bench/peer/install.py makes. PEER_HOST: the directory of PostgreSQL's socket.
PEER_DATABASE: the database. PEER_FILES: where attachments go.
"""

# ruff: noqa: E402  Django is configured before it is used

import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    DEBUG=False,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.sites",
        "django.contrib.humanize",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.admin",
        "rest_framework",
        "django_cleanup.apps.CleanupConfig",
        "helpdesk",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.debug",
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("PEER_DATABASE", "peer"),
            "USER": "tugon",
            "HOST": os.environ.get("PEER_HOST", ""),
            "PORT": "5432",
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SITE_ID=1,
    USE_TZ=True,
    STATIC_URL="/static/",
    STATIC_ROOT=os.environ.get("PEER_FILES", "") + "/static",
    MEDIA_ROOT=os.environ.get("PEER_FILES", ""),
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    LOGIN_URL="helpdesk:login",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    HELPDESK_REDIRECT_TO_LOGIN_BY_DEFAULT=False,
    LOGGING={"version": 1, "disable_existing_loggers": True},
)
django.setup()

from django.contrib import admin
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [
    path("empty", empty),
    path("admin/", admin.site.urls),
    path("", include("helpdesk.urls", namespace="helpdesk")),
]
application = get_wsgi_application()
