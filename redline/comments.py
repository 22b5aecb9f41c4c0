"""Adding comments: the comment itself in its part, and the anchor round the text."""

from lxml import etree

from redline.names import COMMENT_END, COMMENT_REF, COMMENT_START, ID, PPR, R_RUN, Element, P, T, W, w
from redline.package import Package
from redline.writer import Writer, text_node

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def add_comment(package: Package, writer: Writer, text: str) -> str:
    """A new comment by the writer's author; gives its id. One paragraph a line of text."""
    part = package.related("comments")
    if part is None:
        part = package.add_part("word/comments.xml", f'<w:comments xmlns:w="{W}"/>'.encode(), _TYPE)
        package.relate(package.main, _RELATION, part)
    root = package.tree(part)
    comment = writer.revision(w("comment"))
    numbers = [int(c.get(ID) or 0) for c in root if (c.get(ID) or "").isdigit()]
    comment.set(ID, str(1 + max(numbers, default=-1)))
    initials = "".join(word[0] for word in writer.author.split())[:9].upper()
    comment.set(w("initials"), initials or "?")
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, P), R_RUN)
        run.append(text_node(T, line))
    root.append(comment)
    package.touch(part)
    return comment.get(ID) or ""


def anchor(first: Element, last: Element, number: str) -> None:
    """Put a comment's anchor round [first, last], siblings or not, outside any revision."""
    start, end, run = etree.Element(COMMENT_START), etree.Element(COMMENT_END), etree.Element(R_RUN)
    etree.SubElement(run, COMMENT_REF).set(ID, number)
    start.set(ID, number)
    end.set(ID, number)
    _outermost(first).addprevious(start)
    outer = _outermost(last)
    outer.addnext(run)
    outer.addnext(end)


def anchor_paragraph(paragraph: Element, number: str) -> None:
    """Put a comment's anchor round a whole paragraph."""
    content = [c for c in paragraph if isinstance(c.tag, str) and c.tag != PPR]
    if content:
        anchor(content[0], content[-1], number)
        return
    run = etree.SubElement(paragraph, R_RUN)
    etree.SubElement(run, COMMENT_REF).set(ID, number)
    for tag in (COMMENT_END, COMMENT_START):
        mark = etree.Element(tag)
        mark.set(ID, number)
        run.addprevious(mark) if tag == COMMENT_END else paragraph[-2].addprevious(mark)


def _outermost(element: Element) -> Element:
    """The child of the paragraph that holds an element: where every reader finds anchors."""
    out = element
    while (parent := out.getparent()) is not None and parent.tag != P:
        out = parent
    return out
