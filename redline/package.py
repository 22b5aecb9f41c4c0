"""The .docx as a package: parts, content types, relationships; read and written without touching the rest.

Open Packaging Conventions (ECMA-376 part 2). A part that nobody changed is written with the very bytes it was
read with. Strict documents are handed out in Transitional names and written back in Strict ones.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from redline.errors import Refused
from redline.names import CONTENT_TYPES, RELATIONSHIPS, STRICT, Element

TYPES_PART = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: same input, same bytes
_XML_TYPES = (".xml", ".rels")


@dataclass(frozen=True)
class Relationship:
    """One entry of a .rels part; ``target`` is a resolved part name, or the address when ``external``."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: "header", "hyperlink", "image" and so on, Strict or Transitional."""
        return self.type.rsplit("/", 1)[-1]


def parse_xml(data: bytes, name: str) -> Element:
    """Parse one part; entities and document types are refused, nothing is fetched.

    Raises Refused("broken-xml" or "doctype").
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("broken-xml", f"The document is damaged: its part {name} cannot be read.") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Refused("doctype", "The document declares its own XML entities, which is not allowed.")
    return root


BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
    OSError,
)
"""What `zipfile` raises for an archive that is damaged, has a password or is packed in an unknown way."""


class Package:
    """A .docx held in memory. Trees are parsed when asked for; only changed ones are written anew."""

    def __init__(self, data: bytes) -> None:
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in archive.infolist() if not info.is_dir()]
            self.parts: dict[str, bytes] = {info.filename: archive.read(info) for info in infos}
        except BROKEN_ZIP as error:
            raise Refused("not-a-docx", "The file is not a Word document (.docx) or is damaged.") from error
        self._stored = {info.filename for info in infos if info.compress_type == zipfile.ZIP_STORED}
        self._trees: dict[str, Element] = {}
        self._changed: set[str] = set()
        self._rels: dict[str, dict[str, Relationship]] = {}
        self.main = self._find_main()
        self.strict = STRICT[0][0].encode() in self.parts[self.main]

    def _find_main(self) -> str:
        for rel in self.rels("").values():
            if rel.kind == "officeDocument" and rel.target in self.parts:
                return rel.target
        raise Refused("no-document", "The file holds no Word document text.")

    # -- reading
    def tree(self, name: str) -> Element:
        """The parsed root of an XML part (Transitional names). Raises Refused when it is not XML."""
        root = self._trees.get(name)
        if root is None:
            data = self.parts[name]
            for strict, transitional in STRICT:
                if strict.encode() in data:
                    data = data.replace(strict.encode(), transitional.encode())
            root = self._trees[name] = parse_xml(data, name)
        return root

    def rels(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id ("" = of the package)."""
        found = self._rels.get(part)
        if found is None:
            found = self._rels[part] = self._read_rels(part)
        return found

    def _read_rels(self, part: str) -> dict[str, Relationship]:
        name = rels_name(part)
        if name not in self.parts:
            return {}
        out: dict[str, Relationship] = {}
        for entry in self.tree(name).iterchildren(f"{{{RELATIONSHIPS}}}Relationship"):
            target = entry.get("Target") or ""
            external = entry.get("TargetMode") == "External"
            if not external:
                target = self._resolve(part, target.split("#")[0])
            rel = Relationship(entry.get("Id") or "", entry.get("Type") or "", target, external)
            out[rel.id] = rel
        return out

    def _resolve(self, part: str, target: str) -> str:
        base = posixpath.dirname(part)
        path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        return path if path in self.parts or unquote(path) not in self.parts else unquote(path)

    def related(self, kind: str) -> str | None:
        """The first part of that kind ("styles", "footnotes" ...) the main document refers to, if present."""
        for rel in self.rels(self.main).values():
            if rel.kind == kind and not rel.external and rel.target in self.parts:
                return rel.target
        return None

    def related_all(self, kind: str) -> list[str]:
        """Every part of that kind the main document refers to, each once, in file order of the .rels."""
        found = [
            rel.target
            for rel in self.rels(self.main).values()
            if rel.kind == kind and not rel.external and rel.target in self.parts
        ]
        return list(dict.fromkeys(found))

    def story_parts(self) -> list[str]:
        """Parts that hold contract text: the main document, headers, footers, footnotes, endnotes."""
        kinds = ("footnotes", "endnotes", "header", "footer")
        return [self.main, *(name for kind in kinds for name in self.related_all(kind))]

    def content_type(self, name: str) -> str | None:
        """The declared content type of a part, or None."""
        root = self.tree(TYPES_PART)
        for entry in root.iterchildren(f"{{{CONTENT_TYPES}}}Override"):
            if (entry.get("PartName") or "").lstrip("/").lower() == name.lower():
                return entry.get("ContentType")
        extension = name.rsplit(".", 1)[-1].lower()
        for entry in root.iterchildren(f"{{{CONTENT_TYPES}}}Default"):
            if (entry.get("Extension") or "").lower() == extension:
                return entry.get("ContentType")
        return None

    # -- writing
    def touch(self, name: str) -> None:
        """Say that the tree of this part was changed and must be written."""
        self._changed.add(name)

    def add_part(self, name: str, data: bytes, content_type: str) -> str:
        """Add a part under this name (or the next free one) with its content type; returns its name."""
        stem, dot, extension = name.rpartition(".")
        number = 1
        while name in self.parts:
            number += 1
            name = f"{stem}{number}{dot}{extension}"
        self.parts[name] = data
        if self.content_type(name) != content_type:
            root = self.tree(TYPES_PART)
            etree.SubElement(
                root, f"{{{CONTENT_TYPES}}}Override", PartName="/" + name, ContentType=content_type
            )
            self.touch(TYPES_PART)
        return name

    def remove_part(self, name: str) -> None:
        """Drop a part, its relationships and its content type."""
        for gone in (name, rels_name(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)
            self._changed.discard(gone)
        self._rels.pop(name, None)
        root = self.tree(TYPES_PART)
        for entry in list(root.iterchildren(f"{{{CONTENT_TYPES}}}Override")):
            if (entry.get("PartName") or "").lstrip("/") == name:
                root.remove(entry)
                self.touch(TYPES_PART)

    def relate(self, part: str, rel_type: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship of ``part`` to ``target``, added if there is none yet."""
        for rel in self.rels(part).values():
            if rel.type == rel_type and rel.target == target and rel.external == external:
                return rel.id
        name = rels_name(part)
        if name not in self.parts:
            self.parts[name] = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
        taken, number = self.rels(part), 1
        while f"rId{number}" in taken:
            number += 1
        entry = etree.SubElement(self.tree(name), f"{{{RELATIONSHIPS}}}Relationship")
        entry.set("Id", f"rId{number}")
        entry.set("Type", rel_type)
        entry.set("Target", target if external else "/" + target)
        if external:
            entry.set("TargetMode", "External")
        self.touch(name)
        taken[f"rId{number}"] = Relationship(f"rId{number}", rel_type, target, external)
        return f"rId{number}"

    def serialise(self, name: str) -> bytes:
        """The bytes of a part as they will be written."""
        if name not in self._changed:
            return self.parts[name]
        data = etree.tostring(self.tree(name), xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.strict:
            for strict, transitional in STRICT:
                data = data.replace(f'"{transitional}"'.encode(), f'"{strict}"'.encode())
        return data

    def save(self) -> bytes:
        """The package as bytes: same parts in the same order, fixed dates; equal input gives equal output."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.parts:
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, self.serialise(name))
        return out.getvalue()


def rels_name(part: str) -> str:
    """The name of the .rels part that belongs to a part ("" = of the package)."""
    base, name = posixpath.split(part)
    return posixpath.join(base, "_rels", name + ".rels")


def is_xml(name: str) -> bool:
    """Whether a part holds XML, judged by its name."""
    return name.lower().endswith(_XML_TYPES)
