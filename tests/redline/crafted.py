# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""Small documents made from one-line notations, and zip files that no honest program writes."""

import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KNOWN_TYPES = {
    "word/document.xml": WML + "document.main+xml",
    "word/styles.xml": WML + "styles+xml",
    "word/settings.xml": WML + "settings+xml",
    "word/numbering.xml": WML + "numbering+xml",
    "word/comments.xml": WML + "comments+xml",
    "word/commentsExtended.xml": WML + "commentsExtended+xml",
    "word/commentsIds.xml": WML + "commentsIds+xml",
    "word/commentsExtensible.xml": WML + "commentsExtensible+xml",
    "word/people.xml": WML + "people+xml",
    "word/footnotes.xml": WML + "footnotes+xml",
    "word/header1.xml": WML + "header+xml",
    "word/footer1.xml": WML + "footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", properties: str = "") -> str:
    """A paragraph; content without markup becomes one run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def ins(content: str, author: str = "Dana", date: str = "2026-03-01T10:00:00Z", number: int = 901) -> str:
    return f'<w:ins w:id="{number}" w:author="{author}" w:date="{date}">{content}</w:ins>'


def dele(text: str, author: str = "Dana", date: str = "2026-03-01T10:00:00Z", number: int = 902) -> str:
    inner = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="{number}" w:author="{author}" w:date="{date}">{inner}</w:del>'


def field(instruction: str, shown: str = "x") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def relationships(*items: tuple[str, str, str, bool]) -> str:
    """(id, kind or full type, target, external) each."""
    rows = []
    for number, kind, target, external in items:
        full = kind if "/" in kind else OFFICE + kind
        mode = ' TargetMode="External"' if external else ""
        rows.append(f'<Relationship Id="{number}" Type="{full}" Target="{target}"{mode}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'


def parts(
    *body: str, rels: tuple = (), extra: dict[str, str | bytes] | None = None, types: dict | None = None
) -> dict:
    """The parts of a document with these paragraphs; ``extra`` parts get their usual types and relationships."""
    extra = dict(extra or {})
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    if "word/header1.xml" in extra:
        section = section.replace("<w:pgSz", '<w:headerReference w:type="default" r:id="xheader"/><w:pgSz')
    if "word/footer1.xml" in extra:
        section = section.replace("<w:pgSz", '<w:footerReference w:type="default" r:id="xfooter"/><w:pgSz')
    main_rels = list(rels)
    root_rels = [("rId1", "officeDocument", "word/document.xml", False)]
    for name in extra:
        stem = name.rpartition("/")[2].split(".")[0].rstrip("1")
        if name.startswith("docProps/"):
            kind = {
                "core": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
            }
            root_rels.append(
                (
                    f"p{stem}",
                    kind.get(stem, {"app": "extended-properties"}.get(stem, "custom-properties")),
                    name,
                    False,
                )
            )
        elif name.startswith("word/") and name.count("/") == 1 and name in KNOWN_TYPES:
            main_rels.append((f"x{stem}", stem, stem_target(name), False))
    overrides = {
        name: kind for name, kind in KNOWN_TYPES.items() if name in extra or name == "word/document.xml"
    }
    overrides.update(types or {})
    out: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships(*root_rels),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(*main_rels),
    }
    for name, content in extra.items():
        out[name] = content
    return out


def stem_target(name: str) -> str:
    return name.removeprefix("word/")


def content_types(overrides: dict[str, str]) -> str:
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
            ("bin", "application/octet-stream"),
            ("html", "text/html"),
        )
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{rows}</Types>'


def pack(content: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def docx(*body: str, **rest) -> bytes:
    return pack(parts(*body, **rest))


def styles(*items: str, defaults: str = "") -> str:
    head = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
        if defaults
        else ""
    )
    return f"<w:styles {NAMESPACES}>{head}{''.join(items)}</w:styles>"


def style(
    name: str, properties: str = "", kind: str = "paragraph", based: str = "", paragraph: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    ppr = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}{ppr}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def raw_zip(entries: list[dict], *, tail: bytes = b"", count: int | None = None) -> bytes:
    """A zip written by hand. Keys of an entry: name, data and, to lie with, any field of either header.

    ``local`` and ``central`` override header fields (name, flags, method, crc, packed, size); ``mode`` is the Unix
    mode, ``descriptor`` bytes follow the data, ``offset`` points the directory elsewhere, ``gap`` precedes the entry.
    """
    body, directory = b"", b""
    for entry in entries:
        name, data = entry["name"].encode(), entry.get("data", b"")
        method = entry.get("method", 8)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = entry.get("stream") or (data if method == 0 else packer.compress(data) + packer.flush())
        fields = {
            "name": name, "flags": entry.get("flags", 0), "method": method,
            "crc": zlib.crc32(data), "packed": len(packed), "size": len(data), "extra": b"",
        }  # fmt: skip
        local, central = {**fields, **entry.get("local", {})}, {**fields, **entry.get("central", {})}
        body += entry.get("gap", b"")
        offset = entry.get("offset", len(body))
        if "offset" not in entry:
            body += struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, local["flags"], local["method"], 0, 0x21, local["crc"],
                local["packed"], local["size"], len(local["name"]), len(local["extra"]),
            ) + local["name"] + local["extra"] + packed + entry.get("descriptor", b"")  # fmt: skip
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20 | 3 << 8, 20, central["flags"], central["method"], 0, 0x21,
            central["crc"], central["packed"], central["size"], len(central["name"]), 0, 0, 0, 0,
            entry.get("mode", 0) << 16, offset,
        ) + central["name"]  # fmt: skip
    total = len(entries) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory), len(body), 0)
    return body + directory + end + tail


def raw_document(**changes: dict) -> list[dict]:
    """The entries of a plain document for ``raw_zip``; a keyword changes the entry of the main part."""
    out = []
    for name, data in parts(para("Pay within 30 days.")).items():
        entry = {"name": name, "data": data.encode() if isinstance(data, str) else data}
        out.append({**entry, **changes} if name == "word/document.xml" else entry)
    return out
