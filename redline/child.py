"""The gate in a process of its own, so that a file which breaks the parser breaks nothing else.

The parent checks size and kind, starts a bare Python on this module, writes the file to its standard
input and reads one JSON document. The child, before it reads a byte of the file:

- limits its address space to 512 MB, its CPU time to 10 s, the size of files it may write to 0, core dumps
  to 0, and open files to 16;
- asks the kernel for no new privileges and for a network namespace of its own, with no interface up. Where
  unprivileged namespaces are forbidden this fails silently, and the answer's ``isolated`` is false;
- in either case forbids sockets, new processes and writing through an audit hook of the interpreter. The
  hook stops Python code; it would not stop machine code smuggled in through a hole in libxml2 or zlib. No
  system-call filter is installed: that needs a library we do not ship.

A child that dies, hangs past the wall clock or answers nonsense is ``Refused("gate_died")``, never an
exception of another kind.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from redline.errors import Refused
from redline.notices import GateReport, Notice
from redline.zipgate import check_kind

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 10
WALL_SECONDS = 20
ROOT = Path(__file__).resolve().parent.parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from redline.child import main; main()"
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
    "urllib.",
)
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_PR_SET_NO_NEW_PRIVS = 38


def check_in_child(data: bytes, *, wall_seconds: float = WALL_SECONDS) -> GateReport:
    """``gate.check`` under limits. Raises ``Refused``; a dead or late child is ``gate_died``."""
    check_kind(data)
    answer = ask(_START, data, wall_seconds=wall_seconds)
    if answer is None:
        raise _died()
    return report_from(answer)


def ask(start: str, data: bytes, *, wall_seconds: float) -> dict[str, Any] | None:
    """What a child of its own answers that runs ``start`` (Python; ``sys.argv[1]`` is the project's folder)
    with ``data`` as its standard input: one JSON object, or None from a child that died or came too late.
    """
    import subprocess  # here, since the child imports this module too and never starts a process

    command = [sys.executable, "-I", "-B", "-c", start, str(ROOT)]
    try:
        # The command is ours alone; the upload only ever is standard input.
        done = subprocess.run(  # noqa: S603
            command,
            input=data,
            capture_output=True,
            timeout=wall_seconds,
            env={"LANG": "C.UTF-8"},
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, BrokenPipeError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def report_from(answer: dict[str, object]) -> GateReport:
    """The report in a child's answer. Raises ``Refused`` when that is the answer."""
    if "refused" in answer:
        code, message = map(str, answer["refused"])  # type: ignore[call-overload]
        raise Refused(code, message)
    fields = answer["report"]
    if not isinstance(fields, dict):
        raise _died()
    warnings = tuple(Notice(*item) for item in fields["warnings"])
    return GateReport(
        sha256=fields["sha256"],
        paragraphs=fields["paragraphs"],
        tracked_changes=fields["tracked_changes"],
        comments=fields["comments"],
        warnings=warnings,
    )


def _died() -> Refused:
    return Refused(
        "gate_died",
        "The file could not be checked within safe limits: open it in Word, save it again and retry.",
    )


def confine() -> bool:
    """Puts the limits on this process for good. Returns whether the network was taken away by the kernel."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    isolated = _leave_network()
    sys.addaudithook(_forbid)
    return isolated


def _leave_network() -> bool:
    try:
        kernel = ctypes.CDLL(None, use_errno=True)
        isolated = not kernel.unshare(_CLONE_NEWNET) or not kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    except (OSError, AttributeError):  # not Linux
        return False
    return bool(isolated)


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"the gate may not use {event}")
    if event == "open" and isinstance(arguments[1], str) and any(letter in arguments[1] for letter in "wax+"):
        raise PermissionError("the gate may not write files")


def main() -> None:
    """Reads the file from standard input, prints the answer as one JSON document."""
    from redline import (
        gate,
    )  # before the limits: the parser's own libraries are loaded while files may be opened

    isolated = confine()
    answer: dict[str, object] = {"isolated": isolated}
    try:
        report = gate.check(sys.stdin.buffer.read())
    except Refused as refused:
        answer["refused"] = [refused.code, refused.message]
    else:
        warnings = [[item.code, item.message, item.block, item.quote] for item in report.warnings]
        answer["report"] = {
            "sha256": report.sha256,
            "paragraphs": report.paragraphs,
            "tracked_changes": report.tracked_changes,
            "comments": report.comments,
            "warnings": warnings,
        }
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # nothing to tidy up, and tearing down a large tree costs time


if __name__ == "__main__":
    main()
