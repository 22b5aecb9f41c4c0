"""What holds for every test: what this machine lacks is skipped loudly, and nothing talks to another machine.

Environment, set by `make test` (`ops/run_tests.py`):
  CI=true or PARLEY_NO_SKIP=1   a skip, for whatever reason, is a failure
  PARLEY_ONLY_DB=1              only tests that touch the database (the PostgreSQL run)
  DATABASE_URL                  the database under test; SQLite without it
  TEST_DATABASE_URL, TEST_REDIS_URL   servers for tests that start processes of their own
"""

import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import append_only, chromium, libreoffice
from tests.shared import SHARED

NO_SKIP = os.environ.get("CI") == "true" or os.environ.get("PARLEY_NO_SKIP") == "1"
ONLY_DB = os.environ.get("PARLEY_ONLY_DB") == "1"
DB_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
    "admin_user",
    "admin_client",
}

# The same examples on every run, so that a red build is red again; `make long` looks for new ones.
settings.register_profile("sample", derandomize=True, deadline=None, max_examples=50, database=None)
settings.register_profile(
    "long", deadline=None, max_examples=2_000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sample")

append_only.allow_flush()


def _what_is_missing(marker: str) -> str:
    """Empty where the machine has what `marker` asks for, otherwise the reason for the skip."""
    if marker == "postgres" and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return "SKIPPED: runs on PostgreSQL only, and DATABASE_URL names none (make test starts one)"
    if marker == "redis" and not os.environ.get("TEST_REDIS_URL"):
        return "SKIPPED: TEST_REDIS_URL names no Redis (make test starts one)"
    if marker == "browser" and chromium.find() is None:
        return "SKIPPED: Chromium is not installed (make test installs it where it may)"
    if marker == "libreoffice" and libreoffice.what_is_missing():
        return f"SKIPPED: not installed: {libreoffice.what_is_missing()} (make test installs it where it may)"
    if marker == "shared" and not SHARED.is_dir():
        return f"SKIPPED: the shared test documents are not at ../{SHARED.name} beside the project"
    return ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ONLY_DB:
        kept = [item for item in items if _touches_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _touches_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    if DB_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    # Django's own test classes ask for no fixture; all of those with a database know `databases`.
    return bool(getattr(getattr(item, "cls", None), "databases", None))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in ("postgres", "redis", "browser", "libreoffice", "shared"):
        if item.get_closest_marker(marker) and (reason := _what_is_missing(marker)):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    # An expected failure is reported as skipped too, and is not one.
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    if NO_SKIP and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and here nothing may be: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    """A test that connects anywhere but to this machine fails, whatever the code under test catches."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(connect_ex))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests with a page: Playwright takes only one at a time in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


def _guarded(connect: Callable) -> Callable:
    def to_this_machine_only(self: socket.socket, address: object) -> object:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(host)):
            pytest.fail(f"A test tried to connect to {host}.")
        return connect(self, address)

    return to_this_machine_only


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1", "0.0.0.0", "::", "") or host.startswith("127.")
