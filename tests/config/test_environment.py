"""The signing secret is made once, whole, whoever comes first."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLEY_SECRET_KEY", raising=False)


def test_a_secret_is_made_once_and_kept_for_us_alone(tmp_path: Path):
    first = environment.secret_key(tmp_path, on_loopback=True)
    assert len(first) >= environment.MINIMUM_SECRET_LENGTH
    assert environment.secret_key(tmp_path, on_loopback=True) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_who_comes_second_gets_the_secret_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The other process wins in the moment between our look and our link."""
    link, theirs = os.link, "t" * 86

    def beaten(aside: Path, path: Path) -> None:
        path.write_text(theirs)
        link(aside, path)

    monkeypatch.setattr(os, "link", beaten)
    assert environment.secret_key(tmp_path, on_loopback=True) == theirs
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_file_is_whole_in_the_moment_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    link, seen = os.link, []

    def watched(aside: Path, path: Path) -> None:
        assert not path.exists()
        link(aside, path)
        seen.append(path.read_text())

    monkeypatch.setattr(os, "link", watched)
    made = environment.secret_key(tmp_path, on_loopback=True)
    assert seen == [made]


def test_an_empty_file_is_no_secret(tmp_path: Path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="holds no secret"):
        environment.secret_key(tmp_path, on_loopback=True)


def test_processes_that_start_together_agree(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path; from config import environment\n"
        "print(environment.secret_key(Path(sys.argv[1]), on_loopback=True))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _process in range(4)
    ]
    told = {process.communicate()[0] for process in started}
    assert len(told) == 1
    assert len(told.pop().strip()) >= environment.MINIMUM_SECRET_LENGTH
