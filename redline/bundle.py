"""The parts of a package with their content types and relationships, as the gate and the scrubber see them.

Only what is needed to decide; nothing is written from here. All part names are without the leading slash.
"""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from redline import xmlgate
from redline.errors import Refused
from redline.names import STRICT
from redline.zipgate import same_part

TYPES_PART = "[Content_Types].xml"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WML_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = WML_TYPE + "document.main+xml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """``kind`` is the last step of the type's address ("hyperlink"); ``part`` is set for internal targets."""

    source: str
    id: str
    kind: str
    type: str
    target: str
    external: bool
    part: str


@dataclass
class Bundle:
    """A package whose XML parts have all been parsed once by the careful parser."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    strict: bool = False
    names: dict[str, str] = field(default_factory=dict)  # comparison key → name as stored

    def content_type(self, name: str) -> str:
        key = same_part(name)
        extension = key.rsplit(".", 1)[-1] if "." in key else ""
        return self.overrides.get(key) or self.defaults.get(extension, "")

    def stored_name(self, name: str) -> str | None:
        return self.names.get(same_part(name))

    def from_source(self, source: str) -> list[Relationship]:
        return [item for item in self.relationships if item.source == source]

    def related(self, source: str, kind: str) -> str | None:
        """The first part that ``source`` refers to by a relationship of this kind."""
        for item in self.relationships:
            if item.source == source and item.kind == kind and not item.external and item.part:
                return item.part
        return None

    @property
    def main(self) -> str:
        found = self.related("", "officeDocument")
        if found is None:
            raise Refused(
                "no_document", "The file holds no Word document: open it in Word and save it as .docx."
            )
        return found


def load(parts: dict[str, bytes]) -> Bundle:
    """Types and relationships first, then every XML part. Raises ``Refused``."""
    bundle = Bundle(parts, names={same_part(name): name for name in parts})
    budget = xmlgate.Budget()
    _load_types(bundle, budget)
    for name, content in parts.items():
        if name == TYPES_PART or not content:
            continue
        if is_xml(bundle, name, content):
            bundle.trees[name] = xmlgate.parse(name, _transitional(bundle, content), budget)
    for name in parts:
        if name.endswith(".rels") and name in bundle.trees:
            _load_relationships(bundle, name)
    return bundle


def _transitional(bundle: Bundle, content: bytes) -> bytes:
    """Strict names become Transitional ones, so that every scan knows one spelling."""
    for strict, transitional in STRICT:
        if strict.encode() in content:
            bundle.strict = True
            content = content.replace(strict.encode(), transitional.encode())
    return content


def is_xml(bundle: Bundle, name: str, content: bytes) -> bool:
    kind = bundle.content_type(name).partition(";")[0].strip().lower()
    return (
        name.lower().endswith((".xml", ".rels"))
        or kind.endswith(("+xml", "/xml", "vmldrawing"))
        or xmlgate.looks_like_xml(content)
    ) and kind not in ("text/html", "application/xhtml+xml", "message/rfc822")


def _load_types(bundle: Bundle, budget: xmlgate.Budget) -> None:
    content = bundle.parts.get(TYPES_PART)
    if not content:
        raise Refused("not_docx", "This is a zip file but not a Word document (.docx).")
    root = xmlgate.parse(TYPES_PART, content, budget)
    if root.tag != CT + "Types":
        raise Refused("not_docx", "This is a zip file but not a Word document (.docx).")
    for item in root:
        if item.tag == CT + "Default":
            bundle.defaults[str(item.get("Extension", "")).casefold()] = str(item.get("ContentType", ""))
        elif item.tag == CT + "Override":
            key = same_part(str(item.get("PartName", "")).lstrip("/"))
            if key in bundle.overrides and bundle.overrides[key] != item.get("ContentType"):
                raise Refused(
                    "content_type", "The file declares one part in two ways: save it again in Word."
                )
            bundle.overrides[key] = str(item.get("ContentType", ""))


def source_of(rels_name: str) -> str:
    """The part a .rels part speaks for: "word/_rels/document.xml.rels" → "word/document.xml", the root →
    "".
    """
    folder, _, leaf = rels_name.rpartition("/")
    base = folder.removesuffix("_rels").rstrip("/")
    leaf = leaf.removesuffix(".rels")
    return f"{base}/{leaf}" if base else leaf


def rels_of(part: str) -> str:
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"


def _load_relationships(bundle: Bundle, name: str) -> None:
    root = bundle.trees[name]
    if root.tag != REL + "Relationships":
        raise Refused("xml_root", "A list of relationships in the file is not one: save it again in Word.")
    source = source_of(name)
    stored = bundle.stored_name(source) if source else ""
    seen: set[str] = set()
    for item in root.iterchildren(REL + "Relationship"):
        key = str(item.get("Id", ""))
        if key in seen:
            raise Refused(
                "duplicate_part", "Two relationships in the file share one id: save it again in Word."
            )
        seen.add(key)
        target = str(item.get("Target", ""))
        external = item.get("TargetMode") == "External"
        kind = str(item.get("Type", "")).rstrip("/").rsplit("/", 1)[-1]
        part = "" if external else resolve_target(source, target)
        bundle.relationships.append(
            Relationship(stored or source, key, kind, str(item.get("Type", "")), target, external, part)
        )
        found = bundle.stored_name(part) if part else None
        if found is not None and found != part:
            bundle.relationships[-1] = Relationship(
                stored or source, key, kind, str(item.get("Type", "")), target, external, found
            )


def resolve_target(source: str, target: str) -> str:
    """The part name an internal relationship target points at ("" when it is only a fragment)."""
    path = unquote(target.partition("#")[0])
    if not path:
        return ""
    folder = source.rpartition("/")[0]
    joined = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath(joined).lstrip("/")
