"""LibreOffice as a program of its own, with a fresh and hardened profile each time.

A document is a stranger's: with the default profile a linked image makes LibreOffice ask the named address.
The standard library only, because Debian's own Python runs this too (`ops/uno_changes.py`).
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.sax.saxutils import quoteattr

SECONDS = 90
QUIETLY = ("--headless", "--norestore", "--nologo")

# The meaning of each is in LibreOffice's own officecfg schema (Common.xcs, Security; Setup.xcs).
PROFILE = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": ("boolean", "true"),
        "DisableMacrosExecution": ("boolean", "true"),
        "DisableActiveContent": ("boolean", "true"),
        "MacroSecurityLevel": ("int", "3"),
    },
    "/org.openoffice.Office.Common/Misc": {"FirstRun": ("boolean", "false")},
}


class OfficeFailed(Exception):
    """LibreOffice made no result; the message says what it did instead."""


def find() -> str | None:
    """The soffice program, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def started(arguments: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A headless LibreOffice that is gone, with all its children, when the block ends.

    Raises OfficeFailed where LibreOffice is not installed.
    """
    program = find()
    if program is None:
        raise OfficeFailed("LibreOffice is not installed.")
    with tempfile.TemporaryDirectory(prefix="parley-office-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        process = subprocess.Popen(
            [program, f"-env:UserInstallation={profile.as_uri()}", *QUIETLY, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            # `soffice` is a script: the office itself is its child, so the whole group goes.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def convert(source: Path, folder: Path, *, to: str = "pdf", seconds: float = SECONDS) -> Path:
    """The converted file in `folder`.

    The file itself is looked for, because LibreOffice leaves with exit code 0 also where it made none.
    Raises OfficeFailed where there is none, or not within `seconds`.
    """
    result = folder / f"{source.stem}.{to}"
    with started(["--convert-to", to, "--outdir", str(folder), str(source)]) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise OfficeFailed(f"LibreOffice did not finish {source.name} in {seconds:g} seconds.") from None
    if not result.is_file() or not result.stat().st_size:
        raise OfficeFailed(f"LibreOffice made no {to} of {source.name}.")
    return result


def _registry() -> str:
    items = [
        f'<item oor:path="{path}"><prop oor:name={quoteattr(name)} oor:op="fuse" oor:type="xs:{kind}">'
        f"<value>{value}</value></prop></item>"
        for path, properties in PROFILE.items()
        for name, (kind, value) in properties.items()
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema">' + "".join(items) + "</oor:items>\n"
    )
