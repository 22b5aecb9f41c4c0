"""The whole application as its users run it: `manage.py up` on a database of its own, demo data loaded."""

import email
import email.policy
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds; a loaded machine with two cores, not a promise about speed


@dataclass(frozen=True)
class Server:
    """Where the running application answers and where it keeps its things."""

    url: str
    data: Path

    def mails(self) -> list[str]:
        """Every mail sent so far as plain text with its headers, oldest first."""
        texts = []
        for path in sorted((self.data / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime):
            for raw in path.read_text("utf-8").split("-" * 79):
                if raw.strip():
                    message = email.message_from_string(raw.strip(), policy=email.policy.default)
                    texts.append(
                        f"To: {message['To']}\nSubject: {str(message['Subject']).strip()}"
                        f"\n\n{message.get_content()}"
                    )
        return texts

    def wait_for_mail(self, to: str, subject: str, *words: str) -> str:
        """The newest mail to `to` whose subject begins with `subject` and whose text holds `words`.

        Waits for the worker to send it. The subject's beginning tells what kind of mail is meant: one person
        gets several about one contract, and which of them is there first is the worker's affair.
        """

        def sent() -> str | None:
            return next((text for text in reversed(self.mails()) if is_meant(text)), None)

        def is_meant(text: str) -> bool:
            head, _, _ = text.partition("\n\n")
            return f"To: {to}" in head and f"Subject: {subject}" in head and all(w in text for w in words)

        return eventually(sent, f"no mail “{subject} …” to {to} with {words}")


def eventually(probe, complaint: str):
    """What `probe` gives once it is true; polls, because a worker does the work."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = probe()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(complaint)


def link_in(mail: str) -> str:
    found = re.search(r"https?://\S+", mail)
    assert found, mail
    return found.group()


@contextmanager
def running(data: Path, *, demo: bool = True):
    """The application with web and worker, ended by its own process id."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= {
        "PARLEY_DATA": str(data),
        "PARLEY_URL": url,
        "PARLEY_EMAIL_URL": "file://",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if demo:
        subprocess.run(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    log = (data / "up.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        eventually(lambda: _answers(url), f"the application did not start: see {log.name}")
        yield Server(url, data)
    finally:
        process.terminate()
        process.wait(timeout=40)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False
