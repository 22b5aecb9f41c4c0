"""Contracts to try a playbook on. An upper room offers those that a member may read; this room knows none.

The upper room registers its shelf at start-up (`AppConfig.ready`). Without one, only pasted text is tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from accounts.models import Membership
from clauses.topics.values import Plain


@dataclass(frozen=True)
class Offered:
    """One contract in a list: its public id and how people know it."""

    key: str
    label: str


@dataclass(frozen=True)
class Readable:
    """What a playbook reads of a contract: its document or text, the facts of its deal, whose paper it is."""

    label: str
    source: Any
    deal: Mapping[str, Plain] = field(default_factory=dict)
    paper: str = "theirs"


class Shelf(Protocol):
    def offered(self, member: Membership) -> Sequence[Offered]:
        """The contracts this member may read, newest first, as many as a list can show."""

    def fetch(self, member: Membership, key: str) -> Readable | None:
        """One of them; None where this member may not read it or it is not there."""


_shelves: list[Shelf] = []


def register_shelf(shelf: Shelf) -> None:
    _shelves.append(shelf)


def offered(member: Membership) -> list[Offered]:
    """Every contract that the rooms above offer this member."""
    return [item for shelf in _shelves for item in shelf.offered(member)]


def fetch(member: Membership, key: str) -> Readable | None:
    """A contract by its public id, if the member may read it."""
    found = (shelf.fetch(member, key) for shelf in _shelves)
    return next((item for item in found if item is not None), None)
