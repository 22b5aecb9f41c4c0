"""The hint about the sample company stands on the sign-in page of `make demo`, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).parents[2]
HINT = "The sample organisation is loaded"


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_sign_in_page_of_the_demo_says_so(client, settings, is_demo):
    settings.PARLEY_DEMO = is_demo
    assert (HINT in client.get(reverse("accounts:sign_in")).content.decode()) == is_demo


@pytest.mark.parametrize(("given", "read"), [({"PARLEY_DEMO": "1"}, "True"), ({}, "False")])
def test_it_is_off_unless_the_environment_sets_it(tmp_path, given, read):
    environment = {name: text for name, text in os.environ.items() if name != "PARLEY_DEMO"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PARLEY_DATA": str(tmp_path)} | given
    asked = "from django.conf import settings; print(settings.PARLEY_DEMO)"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == read


def test_only_make_demo_sets_it():
    def commands(target: str) -> str:
        return subprocess.run(
            ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

    assert "PARLEY_DEMO=1 .venv/bin/python manage.py up" in commands("demo")
    assert "PARLEY_DEMO" not in commands("up")
