"""What is installed for the tests, and what is said where nothing may be."""

import pytest

from ops import packages
from ops.packages import Need

WIND = Need("Wind", lambda: False, ("wind", "sails"))
ANCHOR = Need("Anchor", lambda: True, ("anchor",))


@pytest.fixture
def asked(monkeypatch):
    """The apt-get calls, none of which succeeds."""
    calls = []
    monkeypatch.setattr(packages, "NEEDS", (WIND, ANCHOR))
    monkeypatch.setattr(packages.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(packages.os, "geteuid", lambda: 0)
    monkeypatch.setattr(packages, "_apt", lambda *words: calls.append(words) or 100)
    return calls


@pytest.fixture(autouse=True)
def policy(monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "POLICY", tmp_path / "policy-rc.d")
    return tmp_path / "policy-rc.d"


def test_only_what_is_missing_is_asked_for_and_what_stays_away_is_named(asked):
    assert packages.ensure() == {"Wind": "apt-get could not install it (its words are above)"}
    assert asked == [("update",), ("install", "wind", "sails"), ("install", "wind", "sails")]


def test_nothing_is_asked_for_where_all_is_here(asked, monkeypatch):
    monkeypatch.setattr(packages, "NEEDS", (ANCHOR,))
    assert packages.ensure() == {}
    assert asked == []


def test_who_may_not_install_is_told_what_to_type(asked, monkeypatch):
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    assert packages.ensure() == {"Wind": "not installed; as root: apt-get install wind sails"}
    assert asked == []


def test_a_system_without_apt_is_told_so(asked, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda program: None)
    assert "no apt-get" in packages.ensure()["Wind"]
    assert asked == []


def test_packages_start_no_service_while_they_are_installed(asked, monkeypatch, policy):
    seen = []
    monkeypatch.setattr(packages, "_apt", lambda *words: seen.append(policy.read_text()) or 0)
    packages.ensure()
    assert all("exit 101" in text for text in seen)
    assert len(seen) == 2
    assert not policy.exists()


def test_a_policy_of_the_machines_owner_is_left_alone(asked, policy):
    policy.write_text("mine")
    packages.ensure()
    assert policy.read_text() == "mine"
