"""What a returned document changes against what we sent that no tracked change shows.

1. every change in the returned document is rejected, whoever is named as its author;
2. what is left must be what we sent; each of our own pending changes may stand, or be accepted, or be
   rejected (``untracked_text.explain``); a settled one is reported as its own kind, since nobody said so;
3. our changes that still stand must be the ones we made: same words, author and date (``untracked_marks``);
4. where the words agree, looks, numbers, links, pictures and fields are compared (``untracked_looks``), and
   what the gate's scans newly find in the rejected text is reported too;
5. spacing, quotes, re-computed fields and other typesetting is noise, and told once for each kind.

The rule for tracked text is that of the silent-edit check every redline must pass: reject-all of what came
back is what was sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redline import untracked_checks
from redline.difference import Difference, Severity
from redline.document import Document
from redline.package import Package
from redline.reader import read_package
from redline.untracked_views import settled, unseen_parts

__all__ = ["Difference", "Severity", "untracked"]


def untracked(sent: bytes, returned: bytes) -> tuple[Difference, ...]:
    """All silent differences, substantive ones first, each in reading order. Raises ``Refused`` for
    unreadable files.
    """
    if sent == returned:
        return ()
    ours, theirs = read_package(Package(sent)), read_package(Package(returned))
    sides = untracked_checks.Sides(
        sent_bytes=sent,
        sent=ours,
        back=theirs,
        unseen=unseen_parts(ours),
        rejected=settled(sent, accept=False),
        accepted=settled(sent, accept=True),
        returned=settled(returned, accept=False),
    )
    found = list(untracked_checks.all_differences(sides))
    return tuple(_in_order(_grouped(found), theirs.document))


def _grouped(found: Iterable[Difference]) -> Iterator[Difference]:
    """Substantive differences one by one; noise once for each kind and reason, with the number of places."""
    noise: dict[tuple[str, str], list[Difference]] = {}
    for item in dict.fromkeys(found):
        if item.severity == "substantive" or item.kind.startswith("our_change"):
            yield item
        else:
            noise.setdefault((item.kind, item.why), []).append(item)
    for items in noise.values():
        count = f" ({len(items)} places)" if len(items) > 1 else ""
        yield replace(items[0], why=items[0].why + count)


def _in_order(found: Iterable[Difference], theirs: Document) -> list[Difference]:
    places = {block.id: at for at, block in enumerate(theirs.blocks)}
    return sorted(found, key=lambda item: (item.severity == "noise", places.get(item.block, len(places))))
