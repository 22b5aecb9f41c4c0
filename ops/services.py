"""A PostgreSQL and a Redis of the tests' own: on loopback, in temporary folders, gone when the block ends.

Durability is switched off, which makes them quick and fit for nothing but tests.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ops import processes

READY_SECONDS = 30


class ServiceFailed(Exception):
    """A server did not start; the message carries its own last words."""


def postgres_folder() -> Path | None:
    """The folder with `initdb` and `postgres` in it (the newest of several), or None."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("initdb")
    found = [*debian, *([Path(on_path).resolve()] if on_path else [])]
    return found[0].parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """A running PostgreSQL with an empty database; gives its URL. Raises ServiceFailed."""
    programs = postgres_folder()
    if programs is None:
        raise ServiceFailed("PostgreSQL is not installed.")
    user = _unprivileged_user()
    with _folder("parley-pg-", user) as folder:
        password = secrets.token_urlsafe(16)
        secret = folder / "password"
        secret.write_text(password)
        if user:
            shutil.chown(secret, user)
        command = [str(programs / "initdb"), "--no-sync", "--username=parley", "--auth=scram-sha-256"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pwfile={secret}", "-D", str(folder / "data")]
        _run(command, user)
        port = free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "200",
        }
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        # It listens a moment before it answers, so its own program says when it is ready.
        asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        # SIGINT is PostgreSQL's fast shutdown: it breaks off its clients instead of waiting for them.
        with _server(
            command,
            folder / "log",
            user,
            signal.SIGINT,
            lambda: subprocess.run(asked, cwd="/").returncode == 0,
        ):
            _run(
                [str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "parley", "parley"],
                user,
                {"PGPASSWORD": password},
            )
            yield f"postgresql://parley:{password}@127.0.0.1:{port}/parley"


@contextmanager
def redis() -> Iterator[str]:
    """A running, empty Redis; gives its URL. Raises ServiceFailed."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceFailed("Redis is not installed.")
    user = _unprivileged_user()
    with _folder("parley-redis-", user) as folder:
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
        command += ["--save", "", "--appendonly", "no"]
        with _server(command, folder / "log", user, signal.SIGTERM, lambda: _listens(port)):
            yield f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; None where we are nobody special already."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def _folder(prefix: str, user: str | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        if user:
            shutil.chown(name, user)
        yield Path(name)


def _run(command: Sequence[str], user: str | None, more: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        user=user,
        group=_group(user),
        extra_groups=[] if user else None,
        cwd="/",
        env=os.environ | dict(more or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise ServiceFailed(f"{command[0]}: {done.stdout.strip()[-500:]}")


@contextmanager
def _server(
    command: Sequence[str],
    log: Path,
    user: str | None,
    stop_signal: signal.Signals,
    is_ready: Callable[[], bool],
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            user=user,
            group=_group(user),
            extra_groups=[] if user else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Out of the terminal's group: Ctrl-C reaches the tests first, the server is stopped after them.
            start_new_session=True,
            preexec_fn=processes.die_with_parent,
        )
    try:
        _wait_for(process, is_ready, log)
        yield
    finally:
        if process.poll() is None:
            process.send_signal(stop_signal)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if is_ready():
            return
        time.sleep(0.02)
    raise ServiceFailed(f"did not start: {log.read_text(errors='replace').strip()[-500:]}")


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
