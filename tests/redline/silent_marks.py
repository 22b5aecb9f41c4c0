"""Silent edits of what was pending when we sent it: settled without saying, reworded, forged."""

from lxml import etree

import redline
from redline.names import AUTHOR, DATE, ID, Element, T, w
from tests.redline.silent_contracts import EARLIER, LATER, SENT_ON, THEM, US, run
from tests.redline.silent_plants import Returned, Told, plant, said

CHANGES = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))


def dissolve(element: Element) -> None:
    """Put what a change wraps in its place; struck words become plain ones."""
    for node in element.iter(w("delText")):
        node.tag = T
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def take_out(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def settled(back: Returned, author: str, tag: str, *, accept: bool) -> Told | None:
    """One of the changes of somebody, settled as if it had never been tracked."""
    marks = back.marks(author, tag)
    if not marks:
        return None
    mark = back.chance.choice(marks)
    words = next(node.text or "" for node in mark.iter(T, w("delText")) if (node.text or "").strip()).strip()
    (dissolve if (tag in ("ins", "moveTo")) == accept else take_out)(mark)
    kind, why = ("our_change_accepted", "accepted") if accept else ("our_change_rejected", "rejected")
    return Told(kind, "noise", why=f"{why} without saying", shows=words[:25])


@plant("settled")
def our_insertion_accepted(back: Returned) -> Told | None:
    return settled(back, US, "ins", accept=True)


@plant("settled")
def our_insertion_rejected(back: Returned) -> Told | None:
    return settled(back, US, "ins", accept=False)


@plant("settled")
def our_deletion_accepted(back: Returned) -> Told | None:
    return settled(back, US, "del", accept=True)


@plant("settled")
def our_deletion_rejected(back: Returned) -> Told | None:
    return settled(back, US, "del", accept=False)


@plant("settled")
def their_own_insertion_accepted(back: Returned) -> Told | None:
    return settled(back, THEM, "ins", accept=True)


@plant("settled")
def their_own_deletion_taken_back(back: Returned) -> Told | None:
    return settled(back, THEM, "del", accept=False)


def by_engine(back: Returned, kind: str, *, accept: bool, shows: str = "") -> Told | None:
    """A change of ours settled by a program: the first of its kind."""
    data = back.save()
    found = next((c for c in redline.changes(data) if c.kind == kind and c.author == US), None)
    if found is None:
        return None
    settled_data = redline.resolve(data, **{"accept" if accept else "reject": [found.id]})
    back.__init__(settled_data, back.chance)  # type: ignore[misc]
    told, why = ("our_change_accepted", "accepted") if accept else ("our_change_rejected", "rejected")
    return Told(told, "noise", why=f"{why} without saying", shows=shows or found.text[:20])


@plant("settled")
def our_format_change_accepted(back: Returned) -> Told | None:
    return by_engine(back, "format", accept=True)


@plant("settled")
def our_format_change_rejected(back: Returned) -> Told | None:
    return by_engine(back, "format", accept=False)


@plant("settled")
def our_move_accepted(back: Returned) -> Told | None:
    return by_engine(back, "move", accept=True)


@plant("settled")
def our_move_rejected(back: Returned) -> Told | None:
    return by_engine(back, "move", accept=False)


@plant("settled")
def our_row_accepted(back: Returned) -> Told | None:
    return by_engine(back, "row", accept=True, shows="Audit every year")


@plant("settled")
def our_row_rejected(back: Returned) -> Told | None:
    return by_engine(back, "row", accept=False, shows="Audit every year")


@plant("settled")
def all_of_ours_accepted(back: Returned) -> Told | None:
    back.__init__(redline.resolve(back.save(), accept_all=True, author=US), back.chance)  # type: ignore[misc]
    return Told("our_change_accepted", "noise", why="accepted without saying")


@plant("settled")
def all_of_ours_rejected(back: Returned) -> Told | None:
    back.__init__(redline.resolve(back.save(), reject_all=True, author=US), back.chance)  # type: ignore[misc]
    return Told("our_change_rejected", "noise", why="rejected without saying")


# -- reworded
@plant("our words")
def a_word_inside_our_insertion(back: Returned) -> Told | None:
    marks = [m for m in back.marks(US, "ins") if len(said(m).split()) > 3]
    node = next(back.chance.choice(marks).iter(T))
    words = (node.text or "").split(" ")
    words[-2] = "never"
    node.text = " ".join(words)
    return Told("our_change_altered", why="inside the tracked insertion", shows="never")


@plant("our words")
def words_added_to_our_insertion(back: Returned) -> Told | None:
    mark = back.chance.choice([m for m in back.marks(US, "ins") if len(said(m).split()) > 3])
    mark.append(run(" at our cost"))
    return Told("our_change_altered", why="inside the tracked insertion", shows="at our cost")


@plant("our words")
def a_word_inside_our_deletion(back: Returned) -> Told | None:
    marks = [m for m in back.marks(US, "del") if len(said(m, deleted=True).split()) > 3]
    if not marks:
        return None
    node = max(back.chance.choice(marks).iter(w("delText")), key=lambda one: len(one.text or ""))
    words = (node.text or "").split(" ")
    words[1] = "never"
    node.text = " ".join(words)
    return Told("text", shows="never", also=frozenset({"revision_date"}))


# -- forged
def forged(
    back: Returned, name: str, setting: str | None, *, author: str, tag: str, kind: str
) -> Told | None:
    marks = back.marks(author, tag)
    if not marks:
        return None
    mark = back.chance.choice(marks)
    if setting is None:
        mark.attrib.pop(name, None)
    else:
        mark.set(name, setting)
    return Told(kind, why="another date" if kind == "revision_date" else "carries the name")


@plant("forged")
def our_insertion_under_their_name(back: Returned) -> Told | None:
    return forged(back, AUTHOR, THEM, author=US, tag="ins", kind="revision_author")


@plant("forged")
def our_deletion_under_their_name(back: Returned) -> Told | None:
    return forged(back, AUTHOR, THEM, author=US, tag="del", kind="revision_author")


@plant("forged")
def their_insertion_under_our_name(back: Returned) -> Told | None:
    return forged(back, AUTHOR, US, author=THEM, tag="ins", kind="revision_author")


@plant("forged")
def our_insertion_under_no_name(back: Returned) -> Told | None:
    return forged(back, AUTHOR, "", author=US, tag="ins", kind="revision_author")


@plant("forged")
def our_insertion_dated_earlier(back: Returned) -> Told | None:
    return forged(back, DATE, "2026-03-01T09:00:00Z", author=US, tag="ins", kind="revision_date")


@plant("forged")
def our_deletion_dated_later(back: Returned) -> Told | None:
    return forged(back, DATE, LATER, author=US, tag="del", kind="revision_date")


@plant("forged")
def a_new_change_dated_before_ours(back: Returned) -> Told | None:
    mark = etree.Element(w("ins"))
    for name, setting in ((ID, "7771"), (AUTHOR, US), (DATE, EARLIER)):
        mark.set(name, setting)
    mark.append(run(" as agreed"))
    back.chance.choice(back.paragraphs()).append(mark)
    return Told("revision_date", why="date before what we sent", shows="as agreed")


@plant("forged")
def a_new_change_with_our_very_date(back: Returned) -> Told | None:
    mark = etree.Element(w("ins"))
    for name, setting in ((ID, "7771"), (AUTHOR, US), (DATE, SENT_ON)):
        mark.set(name, setting)
    mark.append(run(" as agreed"))
    back.chance.choice(back.paragraphs()).append(mark)
    return Told("revision_date", why="what we sent", shows="as agreed")


@plant("forged")
def a_new_deletion_dated_before_ours(back: Returned) -> Told | None:
    paragraph = back.chance.choice(back.paragraphs())
    struck = back.chance.choice(back.nodes(paragraph)).getparent()
    assert struck is not None
    mark = etree.Element(w("del"))
    for name, setting in ((ID, "7772"), (AUTHOR, US), (DATE, EARLIER)):
        mark.set(name, setting)
    struck.addprevious(mark)
    mark.append(struck)
    for node in mark.iter(T):
        node.tag = w("delText")
    return Told("revision_date", why="date before what we sent")
