# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""The gate in a process of its own: the same answers, under limits, and a dead child is a refusal."""

import subprocess
import sys
from pathlib import Path

import pytest

from redline.child import _START, check_in_child
from redline.errors import Refused
from redline.gate import check
from tests.redline.crafted import docx, para, run

ROOT = Path(__file__).resolve().parents[2]
PLAIN = docx(para(run("secret", "<w:vanish/>")))


def confined(code: str) -> subprocess.CompletedProcess:
    """Runs a line of Python behind the child's limits."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from redline.child import confine; import socket, subprocess\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", start + "isolated = confine()\n" + code],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_gives_the_same_report_as_in_process():
    assert check_in_child(PLAIN) == check(PLAIN)


def test_it_gives_the_same_refusal_as_in_process():
    with pytest.raises(Refused) as refused:
        check_in_child(PLAIN + b"x")
    assert refused.value.code == "trailing_data"
    assert "save it again" in refused.value.message


def test_an_ill_fitting_file_does_not_even_start_a_child(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a child was started"))
    with pytest.raises(Refused):
        check_in_child(b"%PDF-1.7")


def test_too_much_memory_kills_the_work_not_the_parent():
    done = confined("x = bytearray(600 * 1024 * 1024)")
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def test_too_much_time_kills_it():
    done = confined("import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass")
    assert done.returncode < 0


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['/bin/true'])",
        "import os; os.system('true')",
        "open('/tmp/written-by-the-gate', 'w')",
        "import os; os.fork()",
    ],
)
def test_network_programs_and_writing_are_forbidden(code):
    done = confined(code)
    assert done.returncode != 0
    assert "PermissionError" in done.stderr


def test_it_says_whether_the_network_was_taken_away():
    done = confined("print(isolated); print(open('/proc/net/dev').read().count(':'))")
    isolated, interfaces = done.stdout.split()
    assert isolated in ("True", "False")
    if isolated == "True":
        assert interfaces == "1"  # the loopback of an empty namespace, which is down


@pytest.mark.parametrize(
    ("returncode", "output"),
    [(-9, b""), (1, b""), (0, b""), (0, b"not json"), (0, b"[]"), (0, b'{"report": 3}')],
)
def test_a_dead_or_babbling_child_is_a_refusal(monkeypatch, returncode, output):
    answer = subprocess.CompletedProcess([], returncode, output, b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(Refused) as refused:
        check_in_child(PLAIN)
    assert refused.value.code == "gate_died"


def test_a_child_that_takes_too_long_is_a_refusal():
    with pytest.raises(Refused) as refused:
        check_in_child(PLAIN, wall_seconds=0.001)
    assert refused.value.code == "gate_died"


def test_the_answer_survives_every_character():
    odd = docx(para("N\u043erthwind \u202e \U000e0041 \U0001f3f4"))
    assert check_in_child(odd) == check(odd)


def test_the_child_loads_the_gate_and_not_the_engine():
    code = _START.removesuffix("main()") + "from redline import gate; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-B", "-c", code, str(ROOT)], capture_output=True, text=True)
    loaded = done.stdout.split()
    assert "redline.gate" in loaded, done.stderr
    assert not {"redline.comparing", "redline.editing", "redline.silent"} & set(loaded)
