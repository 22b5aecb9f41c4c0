"""Paragraph marks: whether one is inserted or deleted, and into which paragraph its text would flow.

A paragraph's mark holds its revision flag in w:pPr/w:rPr. Settling away a mark joins the paragraph with the
next one, whose properties survive.
"""

from redline.names import INERT, PPR, RPR, SDT, SDT_CONTENT, TBL, TC, TR, Element, P

_BLOCKS = (P, TBL, SDT)


def mark_flag(paragraph: Element, tags: tuple[str, ...]) -> Element | None:
    """The revision flag of the paragraph mark with one of these names, or None."""
    rpr = mark_look(paragraph)
    return next((child for child in rpr if child.tag in tags), None) if rpr is not None else None


def mark_look(paragraph: Element) -> Element | None:
    """Where the look of a paragraph's mark, and its revision flags, are kept."""
    ppr = paragraph.find(PPR)
    return ppr.find(RPR) if ppr is not None else None


def has_content(paragraph: Element) -> bool:
    """Whether a paragraph holds more than properties, bookmarks and other marks without content."""
    return any(
        isinstance(child.tag, str) and child.tag not in INERT and child.tag != PPR for child in paragraph
    )


def next_paragraph(paragraph: Element) -> Element | None:
    """The paragraph that follows in the same container, or None before a table or at the container's end.

    Content controls around blocks are looked through, out of one at its end and into the next.
    """
    following = _after(paragraph)
    if following is None:
        parent = paragraph.getparent()
        control = parent.getparent() if parent is not None and parent.tag == SDT_CONTENT else None
        above = control.getparent() if control is not None else None
        if control is not None and above is not None and above.tag != P:
            following = _after(control)
    if following is not None and following.tag == SDT:
        inner = following.find(SDT_CONTENT)
        following = _first_block(inner) if inner is not None else None
    return following if following is not None and following.tag == P else None


def _after(element: Element) -> Element | None:
    sibling = element.getnext()
    while sibling is not None and (not isinstance(sibling.tag, str) or sibling.tag in INERT):
        sibling = sibling.getnext()
    return sibling


def _first_block(content: Element) -> Element | None:
    return next((c for c in content if isinstance(c.tag, str) and c.tag not in INERT), None)


def must_stay(paragraph: Element) -> bool:
    """Whether the container needs this paragraph: a cell ends with one, a story has at least one."""
    container = paragraph.getparent()
    if container is None:
        return True
    blocks = container.iterchildren(*_BLOCKS, reversed=True)  # from the end: a body may hold thousands
    last = next((block for block in blocks if block is not paragraph), None)
    if container.tag == TC:
        after = next(paragraph.itersiblings(*_BLOCKS), None)
        return last is None or (after is None and last.tag == TBL)
    return last is None and container.tag != SDT_CONTENT


def enclosing(element: Element, tag: str) -> Element | None:
    """The nearest ancestor of that name."""
    return next(element.iterancestors(tag), None)


def enclosing_row(paragraph: Element) -> Element | None:
    """The table row a paragraph stands in, if any."""
    return enclosing(paragraph, TR)
