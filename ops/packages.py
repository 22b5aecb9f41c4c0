"""The Debian packages the tests use, installed where this machine lets us.

What is missing and cannot be installed is named, one line each; nothing here stops the tests.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops import office, services

POLICY = Path("/usr/sbin/policy-rc.d")


@dataclass(frozen=True)
class Need:
    """One thing the tests use: its name, how to tell that it is here, and the packages that bring it."""

    name: str
    is_here: Callable[[], bool]
    packages: tuple[str, ...]


def _on_path(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) for program in programs)


def _has_uno() -> bool:
    debian = "/usr/bin/python3"
    return (
        os.path.exists(debian)
        and subprocess.run([debian, "-c", "import uno"], capture_output=True).returncode == 0
    )


def _has_liberation() -> bool:
    return any(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf"))


NEEDS = (
    Need("PostgreSQL", lambda: services.postgres_folder() is not None, ("postgresql",)),
    Need("Redis", _on_path("redis-server"), ("redis-server",)),
    Need("Chromium", _on_path("chromium", "chromium-browser"), ("chromium",)),
    Need("LibreOffice", lambda: office.find() is not None, ("libreoffice-writer-nogui",)),
    Need("UNO for Python", _has_uno, ("python3-uno",)),
    Need("poppler", _on_path("pdftotext"), ("poppler-utils",)),
    # Without it pages break elsewhere than in Word, so pictures and page counts differ between machines.
    Need("Liberation fonts", _has_liberation, ("fonts-liberation",)),
)


def missing() -> list[Need]:
    """What is not on this machine now."""
    return [need for need in NEEDS if not need.is_here()]


def ensure() -> dict[str, str]:
    """Install what is missing; gives {name: why not} for what still is."""
    wanted = missing()
    if not wanted:
        return {}
    if shutil.which("apt-get") is None:
        return {need.name: "not installed, and this system has no apt-get" for need in wanted}
    by_hand = "not installed; as root: apt-get install " + " ".join(
        p for need in wanted for p in need.packages
    )
    if os.geteuid() != 0:
        return {need.name: by_hand for need in wanted}
    print("Installing for the tests: " + ", ".join(need.name for need in wanted), flush=True)
    with _services_left_alone():
        _apt("update")
        # All at once is quick; when one package is not to be had, the others still come one by one.
        if _apt("install", *(package for need in wanted for package in need.packages)):
            for need in wanted:
                _apt("install", *need.packages)
    return {need.name: "apt-get could not install it (its words are above)" for need in missing()}


def _apt(verb: str, *packages: str) -> int:
    command = ["apt-get", "-q", "-y", verb]
    if verb == "install":
        command += ["--no-install-recommends", *packages]
    done = subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-8:]), flush=True)
    return done.returncode


@contextmanager
def _services_left_alone() -> Iterator[None]:
    """Debian starts a server when its package is installed; the tests start their own, so it must not."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


if __name__ == "__main__":
    left = ensure()
    for name, why in left.items():
        print(f"MISSING: {name}: {why}")
    sys.exit(1 if left else 0)
