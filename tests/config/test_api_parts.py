"""The API's settings load in any order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("DEFAULT_PAGINATION_CLASS", "DEFAULT_PARSER_CLASSES", "EXCEPTION_HANDLER", "DEFAULT_SCHEMA_CLASS")


@pytest.mark.parametrize("first", PARTS)
def test_any_part_of_the_api_may_be_asked_for_first(first: str):
    # System checks run in no fixed order, and one of them asks for a part before any view is loaded.
    script = (
        "import django, sys; django.setup()\n"
        "from rest_framework.settings import api_settings\n"
        "assert getattr(api_settings, sys.argv[1])\n"
        "import config.urls\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
    told = subprocess.run(
        [sys.executable, "-c", script, first], cwd=ROOT, capture_output=True, text=True, env=environment
    )
    assert told.returncode == 0, told.stderr


def test_the_api_describes_itself_without_a_warning():
    told = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--fail-on-warn", "--validate"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"},
    )
    assert told.returncode == 0, told.stderr
    assert "scheme: bearer" in told.stdout
