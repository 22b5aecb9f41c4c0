"""The clause tree, from lines to nested clauses.

1. Lines are cut where a typed number starts in their middle (filings run whole articles together).
2. Each piece is a schedule title, a heading, a numbered clause, a table row, part of a signature block, or
text.
3. A stack of open clauses places each: the same style of number makes a sister, a new style a child.
4. Text without a number belongs to the open numbered clause; under a bare heading it becomes a clause of
its own.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re

from clauses import headings, numbering
from clauses.nodes import Node, freeze, whole_end
from clauses.numbering import Label
from clauses.pieces import pieces, signature_rows
from clauses.source import Line, Source

__all__ = ["Node", "build_tree", "freeze", "whole_end"]

_SIGNATURE_START = re.compile(
    r"\s{0,20}(?:in\s+witness\s+w?hereof|executed\s+(?:as\s+a\s+deed|by\s+the\s+parties)|signed\s+(?:by|for\s+and\s+on)|"
    r"signatures?\s{0,3}:?\s{0,3}$|signature\s+page|agreed\s+(?:and\s+accepted|to\s+as\s+of)|by\s+signing\s+(?:this|below)|"
    r"the\s+parties\s+have\s+(?:executed|signed))",
    re.I,
)
_SIGNATURE_LINE = re.compile(
    r"\s{0,20}(?:by|name|print(?:ed)?\s+name|title|signature|signed|date|its|name\s+and\s+title|company|witness|attest)\s{0,3}"
    r"(?:[:_]|/s/|$)|\s{0,20}/s/|\s{0,20}_{5,}\s{0,20}$",
    re.I,
)
_TEMPLATE = re.compile(r"^(?:\{(?:IF|END-IF)[^{}\n]{0,60}\}\s?)+")  # "{IF has_sla}SLA" is labelled SLA
_PAGE_MARK = re.compile(
    r"^[-–—]\s?\d{1,3}\s?[-–—]\s+"
)  # "- 5 - and goes on": a page number ran into the text
_TERMS = re.compile(r"\b(?:agreement|terms|conditions|addendum|contract|dpa)\b", re.I)


def build_tree(source: Source) -> list[Node]:
    """All nodes in reading order."""
    builder = _Builder(source)
    for piece in pieces(source):
        builder.take(piece)
    return builder.finish()


# --- placing --------------------------------------------------------------------------------------


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.signing = False
        self.schedule = ""
        self.tabled_schedule = False
        self.signed_rows = signature_rows(source)

    def take(self, piece: Line | list[Line]) -> None:
        if isinstance(piece, list):
            self._row(piece)
        else:
            self._line(piece)

    def finish(self) -> list[Node]:
        return self.nodes

    # tables

    def _row(self, row: list[Line]) -> None:
        filled = [line for line in row if line.text.strip()]
        columns = sorted({line.cell[2] for line in filled if line.cell})
        if not filled:
            return
        signs = filled[0].cell is not None and filled[0].cell[:2] in self.signed_rows
        if len(columns) == 1 and len({line.cell[2] for line in row if line.cell}) == 1 and not signs:
            for line in filled:  # a table used as a frame: its text is read like any other
                self._line(line)
            return
        first = [line for line in filled if line.cell and line.cell[2] == columns[0]]
        label = first[0].text.strip()
        if signs:
            kind = "signature"
        elif (
            len(columns) >= 2
            and len(label) <= 80
            and not label.endswith((".", ";"))
            and not re.search(r"%|\[\s{0,2}[#_]", label)  # "under [ # ]%" is a step of a scale
            and _TEMPLATE.sub("", label)[:1] not in ("", *"[(☐☑☒{")
        ):
            kind = "key_term"
        else:
            kind = "table"
        self._close_to_table(kind)
        node = self._open(kind, filled[0], filled[-1].end)
        node.blocks = [block for line in filled for block in line.blocks]
        if kind == "key_term":
            at = first[0].start + len(first[0].text) - len(first[0].text.lstrip())
            mark = _TEMPLATE.match(label)
            node.heading = (at + (mark.end() if mark else 0), at + len(label))

    # lines

    def _line(self, line: Line) -> None:
        text = line.text
        if self.tabled_schedule and line.cell is None:
            # An annex that is a row of the cover page ends with the table; the terms that follow are the main body.
            self.tabled_schedule, self.schedule, self.stack = False, "", []
        if schedule := numbering.schedule_heading(text) or numbering.schedule_heading(line.number):
            return self._schedule(line, schedule)
        label = numbering.computed_label(line.number) if line.number else None
        body = 0
        if label is None and (label := numbering.typed_label(text)):
            body = label.length
            if line.heading_level is None and line.level is None and not self._believable(label, text[body:]):
                label, body = None, 0
        if self.source.is_document and self.signing and self._is_heading(line):
            self.signing = False
        if (
            self.signing
            and not (label and self._leaves_signature(label, text, body))
            and line.heading_level is None
            and len(text) < 400
        ):
            return self._sign(line)
        if _SIGNATURE_START.match(text) or (
            _SIGNATURE_LINE.match(text) and label is None and len(text) < 200
        ):
            self.signing = True
            self.stack = []
            return self._sign(line, opens=True)
        self.signing = False
        if label is not None:
            return self._numbered(line, label, body)
        if self._runs_on(line):
            return self._join(self.nodes[-1], line)
        if (line.heading_level is not None and headings.phrased(text)) or self._is_heading(line):
            return self._heading(line)
        return self._text(line)

    def _leaves_signature(self, label: Label, text: str, body: int) -> bool:
        """A numbered clause, or a numbered heading ("1. Services"), ends the signature block over it."""
        rest = text[body:]
        titled = label.style in ("d1", "d2", "article") and len(rest.strip()) > 3 and headings.titled(rest)
        return (len(text) > 30 or titled) and not _SIGNATURE_LINE.match(rest)

    def _believable(self, label: Label, rest: str) -> bool:
        """A lone letter or number before nothing much is a page number or an initial, not a clause."""
        if label.style.startswith(("alpha.", "ALPHA.")) and len(rest.strip()) < 3:
            return False
        if label.style.startswith("ALPHA.") and label.value > 1:
            return any(n.style == label.style and n.value + 1 == label.value for n in self.stack)
        return not (label.style in ("d1", "1)") and label.value > 60)

    def _is_heading(self, line: Line) -> bool:
        text = line.text
        if not headings.whole_line(text):
            return False
        if self._begins():
            return True  # the first words of a contract, if they look like one, are its title
        if self.source.is_document:
            return bool(line.lead and line.lead >= len(text.rstrip())) or headings.shouted(text)
        inside = any(n.style.startswith(("d", "alpha", "roman", "(")) for n in self.stack)
        return headings.shouted(text) or not inside

    def _begins(self) -> bool:
        """Whether nothing but the number of a filing stands above."""
        return all(n.style == "filing" for n in self.nodes[:2]) and len(self.nodes) < 3

    def _runs_on(self, line: Line) -> bool:
        """Capitals that go on where capitals broke off: a disclaimer over several lines holds no heading."""
        if self.source.is_document or not self.nodes or line.lead or not headings.shouted(line.text):
            return False
        last = self.nodes[-1]
        tail = self.source.plain[max(last.start, last.end - 80) : last.end].rstrip()
        letters = [c for c in tail if c.isalpha()]
        return (
            last.end - last.start > 120
            and tail[-1:] not in ".:;!?"
            and len(letters) > 20
            and all(c.isupper() for c in letters)
        )

    def _schedule(self, line: Line, schedule: tuple[str, str]) -> None:
        if len(self.nodes) < 3 and not any(n.number for n in self.nodes):
            # "EXHIBIT 10.2" over a filed contract is the filing's number for it, neither schedule nor title
            self._open("paragraph", line, line.end).style = "filing"
            return
        self.stack, self.signing = [], False
        self.schedule = f"{schedule[0]} {schedule[1]}"
        self.tabled_schedule = line.cell is not None
        node = self._open("schedule", line, line.end)
        node.path, node.bare = self.schedule, True
        node.heading = (line.start, line.start + len(line.text.rstrip()))
        node.style = "schedule"
        self.stack = [node]

    def _sign(self, line: Line, *, opens: bool = False) -> None:
        if not opens and self.nodes and self.nodes[-1].kind == "signature" and line.cell is None:
            self.nodes[-1].end = line.start + len(line.text.rstrip())
            self.nodes[-1].blocks.extend(line.blocks)
            return
        self.stack = [n for n in self.stack if n.kind == "schedule"]
        self._open("signature", line, line.end)

    def _heading(self, line: Line) -> None:
        shift = len(line.text) - len(line.text.lstrip())
        words = (line.start + shift, line.start + len(line.text.rstrip()))
        open_number = self.stack[-1] if self.stack and self.stack[-1] is self.nodes[-1] else None
        if open_number and open_number.number and open_number.bare and not open_number.heading[1]:
            open_number.heading, open_number.end = (
                words,
                words[1],
            )  # "ARTICLE IV" and its title on the next line
            open_number.blocks.extend(line.blocks)
            return
        level = line.heading_level or 9
        while self.stack and not (
            self.stack[-1].kind == "schedule"
            or (self.stack[-1].style == "heading" and self.stack[-1].level < level)
        ):
            self.stack.pop()
        title = self._begins() and level <= 9
        node = self._open("title" if title else "section", line, line.end)
        node.style, node.level, node.bare = "heading", 0 if title and level == 9 else level, True
        node.heading = words
        if not title:
            self.stack.append(node)

    def _numbered(self, line: Line, label: Label, body: int) -> None:
        label = self._settle(label, line.level)
        if self.schedule and label.style in ("d1", "article") and label.value == 1 and self._terms_begin():
            self.schedule, self.stack = "", []
        self._pop_for(label, line.level)
        parent = next((n for n in reversed(self.stack) if n.path and n.kind != "schedule"), None)
        node = self._open(
            "item" if not label.style.startswith(("d", "article", "sec")) else "section", line, line.end
        )
        node.number, node.style, node.value = label.text, label.style, label.value
        node.level = -1 if line.level is None else line.level
        node.path = numbering.path_of(label, self._base(label, parent))
        self._read_heading(node, line, body, numbered=True)
        self.stack.append(node)

    def _terms_begin(self) -> bool:
        """Whether the terms follow here on the annexes of a cover page: nothing was numbered yet, a title
        stands above."""
        last = self.nodes[-1]
        title = self.source.plain[slice(*last.heading)]
        return (
            last.kind == "signature" or (last.style == "heading" and last.bare and bool(_TERMS.search(title)))
        ) and not any(n.style.startswith(("d", "article")) for n in self.nodes)

    def _base(self, label: Label, parent: Node | None) -> str:
        """What a number hangs on: a plain "1." under an article or a heading starts afresh, under a "1." it
        nests."""
        if parent is None or (label.style == "d1" and parent.style in ("article", "section-word", "ALPHA.")):
            return ""
        return parent.path

    def _settle(self, label: Label, level: int | None) -> Label:
        """Is (i) the letter after (h) or the roman one? What is open decides."""
        other = numbering.as_roman(label)
        if other is None:
            return label
        for node in reversed(self.stack):
            if node.style == label.style and node.value + 1 == label.value:
                return label
            if node.style == other.style and node.value + 1 == other.value:
                return other
        return other if other.value == 1 and label.value != 1 else label

    def _pop_for(self, label: Label, level: int | None) -> None:
        if label.style.startswith(("d", "article", "section")):
            self._close_text()
        if label.style == "article":
            self.stack = [n for n in self.stack if n.kind == "schedule" or n.style == "heading"]
            return
        if label.style[0] == "d" and len(label.parts) > 1:
            prefix = [p.lstrip("0") or "0" for p in label.parts]
            parents = {".".join(prefix[:k]) for k in range(1, len(prefix))}
            keep = max((k for k, n in enumerate(self.stack) if n.path in parents), default=None)
            if keep is None:
                keep = max(
                    (
                        k
                        for k, n in enumerate(self.stack)
                        if n.style == "heading" or n.kind == "schedule" or n.style == "article"
                    ),
                    default=-1,
                )
            self.stack = self.stack[: keep + 1]
            return
        if label.style == "d1" and label.value > 1:
            self._leave_decimals(label.value)
        same = [
            k
            for k, n in enumerate(self.stack)
            if n.style == label.style and (level is None or n.level in (-1, level))
        ]
        if follows := [k for k in same if self.stack[k].value + 1 == label.value]:
            self.stack = self.stack[: follows[-1]]
            return
        if same and label.value == 1 and level is None and self.stack[-1].style not in (label.style, "text"):
            return  # a list that starts again below a deeper clause is that clause's own
        for place, node in enumerate(self.stack):
            above = level is not None and node.level > level and node.style != "heading"
            if place in same or above:
                self.stack = self.stack[:place]
                return

    def _leave_decimals(self, value: int) -> None:
        """ "2." after 1.1 to 1.6 is the next section, not a part of 1.6."""
        for place, node in enumerate(self.stack):
            if node.style == "d1":
                return
            if node.style[:1] == "d" and node.path.split(".")[0] == str(value - 1):
                self.stack = self.stack[:place]
                return

    def _text(self, line: Line) -> None:
        text = line.text.strip()
        top = self.stack[-1] if self.stack else None
        broken = _PAGE_MARK.sub("", text)[:1].islower()
        if (
            not self.source.is_document
            and broken
            and self.nodes
            and line.cell is None
            and self.nodes[-1].kind != "title"
        ):
            return self._join(self.nodes[-1], line)
        if top is not None and top.number and not top.bare:
            lead = headings.run_in(line.text, lead=line.lead, numbered=False)
            if not lead and not any(n.style == "text" for n in self.stack):
                return self._join(self._open_end(top), line)
        self._close_text()
        node = self._open("paragraph", line, line.end)
        node.style = "text"
        self._read_heading(node, line, 0, numbered=False)
        self.stack.append(node)
        return None

    def _close_text(self) -> None:
        place = next((k for k, n in enumerate(self.stack) if n.style == "text"), len(self.stack))
        self.stack = self.stack[:place]

    def _open_end(self, top: Node) -> Node:
        """Text after children belongs to the last of them, so that ranges stay nested."""
        while top.children:
            top = top.children[-1]
        return top

    def _join(self, node: Node, line: Line) -> None:
        node.end = max(node.end, line.start + len(line.text.rstrip()))
        node.bare = False
        node.blocks.extend(line.blocks)

    def _read_heading(self, node: Node, line: Line, body: int, *, numbered: bool) -> None:
        rest = line.text[body:]
        shift = len(rest) - len(rest.lstrip())
        at = body + shift
        length = headings.run_in(line.text[at:], lead=max(0, line.lead - at), numbered=numbered)
        if (
            line.heading_level is not None
            and not length
            and headings.phrased(rest)
            and len(rest.strip()) <= 120
        ):
            length = len(rest.strip())
        if length:
            node.heading = (line.start + at, line.start + at + length)
            node.bare = not line.text[at + length :].strip(" .:-–—")
        elif not rest.strip():
            node.bare = True

    def _close_to_table(self, kind: str) -> None:
        """A table belongs to the numbered section it stands in; a signature block to none."""
        self.stack = [
            n
            for n in self.stack
            if n.style == "heading"
            or n.kind == "schedule"
            or (kind != "signature" and n.style.startswith("d"))
        ]

    def _open(self, kind: str, line: Line, end: int) -> Node:
        shift = len(line.text) - len(line.text.lstrip())
        last = line.start + len(line.text.rstrip()) if end == line.end else end
        node = Node(kind, line.start + shift, max(last, line.start + shift), schedule=self.schedule)
        node.parent = self.stack[-1] if self.stack else None
        node.depth = node.parent.depth + 1 if node.parent else 0
        if node.parent:
            node.parent.children.append(node)
        node.blocks.extend(line.blocks)
        self.nodes.append(node)
        return node
