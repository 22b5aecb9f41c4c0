"""The job room alone: no other app of ours, a handful of sample jobs, a page that answers.

Used by the processes that tests start (workers, `up`, Celery), so that they start in a moment and their kills
cannot touch anything else.
"""

import os

from config.settings_test import *  # noqa: F403 - the same settings, less the apps

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "jobs.apps.JobsConfig",
    "tests.jobs.sampleapp.apps.SampleConfig",
]
MIDDLEWARE = []
TEMPLATES = []
AUTHENTICATION_BACKENDS = []
AUTH_USER_MODEL = "auth.User"
ROOT_URLCONF = "tests.jobs.sampleapp.urls"
JOBS_LEASE_SECONDS = float(os.environ.get("TEST_LEASE_SECONDS", "60"))
JOBS_STOP_GRACE_SECONDS = float(os.environ.get("TEST_STOP_GRACE_SECONDS", "20"))
JOBS_BACKOFF_SECONDS = 0.1
