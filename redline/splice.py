"""Writing a changed part with the untouched blocks' own bytes.

A parser normalises what it writes (quotes, entities, spaces in tags). So the part is put together from the
bytes it was read from: what nobody touched is copied from them, also beside a touched paragraph in a table or
content control; only touched paragraphs, and properties around them, are written anew.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from lxml import etree

from redline.names import SDT, SDT_CONTENT, TBL, TC, TR, Element, P

_DECLARATION = re.compile(rb' xmlns(?::([\w.-]+))?="([^"]*)"')
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_KEPT = (P, TBL, TR, TC, SDT, SDT_CONTENT)
_OTHER_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8)", re.IGNORECASE)


class Original:
    """Remembers a container's children, and what its tables and controls hold, to write them back."""

    def __init__(self, data: bytes, root: Element, container: Element) -> None:
        self._data, self._root, self._container = data, root, container
        self._place = {child: index for index, child in enumerate(container)}
        self._number = {element: number for number, element in enumerate(root.iter(*_KEPT))}
        self._spans: list[list[int]] = []

    def write(self, touched: Iterable[Element]) -> bytes | None:
        """The part's bytes, ``touched`` paragraphs and new elements written anew; None where that is not
        possible.
        """
        depth = 1 + sum(1 for _ in self._container.iterancestors())
        # names as they are written; where a part writes them otherwise further in, the counts differ
        prefixes = {uri: f"{prefix}:" if prefix else "" for prefix, uri in self._root.nsmap.items()}
        container, *kept = (_written(tag, prefixes) for tag in (str(self._container.tag), *_KEPT))
        found = _offsets(self._data, depth, container, frozenset(kept))
        if found is None or len(found[0]) != len(self._place) + 1 or len(found[1]) != len(self._number):
            return None
        edges, self._spans = found
        anew = {above for element in touched for above in (element, *element.iterancestors())}
        out = [self._data[: edges[0]]]
        for child in self._container:
            index = self._place.get(child)
            if index is None or child in anew:
                out.append(self._write(child, anew))
            else:
                out.append(self._data[edges[index] : edges[index + 1]])
        out.append(self._data[edges[-1] :])
        return b"".join(out)

    def _write(self, element: Element, anew: set[Element]) -> bytes:
        """An element in its own bytes, or of a table or control with work in it all that has none."""
        number = self._number.get(element)
        if number is None or (element in anew and element.tag == P):
            return self._serialise(element)
        start, end_tag = self._spans[number]
        start_tag = _TAG.match(self._data, start)
        if start_tag is None:
            return self._serialise(element)
        empty = start_tag[0].endswith(
            b"/>"
        )  # then the parser tells the end of the tag as that of the element
        end = start_tag.end() if empty else self._data.index(b">", end_tag) + 1
        if element not in anew:
            return self._data[start:end]
        if empty:
            return self._serialise(element)
        inner = [_escape(element.text or "")]
        for child in element:
            inner += [self._write(child, anew), _escape(child.tail or "")]
        return start_tag[0] + b"".join(inner) + self._data[end_tag:end]

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


def _written(tag: str, prefixes: dict[str, str]) -> str:
    space, _, name = tag[1:].partition("}")
    return prefixes.get(space, "") + name


def _offsets(
    data: bytes, depth: int, container: str, kept: frozenset[str]
) -> tuple[list[int], list[list[int]]] | None:
    """Byte offsets of the children of the first element at that depth and name, and of its end tag; and of
    the start and end tags of all paragraphs, tables and controls, in document order.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODING.match(data):
        return None
    parser = expat.ParserCreate()
    level, inside, edges, ended = 0, False, [], -1
    spans: list[list[int]] = []
    open_spans: list[list[int]] = []

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal level, inside
        level += 1
        if inside and level == depth + 1:
            edges.append(parser.CurrentByteIndex)
        elif level == depth and ended < 0 and name == container:
            inside = True
        if name in kept:
            open_spans.append([parser.CurrentByteIndex, -1])
            spans.append(open_spans[-1])

    def end(name: str) -> None:
        nonlocal level, inside, ended
        if inside and level == depth:
            inside, ended = False, parser.CurrentByteIndex
        level -= 1
        if name in kept:
            open_spans.pop()[1] = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    return ([*edges, ended], spans) if edges and ended >= 0 else None


def _escape(text: str) -> bytes:
    # xml.sax.saxutils has this too, but brings the whole of urllib.request with it
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
