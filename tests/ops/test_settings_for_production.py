"""The settings of ops/example.env, filled in as it says, pass Django's own deployment check."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def example_environment(tmp_path, **filled_in):
    lines = (ROOT / "ops" / "example.env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | given | {"PARLEY_DATA": str(tmp_path)} | filled_in


def manage(*arguments, env):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    env = example_environment(tmp_path, PARLEY_SECRET_KEY=secrets.token_urlsafe(64))
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_it_does_not_start_without_a_secret_on_a_public_address(tmp_path):
    done = manage("check", env=example_environment(tmp_path))
    assert done.returncode != 0
    assert "PARLEY_SECRET_KEY must be set" in done.stderr
    assert not (tmp_path / "secret_key").exists()
