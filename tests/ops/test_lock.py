"""The locked requirements: every file by its hash, no download address, one set of versions."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"


def pins(name):
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    found = re.findall(
        r"^([A-Za-z0-9._-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    return {package.lower(): version for package, version, _ in found}, text


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_requirement_is_pinned_with_hashes(name):
    pinned, text = pins(name)
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(requirements) > 10


@pytest.mark.parametrize("name", ["base", "dev"])
def test_no_download_address_is_named(name):
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", pins(name)[1])


def test_tests_run_with_the_versions_that_run_parley():
    base, dev = pins("base")[0], pins("dev")[0]
    assert {package: dev.get(package) for package in base} == base


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_wish_is_in_the_lock(name):
    wished = re.findall(
        r"^([A-Za-z0-9][A-Za-z0-9._-]*)", (REQUIREMENTS / f"{name}.in").read_text(), flags=re.MULTILINE
    )
    assert {wish.lower() for wish in wished} <= set(pins(name)[0])


@pytest.mark.parametrize("name", ["base", "dev"])
@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.12.0", "3.13.0"])
def test_the_lock_serves_every_python_we_name(name, python):
    """pip-compile lists what the Python it runs on needs; another one may ask for a package more."""
    pinned = pins(name)[0]
    there = {"python_version": python.rpartition(".")[0], "python_full_version": python, "extra": ""}
    asked = {
        (package, canonicalize_name(requirement.name))
        for package in pinned
        for requirement in map(Requirement, metadata.requires(package) or [])
        if requirement.marker is None or requirement.marker.evaluate(there)
    }
    assert {(by, wish) for by, wish in asked if wish not in {canonicalize_name(p) for p in pinned}} == set()
