"""The engine's public names: each is what its module holds, whatever was imported before."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import redline


@pytest.mark.parametrize("name", redline.__all__)
def test_a_public_name_is_not_hidden_by_a_module(name):
    for module in pkgutil.iter_modules(redline.__path__):
        if module.name != "__main__":
            importlib.import_module(f"redline.{module.name}")
    assert not isinstance(getattr(redline, name), type(sys))


def test_an_unknown_name_is_said():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        redline.nothing  # noqa: B018


def test_comparing_does_not_load_the_gate_or_the_scrubber():
    code = "import redline, sys; redline.compare; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "redline.comparing" in loaded
    assert not {"redline.gate", "redline.outgoing", "redline.silent", "redline.editing"} & loaded
