"""`manage.py up`: everything Parley needs on one machine, in one terminal.

1. Refuse a port that is taken, before anything else is touched.
2. Bring the database up to date.
3. Start web and worker (with Redis: web, Celery worker and sweep) and keep them alive.
4. Print the address as soon as the page answers.
5. On SIGTERM or Ctrl-C end all of them, within 30 seconds.
"""

import errno
import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from jobs.supervisor import Child, CrashLoop, Supervisor

LOOK_SECONDS = 0.1
SWEEP_SECONDS = 30


class Command(BaseCommand):
    help = "Migrate, then run web and worker until Ctrl-C; SQLite unless DATABASE_URL is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="default 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: this machine only")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = str(options["host"]), int(options["port"])
        _refuse_a_busy_port(host, port)
        self._prepare()
        self._supervise(host, port)

    def _prepare(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG and not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            call_command("collectstatic", interactive=False, verbosity=0)
        # WhiteNoise warns about a folder that is missing, also where it reads the source folders.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        connections.close_all()

    def _supervise(self, host: str, port: int) -> None:
        stop = _StopSignal()
        supervisor = Supervisor(_children(host, port), _environment(host, port))
        announced = False
        try:
            supervisor.start()
            while not stop.asked:
                supervisor.look()
                if not announced and _answers(host, port):
                    announced = True
                    self._announce(host, port)
                time.sleep(LOOK_SECONDS)
        except CrashLoop as problem:
            raise CommandError(str(problem)) from None
        finally:
            supervisor.stop()
        self.stdout.write("Parley has stopped.")

    def _announce(self, host: str, port: int) -> None:
        self.stdout.write(f"Parley answers at {_address(host, port)}/   (stop with Ctrl-C)")
        self.stdout.flush()


class _StopSignal:
    """Remembers that someone asked us to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _children(host: str, port: int) -> list[Child]:
    python = sys.executable
    manage = [python, str(settings.BASE_DIR / "manage.py")]
    web = [python, "-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)]
    web += ["--no-access-log", "--log-level", "warning", "--lifespan", "off"]
    web += ["--timeout-graceful-shutdown", "10"]
    children = [Child("web", web)]
    if settings.REDIS_URL:
        celery = [python, "-m", "celery", "-A", "config", "worker", "--concurrency", "2"]
        celery += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        children.append(Child("Celery worker", celery))
        children.append(Child("sweep", [*manage, "sweep", "--every", str(SWEEP_SECONDS)]))
    else:
        children.append(Child("worker", [*manage, "worker"]))
    return children


def _environment(host: str, port: int) -> dict[str, str]:
    """The children's environment: links in mails name the address we really serve, unless one was set."""
    environment = dict(os.environ)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not environment.get("PARLEY_URL"):
        environment["PARLEY_URL"] = _address(host, port)
    return environment


def _address(host: str, port: int) -> str:
    """What a person on this machine types."""
    visible = _visible(host)
    return f"http://[{visible}]:{port}" if ":" in visible else f"http://{visible}:{port}"


def _visible(host: str) -> str:
    """A wildcard address is nothing one can visit; on this machine loopback is behind it."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _refuse_a_busy_port(host: str, port: int) -> None:
    """Raises CommandError with a sentence where we could not listen on the port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As uvicorn does: a port whose last user has just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is in use by another program. Stop that one, or choose another port: "
                f"manage.py up --port {port + 1}"
            ) from None
        raise CommandError(f"Cannot listen on {host}, port {port}: {problem.strerror or problem}.") from None


def _answers(host: str, port: int) -> bool:
    """Whether the page of being alive answers; any answer below 500 counts."""
    connection = http.client.HTTPConnection(_visible(host), port, timeout=0.5)
    try:
        connection.request("GET", "/livez", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
