"""Writing a changed part with the untouched blocks' own bytes.

A parser normalises what it writes (quotes, entities, spaces in tags). So the part is put together from the
bytes it was read from: a child of the container that nobody touched is copied from them, only touched ones
are written anew.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from lxml import etree

from redline.names import Element

_DECLARATION = re.compile(rb' xmlns(?::([\w.-]+))?="([^"]*)"')
_OTHER_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8)", re.IGNORECASE)


class Original:
    """Remembers a container's children, so that they can be written back byte for byte."""

    def __init__(self, data: bytes, root: Element, container: Element) -> None:
        self._data, self._root, self._container = data, root, container
        self._place = {child: index for index, child in enumerate(container)}

    def write(self, touched: Iterable[Element]) -> bytes | None:
        """The part's bytes, ``touched`` and new children written anew; None where that is not possible."""
        depth = 1 + sum(1 for _ in self._container.iterancestors())
        edges = _child_edges(self._data, depth, self._container.tag)
        if edges is None or len(edges) != len(self._place) + 1:
            return None
        anew = set(touched)
        out = [self._data[: edges[0]]]
        for child in self._container:
            index = self._place.get(child)
            if index is None or child in anew:
                out.append(self._serialise(child))
            else:
                out.append(self._data[edges[index] : edges[index + 1]])
        out.append(self._data[edges[-1] :])
        return b"".join(out)

    def _serialise(self, child: Element) -> bytes:
        """One child without the namespace declarations its root already makes."""
        known = {(prefix or "").encode(): uri.encode() for prefix, uri in self._root.nsmap.items()}
        text = etree.tostring(child, encoding="UTF-8", with_tail=False)
        text = text.split(b"?>", 1)[1].lstrip() if text.startswith(b"<?xml") else text
        head, more, rest = text.partition(b">")
        head = _DECLARATION.sub(
            lambda found: b"" if known.get(found[1] or b"") == found[2] else found[0], head
        )
        return head + more + rest


def _child_edges(data: bytes, depth: int, tag: object) -> list[int] | None:
    """Byte offsets of the children of the first element at that depth and name, and of its end tag."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or re.match(
        rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8)", data, re.I
    ):
        return None
    local = str(tag).rsplit("}", 1)[-1]
    parser = expat.ParserCreate()
    level, inside, edges, ended = 0, False, [], -1

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal level, inside
        level += 1
        if inside and level == depth + 1:
            edges.append(parser.CurrentByteIndex)
        elif level == depth and ended < 0 and name.rsplit(":", 1)[-1] == local:
            inside = True

    def end(_: str) -> None:
        nonlocal level, inside, ended
        if inside and level == depth:
            inside, ended = False, parser.CurrentByteIndex
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    return [*edges, ended] if edges and ended >= 0 else None
