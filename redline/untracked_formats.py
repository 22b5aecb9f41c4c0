"""Our pending changes of looks as they came back, and which of all our changes were accepted on the way."""

from collections.abc import Iterator

from redline import names as n
from redline.difference import Difference
from redline.inline import leaves
from redline.marks import mark_flag
from redline.names import Element, w
from redline.reader import Reading
from redline.revisions import change_ids
from redline.signature import paragraph_signature, run_signature
from redline.untracked_text import Match, plain

_RUN_CHANGE, _PARAGRAPH_CHANGE = w("rPrChange"), w("pPrChange")


def format_differences(matches: list[Match], ours: Reading, theirs: Reading) -> Iterator[Difference]:
    """Changes of looks that came back settled, or under another name."""
    for match in matches:
        back = [theirs.elements[line.address] for line in match.lines if line.address in theirs.elements]
        for block in match.group.blocks if match.group is not None and back else ():
            element = ours.elements[block.id]
            if next(element.iter(_RUN_CHANGE, _PARAGRAPH_CHANGE), None) is not None:
                address = match.lines[-1].address
                yield from _runs(element, back, address)
                yield from _properties(element, back, address)


def _looks(paragraph: Element) -> list[tuple[str, Element | None, Element | None]]:
    """Each stretch of words with its run properties and the change noted in them."""
    out = []
    for leaf in leaves(paragraph):
        rpr = leaf.run.find(n.RPR)
        out.append((leaf.text, rpr, rpr.find(_RUN_CHANGE) if rpr is not None else None))
    return out


def _runs(ours: Element, back: list[Element], address: str) -> Iterator[Difference]:
    looks = [look for paragraph in back for look in _looks(paragraph)]
    for text, rpr, change in _looks(ours):
        words = plain(text)
        if change is None or not words:
            continue
        author = change.get(n.AUTHOR) or ""
        noted = [(t, c) for t, _, c in looks if c is not None]
        if words in plain("".join(t for t, c in noted if c.get(n.AUTHOR) == author)):
            continue
        other = next((c.get(n.AUTHOR) or "" for t, c in noted if words in plain(t)), None)
        if other is not None:
            why = (
                f"A tracked change made by {author or '(no name)'} now carries the name {other or '(none)'}."
            )
            yield Difference("revision_author", address, author, other, "substantive", why)
            continue
        now = next((r for t, r, _ in looks if words in plain(t)), None)
        yield _settled(run_signature(now) == run_signature(rpr), text, address)


def _properties(ours: Element, back: list[Element], address: str) -> Iterator[Difference]:
    change = ours.find(f"{n.PPR}/{_PARAGRAPH_CHANGE}")
    if change is None or any(p.find(f"{n.PPR}/{_PARAGRAPH_CHANGE}") is not None for p in back):
        return
    same = paragraph_signature(back[-1].find(n.PPR)) == paragraph_signature(ours.find(n.PPR))
    yield _settled(same, "".join(leaf.text for leaf in leaves(ours)), address)


def _settled(accepted: bool, text: str, address: str) -> Difference:
    if accepted:
        why = "Our tracked format change was accepted without saying."
        return Difference("our_change_accepted", address, "", text, "noise", why)
    why = "Our tracked format change was rejected without saying."
    return Difference("our_change_rejected", address, text, "", "noise", why)


def accepted_changes(matches: list[Match], ours: Reading) -> frozenset[str]:
    """The ids of our changes that the returned text shows as accepted, marks of paragraphs included."""
    ids: dict[Element, str] = {}
    for label, part in ours.parts.items():
        ids.update(change_ids(ours.package.tree(part), label))
    out: set[str] = set()
    for match in matches:
        if match.group is None or match.taken is None or not match.group.has_choice:
            continue
        blocks = iter(match.group.blocks)
        for segment, taken in zip(match.group.segments, match.taken, strict=True):
            mark = mark_flag(ours.elements[next(blocks).id], n.WRAPPERS) if segment.text == "\n" else None
            if segment.state == "same" or taken != (segment.state == "inserted"):
                continue
            if segment.piece is not None:
                out.add(segment.piece.change_id)
            elif mark is not None:
                out.add(ids.get(mark, ""))
    return frozenset(out - {""})
