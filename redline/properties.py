"""Two versions of a paragraph's properties as one that remembers: style, numbering, mark, page setup.

The new properties stand and a property change beside them holds the old ones: accepting keeps the new look,
rejecting brings the old one back.
"""

from copy import deepcopy

from lxml import etree

from redline.names import PPR, PROPERTY_CHANGES, RPR, SECTPR, Element, P, w
from redline.signature import Signature, paragraph_signature, run_signature, section_signature
from redline.story import Story
from redline.writer import Writer, mark_properties

_REFERENCES = (w("headerReference"), w("footerReference"))


def same_properties(story: Story, old: Element, new: Element) -> bool:
    """Whether two paragraphs look the same, their marks and page setups too."""
    a, b = old.find(PPR), new.find(PPR)
    _pair_sections(story, a, b)
    same = paragraph_signature(a) == paragraph_signature(b) and _mark_look(a) == _mark_look(b)
    return same and section_signature(_section(a)) == section_signature(_section(b))


def merged_properties(story: Story, old: Element, new: Element) -> Element | None:
    """The w:pPr of a paragraph both sides have: the new look, remembering the old one where it differs."""
    a, b = old.find(PPR), new.find(PPR)
    out = deepcopy(a) if a is not None else None
    if paragraph_signature(a) != paragraph_signature(b):
        out = _changed_paragraph(story.writer, a, b)
    if _mark_look(a) != _mark_look(b):
        out = _changed_mark(story.writer, out, a, b)
    _pair_sections(story, out, b)
    one, two = _section(out), _section(b)
    if one is not None and two is not None:
        merge_section(one, two, story.writer)
    return out


def _changed_paragraph(writer: Writer, old: Element | None, new: Element | None) -> Element:
    out = etree.Element(PPR)
    foreign = (RPR, SECTPR, w("pPrChange"))
    out.extend(deepcopy(c) for c in (new if new is not None else ()) if c.tag not in foreign)
    out.extend(deepcopy(c) for c in (old if old is not None else ()) if c.tag in (RPR, SECTPR))
    writer.paragraph_change(out, old)
    return out


def _changed_mark(
    writer: Writer, properties: Element | None, old: Element | None, new: Element | None
) -> Element | None:
    holder = etree.Element(P)
    if properties is not None:
        holder.append(properties)
    rpr = mark_properties(holder)
    new_rpr = new.find(RPR) if new is not None else None
    merged = writer.run_change(new_rpr, old.find(RPR) if old is not None else None)
    parent = rpr.getparent()
    if parent is not None:
        parent.replace(rpr, merged)
        holder.remove(parent)
    return parent


def merge_section(old: Element, new: Element, writer: Writer) -> bool:
    """Give a section the new page setup and let it remember the old one; True when it changed."""
    if section_signature(old) == section_signature(new):
        return False
    references = [c for c in old if c.tag in _REFERENCES]
    before = deepcopy(old)
    old[:] = references
    for child in new:
        if child.tag not in (*_REFERENCES, *PROPERTY_CHANGES):
            old.append(deepcopy(child))
    writer.frame_change(old, before, "sectPrChange")
    return True


def _pair_sections(story: Story, a: Element | None, b: Element | None) -> None:
    one, two = _section(a), _section(b)
    if one is not None and two is not None and (one, two) not in story.section_pairs:
        story.section_pairs.append((one, two))


def _section(ppr: Element | None) -> Element | None:
    return ppr.find(SECTPR) if ppr is not None else None


def _mark_look(ppr: Element | None) -> Signature:
    return run_signature(ppr.find(RPR) if ppr is not None else None)
