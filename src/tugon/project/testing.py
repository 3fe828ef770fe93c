"""The settings of the tests: a data directory and a database server of their own, nothing that leaves the machine."""

import os
from pathlib import Path

from tugon.lib.home import checkout

# Never the data directory of this environment: the server of the tests gives up safety for speed.
TEST_HOME = os.environ.get("TUGON_TEST_HOME") or str((checkout() or Path.cwd()) / "var" / "test")
# Runs at the same time must not share a database: its name carries the process that began the run.
RUN = os.environ.get("TUGON_TEST_RUN") or str(os.getpid())
for name in [name for name in os.environ if name == "DATABASE_URL" or name.startswith("TUGON_")]:
    del os.environ[name]
os.environ |= {"TUGON_HOME": TEST_HOME, "TUGON_TEST_HOME": TEST_HOME, "TUGON_TEST_RUN": RUN}
os.environ["TUGON_LOG_LEVEL"] = "WARNING"
if test_database := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = test_database

from tugon.project.settings import *  # noqa: E402, F403
from tugon.project.settings import DATABASES  # noqa: E402

SECRET_KEY = "only-for-tests-" + "x" * 40
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["TEST"] = {"NAME": f"test_{RUN}"}
