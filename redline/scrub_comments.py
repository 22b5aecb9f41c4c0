"""Comments in an outgoing copy: the ones to keep stay whole, of the others not a trace.

A comment lives in up to four parts and three anchors. The extra parts hang on paragraph ids:
``commentsExtended`` and ``commentsIds`` name the id of a comment's last paragraph, ``commentsExtensible``
the durable id that ``commentsIds`` gives it ([MS-DOCX] 2.5.4). A kept reply whose parent goes becomes a
comment of its own.
"""

from redline.names import (
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    ID,
    PARA_ID,
    R_RUN,
    RPR,
    W15,
    Element,
    P,
    w,
)
from redline.package import Package

_CID = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
_CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"


def keep_only(package: Package, stories: list[str], keep: frozenset[str]) -> bool:
    """Removes every comment not named, with its anchors. Returns whether any comment is left."""
    part = package.related("comments")
    kept: set[str] = set()
    if part is not None:
        root = package.tree(part)
        for comment in list(root.iterchildren(w("comment"))):
            if (comment.get(ID) or "") in keep and comment.get(ID) not in kept:
                kept.add(comment.get(ID) or "")
            else:
                root.remove(comment)
                package.touch(part)
        _keep_extras(package, {p.get(PARA_ID) or "" for p in root.iter(P)})
    for story in stories:
        if _drop_anchors(package.tree(story), kept):
            package.touch(story)
    return bool(kept)


def _drop_anchors(root: Element, kept: set[str]) -> bool:
    gone = [
        item
        for item in root.iter(COMMENT_START, COMMENT_END, COMMENT_REF)
        if (item.get(ID) or "") not in kept
    ]
    for item in gone:
        parent = item.getparent()
        if parent is None:
            continue
        parent.remove(item)
        holder = parent.getparent()
        if parent.tag == R_RUN and holder is not None and all(child.tag == RPR for child in parent):
            holder.remove(parent)
    return bool(gone)


def _keep_extras(package: Package, paragraph_ids: set[str]) -> None:
    durable: set[str] = set()
    for kind, identity in (("commentsExtended", f"{{{W15}}}paraId"), ("commentsIds", f"{_CID}paraId")):
        part = package.related(kind)
        for entry in _children(package, part):
            if (entry.get(identity) or "") not in paragraph_ids:
                _remove(package, part, entry)
                continue
            durable.add(entry.get(f"{_CID}durableId") or "")
            parent = f"{{{W15}}}paraIdParent"
            if entry.get(parent) is not None and entry.get(parent) not in paragraph_ids:
                del entry.attrib[parent]
                package.touch(part or "")
    part = package.related("commentsExtensible")
    for entry in _children(package, part):
        if entry.get(f"{_CEX}durableId") not in durable:
            _remove(package, part, entry)


def _children(package: Package, part: str | None) -> list[Element]:
    return [] if part is None else [item for item in package.tree(part) if isinstance(item.tag, str)]


def _remove(package: Package, part: str | None, entry: Element) -> None:
    if part is not None:
        package.tree(part).remove(entry)
        package.touch(part)
