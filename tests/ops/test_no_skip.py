"""What the tests' own conftest promises, seen from outside: pytest runs a small file with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SKIPS = {
    "a mark": "@pytest.mark.skip(reason='no wind')\ndef test_it(): pass",
    "a condition": "@pytest.mark.skipif(True, reason='no wind')\ndef test_it(): pass",
    "a call": "def test_it(): pytest.skip('no wind')",
    "a fixture": "@pytest.fixture\ndef sail(): pytest.skip('no wind')\ndef test_it(sail): pass",
    "a module": "pytest.skip('no wind', allow_module_level=True)",
}
CONFTEST = (
    "from tests.conftest import *\n"
    "from tests.conftest import _only_this_machine\n"
    "def pytest_configure(config):\n"
    "    for name in ('postgres', 'redis', 'browser', 'libreoffice', 'shared', 'django_db'):\n"
    "        config.addinivalue_line('markers', name)\n"
)


def run(folder, body, **environment):
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_small.py").write_text(f"import pytest\n{body}\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    names = {"CI", "PARLEY_NO_SKIP", "PARLEY_ONLY_DB", "DATABASE_URL", "TEST_REDIS_URL"}
    env = {name: value for name, value in os.environ.items() if name not in names and "PYTEST" not in name}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(
        command, cwd=folder, env=env | {"PYTHONPATH": str(ROOT)} | environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("how", sorted(SKIPS))
def test_a_skip_is_a_skip_on_a_persons_machine(tmp_path, how):
    assert "1 skipped" in run(tmp_path, SKIPS[how]).stdout


@pytest.mark.parametrize("how", sorted(SKIPS))
def test_a_skip_fails_the_build_and_keeps_its_reason(tmp_path, how):
    done = run(tmp_path, SKIPS[how], CI="true")
    assert done.returncode not in (0, 5)
    assert "no wind" in done.stdout
    assert "nothing may be" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path):
    done = run(tmp_path, "@pytest.mark.xfail\ndef test_it(): assert 0", PARLEY_NO_SKIP="1")
    assert done.returncode == 0
    assert "1 xfailed" in done.stdout


def test_a_test_for_postgres_is_skipped_loudly_on_sqlite(tmp_path):
    done = run(tmp_path, "@pytest.mark.postgres\ndef test_it(): pass")
    assert "1 skipped" in done.stdout


def test_the_run_on_postgres_takes_only_what_touches_the_database(tmp_path):
    body = (
        "@pytest.fixture\ndef db(): pass\n"
        "def test_pure(): pass\n"
        "def test_by_fixture(db): pass\n"
        "@pytest.mark.django_db\ndef test_by_mark(): pass\n"
        "class TestByClass:\n    databases = {'default'}\n    def test_it(self): pass\n"
    )
    done = run(tmp_path, body, PARLEY_ONLY_DB="1")
    assert "3 passed, 1 deselected" in done.stdout


@pytest.mark.parametrize("address", ["('192.0.2.1', 80)", "('2001:db8::1', 80)"])
def test_a_connection_to_another_machine_fails_even_where_the_code_catches_everything(tmp_path, address):
    family = "AF_INET6" if "::" in address else "AF_INET"
    body = (
        "import socket\ndef test_it():\n    try:\n"
        f"        socket.socket(socket.{family}).connect({address})\n    except Exception: pass\n"
    )
    done = run(tmp_path, body)
    assert "1 failed" in done.stdout
    assert "tried to connect to" in done.stdout
