"""Settings for tests: quick password hashing, files in a temporary folder, mail kept in memory.

The database comes from `DATABASE_URL` as in production, so the same tests run on SQLite and PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

if "PARLEY_DATA" not in os.environ:
    # Whoever made the folder removes it; the processes it starts find it in their environment.
    os.environ["PARLEY_DATA"] = tempfile.mkdtemp(prefix="parley-test-")
    atexit.register(shutil.rmtree, os.environ["PARLEY_DATA"], ignore_errors=True)

from config.settings import *  # noqa: F403  settings are names by nature
from config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
AXES_ENABLED = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory, so that threads and processes of one test see the same database.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["PARLEY_DATA"], "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
