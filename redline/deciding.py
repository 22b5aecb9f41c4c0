"""Accept and reject tracked changes: one, some, one author's, all; over every story of a document."""

import re
from collections.abc import Iterable

from redline.errors import Refused
from redline.names import AUTHOR, Element
from redline.package import Package
from redline.reader import part_label
from redline.revisions import change_ids, revisions
from redline.settle import settle

_ADDRESS = re.compile(r"[^:\s]+:.+")


def resolve(
    data: bytes,
    *,
    accept_all: bool = False,
    reject_all: bool = False,
    accept: Iterable[str] = (),
    reject: Iterable[str] = (),
    author: str | None = None,
) -> bytes:
    """Settle tracked changes and give the new document.

    ``accept`` and ``reject`` name changes by the ids of ``changes``; one no longer pending is left alone.
    ``author`` narrows ``accept_all`` / ``reject_all`` to one author's changes (alone: accepts them).
    Raises Refused("nothing-to-do", "both-ways" or "bad-id").
    """
    yes, no = frozenset(accept), frozenset(reject)
    _check(accept_all, reject_all, yes, no, author)
    package = Package(data)
    everything = False if reject_all else True if accept_all or author is not None else None
    settle_package(package, yes, no, everything, author)
    return package.save()


def settle_package(
    package: Package,
    yes: frozenset[str] = frozenset(),
    no: frozenset[str] = frozenset(),
    everything: bool | None = None,
    author: str | None = None,
) -> int:
    """Settle in place; returns how many revision elements were decided."""
    decided = 0
    for part in [*package.story_parts(), *package.related_all("comments")]:
        root = package.tree(part)
        found = list(revisions(root))
        if not found:
            continue
        ids = change_ids(root, part_label(package, part)) if yes or no else {}
        decisions: dict[Element, bool] = {}
        for revision in found:
            address = ids.get(revision, "")
            if address in yes or address in no:
                decisions[revision] = address in yes
            elif everything is not None and author in (None, revision.get(AUTHOR)):
                decisions[revision] = everything
        if decisions:
            settle(root, decisions.get)
            package.touch(part)
            decided += len(decisions)
    return decided


def _check(
    accept_all: bool, reject_all: bool, yes: frozenset[str], no: frozenset[str], author: str | None
) -> None:
    if accept_all and reject_all:
        raise Refused("both-ways", "Either accept all changes or reject all, not both.")
    if yes & no:
        raise Refused("both-ways", f"The change {min(yes & no)} cannot be both accepted and rejected.")
    if not (accept_all or reject_all or yes or no or author is not None):
        raise Refused("nothing-to-do", "Say which changes to accept or reject.")
    for address in sorted(yes | no):
        if not _ADDRESS.fullmatch(address):
            raise Refused("bad-id", f"{address!r} is not the id of a tracked change in a document.")
