"""The gate runs in this process here, which saves a child per upload; one test has the real one."""

import pytest

import redline
from tests.negotiation import deal as builders


@pytest.fixture(autouse=True)
def _gate_in_this_process(request, monkeypatch):
    if not getattr(request.function, "real_gate", False):
        monkeypatch.setattr(redline, "check_in_child", redline.check)


@pytest.fixture
def deal(db) -> builders.Deal:
    """Their first draft, read and reviewed."""
    return builders.received()


@pytest.fixture
def as_(client):
    """`as_(person)`: the test client, signed in as that member."""

    def sign_in(member):
        client.force_login(member.user)
        return client

    return sign_in
