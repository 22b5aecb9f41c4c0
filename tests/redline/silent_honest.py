"""Honest returns: what people do with tracking on, and what word processors do by themselves."""

import random
import re
from collections.abc import Callable

from lxml import etree

import redline
from redline.names import ID, P, T, w
from redline.package import Package
from tests.redline.silent_contracts import LATER, THEM, plain_blocks

Work = Callable[[bytes, random.Random], bytes]
HONEST: dict[str, Work] = {}


def honest(function: Work) -> Work:
    """Register a way of working under its function's name."""
    HONEST[function.__name__.replace("_", " ")] = function
    return function


def edited(data: bytes, edits: list[dict]) -> bytes:
    return redline.apply(data, edits, author=THEM, date=LATER, comments=True).docx


@honest
def honest_work(data: bytes, chance: random.Random) -> bytes:
    """A few words exchanged with tracking on, and a comment."""
    edits: list[dict] = []
    for block in chance.sample(list(plain_blocks(data))[:-3], k=3):
        start = block.text.index(" ") + 1
        end = block.text.find(" ", start + 6)
        edits.append({"block": block.id, "start": start, "end": end if end > 0 else len(block.text)})
        edits[-1] |= {"text": "at any time", "reason": "See our policy."}
    return edited(data, edits)


@honest
def clauses_added_and_struck(data: bytes, chance: random.Random) -> bytes:
    blocks = [block for block in plain_blocks(data) if block.table is None][:-3]
    gone, after = chance.sample(blocks, k=2)
    new = {
        "op": "insert_after",
        "block": after.id,
        "text": "Travel is charged at cost.\nReceipts are sent along.",
    }
    return edited(data, [{"op": "delete_block", "block": gone.id}, new])


@honest
def our_words_struck_and_added_to(data: bytes, chance: random.Random) -> bytes:
    """Tracked work inside our own insertions."""
    edits = []
    for block in redline.read(data).blocks:
        if block.text == "The supplier keeps records for seven years.":
            edits.append({"block": block.id, "start": 31, "end": 36, "text": "three"})
        elif block.text.endswith(" Our auditors may attend."):
            at = len(block.text) - len("Our auditors may attend.")
            edits.append({"block": block.id, "start": at, "end": at + 3, "text": "Independent"})
    return edited(data, edits)


@honest
def our_struck_words_brought_back(data: bytes, chance: random.Random) -> bytes:
    """They put our deleted last word in again, as their own insertion."""
    for block in redline.read(data).blocks:
        if block.text.endswith("reasonable efforts."):
            edit = {
                "block": block.id,
                "start": len(block.text) - 1,
                "end": len(block.text),
                "text": " and care.",
            }
            return edited(data, [edit])
    raise AssertionError("our replacement is not there")


@honest
def spaces_quotes_and_dashes(data: bytes, chance: random.Random) -> bytes:
    """What automatic correction does without tracking it."""
    package = Package(data)
    for node in package.tree(package.main).iter(T):
        text = re.sub("[\u2018\u2019]", "'", node.text or "")
        text = re.sub("[\u201c\u201d]", '"', text).replace("\u2013", "-")
        node.text = re.sub(r"(?<=\w\.) (?=[A-Z])", "  ", text)
    package.touch(package.main)
    return package.save()


@honest
def session_marks_and_cut_runs(data: bytes, chance: random.Random) -> bytes:
    """Editing-session ids, spelling marks and runs cut by them."""
    package = Package(data)
    for number, node in enumerate(list(package.tree(package.main).iter(T))):
        one = node.getparent()
        text = node.text or ""
        if one is None or one.tag != w("r") or len(one) > 2 or len(text) < 12 or number % 3:
            continue
        cut = chance.randrange(1, len(text))
        rest = etree.Element(w("r"))
        rest.set(w("rsidR"), f"00{chance.randrange(1 << 24):06X}")
        rest.extend([etree.fromstring(etree.tostring(child)) for child in one if child.tag == w("rPr")])
        tail = etree.SubElement(rest, T)
        node.text, tail.text = text[:cut], text[cut:]
        for half in (node, tail):
            half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        one.addnext(rest)
        one.addnext(etree.Element(w("proofErr"), {w("type"): "spellStart"}))
    package.touch(package.main)
    return package.save()


@honest
def new_numbers_for_all_changes(data: bytes, chance: random.Random) -> bytes:
    """Programs number changes anew, drop empty properties and write the file's properties."""
    package = Package(data)
    for number, change in enumerate(
        package.tree(package.main).iter(*map(w, ("ins", "del", "moveFrom", "moveTo")))
    ):
        change.set(ID, str(5000 + number))
    package.touch(package.main)
    return package.save()


@honest
def looks_that_mean_nothing(data: bytes, chance: random.Random) -> bytes:
    """Bold, another size, another language, without tracking."""
    package = Package(data)
    paragraphs = [p for p in package.tree(package.main).iter(P) if len(list(p.iterchildren(w("r")))) == 1]
    for paragraph in chance.sample(paragraphs, k=min(4, len(paragraphs))):
        one = next(paragraph.iterchildren(w("r")))
        rpr = one.find(w("rPr"))
        if rpr is None:
            rpr = etree.Element(w("rPr"))
            one.insert(0, rpr)
        etree.SubElement(rpr, w("i"))
        etree.SubElement(rpr, w("lang")).set(w("val"), "de-AT")
    package.touch(package.main)
    return package.save()


@honest
def an_empty_paragraph_more(data: bytes, chance: random.Random) -> bytes:
    package = Package(data)
    root = package.tree(package.main)
    paragraphs = [p for p in root[0].iterchildren(P) if p.find(f"{w('pPr')}/{w('sectPr')}") is None]
    chance.choice(paragraphs).addnext(etree.Element(P))
    package.touch(package.main)
    return package.save()


@honest
def nothing_but_written_anew(data: bytes, chance: random.Random) -> bytes:
    """Another serialiser: every part written again."""
    package = Package(data)
    for part in package.story_parts():
        package.tree(part)
        package.touch(part)
    return package.save()
