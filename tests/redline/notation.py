"""Documents in a one-line notation, so that a case reads before, action, after.

`doc("One two.", "# Heading", "1. Item", ["a | b", "c | d"])` is a document of a paragraph, a heading, a
numbered item and a table of two rows. Inside a paragraph: `**bold**`, `[+come+]` inserted and `[-gone-]`
deleted by "Them"; a paragraph that ends in `¶+` / `¶-` has an inserted / deleted mark.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WHO = 'w:author="Them" w:date="2026-01-01T00:00:00Z"'
_PIECES = re.compile(r"(\[\+.*?\+\]|\[-.*?-\]|\*\*.*?\*\*)", re.DOTALL)

Line = str | list[str]


def doc(*lines: Line, final: str = "") -> bytes:
    """The bytes of a .docx with these blocks; ``final`` is extra XML before the section."""
    writer = _Writer()
    body = "".join(writer.table(line) if isinstance(line, list) else writer.paragraph(line) for line in lines)
    return package({"word/document.xml": document(body + final)})


def document(body: str) -> str:
    """A main part around body XML."""
    section = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'
    return f'<w:document xmlns:w="{W}" xmlns:r="{_REL}"><w:body>{body}{section}</w:body></w:document>'


def package(parts: dict[str, str]) -> bytes:
    """A minimal package: main part, styles, one numbered list."""
    everything = {
        "[Content_Types].xml": f'<Types xmlns="{_PKG}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}styles+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}numbering+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/numbering" Target="numbering.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" '
        'w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        "</w:styles>",
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        + "".join(_level(level, form, text) for level, form, text in _LEVELS)
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in everything.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


_LEVELS = ((0, "decimal", "%1."), (1, "decimal", "%1.%2"), (2, "lowerLetter", "(%3)"))


def _level(level: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


class _Writer:
    def __init__(self) -> None:
        self.number = 0

    def _revision(self) -> str:
        self.number += 1
        return f'w:id="{self.number}" {_WHO}'

    def paragraph(self, line: str) -> str:
        properties, mark = "", ""
        if line.endswith(("¶+", "¶-")):
            mark = f"<w:rPr><w:{'ins' if line[-1] == '+' else 'del'} {self._revision()}/></w:rPr>"
            line = line[:-2]
        if line.startswith("# "):
            properties, line = '<w:pStyle w:val="Heading1"/>', line[2:]
        found = re.match(r"( *)1\. ", line)
        if found:
            level = len(found[1])
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
            line = line[found.end() :]
        runs = "".join(self._piece(piece) for piece in _PIECES.split(line) if piece)
        ppr = f"<w:pPr>{properties}{mark}</w:pPr>" if properties or mark else ""
        return f"<w:p>{ppr}{runs}</w:p>"

    def _piece(self, piece: str) -> str:
        if piece.startswith("[+"):
            return f"<w:ins {self._revision()}>{self._run(piece[2:-2])}</w:ins>"
        if piece.startswith("[-"):
            return f"<w:del {self._revision()}>{self._run(piece[2:-2], tag='delText')}</w:del>"
        if piece.startswith("**") and len(piece) > 4:
            return self._run(piece[2:-2], look="<w:rPr><w:b/></w:rPr>")
        return self._run(piece)

    def _run(self, text: str, *, look: str = "", tag: str = "t") -> str:
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'

    def table(self, rows: list[str]) -> str:
        width = max(row.count(" | ") for row in rows) + 1 if rows else 1
        grid = '<w:gridCol w:w="2000"/>' * width
        body = "".join(
            "<w:tr>"
            + "".join(
                '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>' + self.paragraph(cell) + "</w:tc>"
                for cell in row.split(" | ")
            )
            + "</w:tr>"
            for row in rows
        )
        properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
