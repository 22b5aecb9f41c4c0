"""The outgoing copy: a new package with what the other side may see, and nothing else.

1. the gate's container and XML checks run first: a file that must not be opened is not scrubbed either;
2. starting at the main document, only relationships of listed kinds are followed; a part nobody reaches
   that way is not copied, whatever its name;
3. stories are cleaned (``scrub_story``): comments not to be kept, bindings, foreign objects, embedded text,
   fields that print properties or reach outside, leaking bookmarks, help texts and editing-session marks;
4. settings lose variables, template, mail merge and session marks; properties are written anew and empty;
5. relationship parts keep only what is still referred to inside the package, or leads to http(s) or mailto;
6. content types are written anew for exactly the parts that remain;
7. the copy is read again and must hold the same blocks: words, looks, numbers, tracked changes and who made
   them. Otherwise nothing leaves.

Tracked changes stay as they are, ours and theirs, with their authors and deleted text: they are the
negotiation. Who wants them settled calls ``resolve`` before. Equal input gives equal bytes.
"""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from redline import gate, names
from redline.errors import Refused
from redline.names import CONTENT_TYPES, RELATIONSHIPS, Element, w
from redline.notices import Notice
from redline.package import TYPES_PART, Package, Relationship, is_xml, rels_name
from redline.reader import read_package
from redline.scan_fields import link_code
from redline.scrub_comments import keep_only
from redline.scrub_pictures import without_metadata
from redline.scrub_story import clean_story, strip_session_marks

# kinds of relationship that lead to something the reader sees
FOLLOWED = frozenset(
    (
        *("officeDocument", "styles", "settings", "fontTable", "numbering", "theme", "themeOverride", "font"),
        *("header", "footer", "footnotes", "endnotes", "image", "hdphoto"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible"),
        *(
            "chart",
            "chartUserShapes",
            "chartStyle",
            "chartColorStyle",
            "chartEx",
            "diagramData",
            "diagramLayout",
        ),
        *("diagramQuickStyle", "diagramColors", "diagramDrawing"),
    )
)
_COMMENT_KINDS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible")
_SETTINGS_GONE = (
    *(
        "docVars",
        "attachedTemplate",
        "mailMerge",
        "rsids",
        "linkStyles",
        "saveThroughXslt",
        "useXSLTWhenSaving",
    ),
    *("attachedSchema", "schemaLibrary", "smartTagType", "savePreviewPicture", "activeWritingStyle"),
)
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_APP_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
_DOC_IDS = tuple(f"{{{space}}}docId" for space in (names.W14, names.W15))


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """The outgoing bytes, and what of the text or its objects was left out (not the metadata: that always
    is).
    """

    docx: bytes
    removed: tuple[Notice, ...]


def scrub(data: bytes, *, keep_comments: Collection[str] = ()) -> bytes:
    """The outgoing copy of a document. ``keep_comments`` are ids of ``Document.comments``; their authors
    stay.

    Raises ``Refused`` for a file the gate refuses, and when the copy would not read like the document.
    """
    return scrub_with_report(data, keep_comments=keep_comments).docx


def scrub_with_report(data: bytes, *, keep_comments: Collection[str] = ()) -> Scrubbed:
    """``scrub``, and what had to be left out so that someone can be told."""
    gate.open_checked(data)
    package = Package(data)
    blocks = read_package(package).document.blocks
    removed: list[Notice] = []
    stories = [*package.story_parts(), *package.related_all("comments")]
    kept = keep_only(package, stories, frozenset(keep_comments))
    parts = _reachable(package, kept)
    for name in parts:
        _filter_relationships(package, name, parts)
    for name in parts:
        if not is_xml(name) or name == TYPES_PART:
            continue
        if clean_story(package, name, removed):
            package.touch(name)
    settings = package.related("settings")
    if settings in parts:
        _clean_settings(package, settings)
    docx = _write(package, parts)
    if read_package(Package(docx)).document.blocks != blocks:
        raise Refused("self-check", "The outgoing copy would not read like the document, so it was not made.")
    return Scrubbed(docx, tuple(removed))


def _reachable(package: Package, comments_kept: bool) -> list[str]:
    """Names of the parts that go out, in the order of the original package."""
    found = {package.main}
    queue = [package.main]
    while queue:
        part = queue.pop()
        for relationship in package.rels(part).values():
            if _is_followed(relationship, package, comments_kept) and relationship.target not in found:
                found.add(relationship.target)
                queue.append(relationship.target)
    return [name for name in package.parts if name in found]


def _is_followed(relationship: Relationship, package: Package, comments_kept: bool) -> bool:
    if relationship.external or relationship.target not in package.parts:
        return False
    if relationship.kind in _COMMENT_KINDS and not comments_kept:
        return False
    return relationship.kind in FOLLOWED and bool(package.parts[relationship.target])


def may_leave(relationship: Relationship) -> bool:
    """External targets that may stay: web and mail addresses behind a link, nothing that loads by itself."""
    plain = relationship.target.strip().lower()
    return (
        relationship.kind == "hyperlink"
        and link_code(relationship.target) is None
        and plain.startswith(("http://", "https://", "mailto:"))
    )


def _filter_relationships(package: Package, part: str, parts: Collection[str]) -> None:
    name = rels_name(part)
    if name not in package.parts:
        return
    root = package.tree(name)
    known = package.rels(part)
    for entry in list(root):
        relationship = known.get(entry.get("Id") or "") if isinstance(entry.tag, str) else None
        inside = relationship is not None and not relationship.external and relationship.target in parts
        to_itself = (
            relationship is not None and relationship.kind == "hyperlink" and not relationship.external
        )
        if relationship is None or not (
            inside or to_itself or (relationship.external and may_leave(relationship))
        ):
            root.remove(entry)
            package.touch(name)
            known.pop(entry.get("Id") or "", None)


def _clean_settings(package: Package, part: str) -> None:
    root = package.tree(part)
    for child in list(root):
        if child.tag in {w(name) for name in _SETTINGS_GONE} or child.tag in _DOC_IDS:
            root.remove(child)
            package.touch(part)


def _write(package: Package, parts: list[str]) -> bytes:
    types = {name: package.content_type(name) or "application/xml" for name in parts}
    content: dict[str, bytes] = {}
    for name in parts:
        data = package.serialise(name)
        content[name] = strip_session_marks(data) if is_xml(name) else without_metadata(data)
        rels = rels_name(name)
        if rels in package.parts and len(package.tree(rels)):
            content[rels] = package.serialise(rels)
    main_type = next(rel.type for rel in package.rels("").values() if rel.kind == "officeDocument")
    out = {
        TYPES_PART: _types(types),
        "_rels/.rels": _root_relationships(package.main, main_type),
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
        **content,
    }
    return _zip(out)


def _zip(parts: dict[str, bytes]) -> bytes:
    """Fixed dates and one method throughout: the container tells nothing about its maker."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()


def _types(types: dict[str, str]) -> bytes:
    root = etree.fromstring(f'<Types xmlns="{CONTENT_TYPES}"/>')
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for name, kind in types.items():
        extension = name.rsplit(".", 1)[-1].lower()
        if not is_xml(name):
            defaults.setdefault(extension, kind)
    for extension, kind in sorted(defaults.items()):
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    for name, kind in {**types, "docProps/core.xml": _CORE_TYPE, "docProps/app.xml": _APP_TYPE}.items():
        if defaults.get(name.rsplit(".", 1)[-1].lower()) != kind:
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName="/" + name, ContentType=kind)
    return _bytes(root)


def _root_relationships(main: str, main_type: str) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS}"/>')
    targets = ((main_type, main), (_CORE_REL, "docProps/core.xml"), (_APP_REL, "docProps/app.xml"))
    for number, (kind, target) in enumerate(targets, 1):
        etree.SubElement(
            root, f"{{{RELATIONSHIPS}}}Relationship", Id=f"rId{number}", Type=kind, Target=target
        )
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found
