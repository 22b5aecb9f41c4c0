"""What the package carries besides the text: links outward, programs, leaks, oddities of structure."""

import re
from collections.abc import Iterator

from lxml import etree

from redline import names as n
from redline.bundle import TYPES_PART, Bundle, Relationship, rels_of
from redline.names import w
from redline.notices import Notice, notice, shorten
from redline.scan_fields import link_code
from redline.scan_walk import stories

_OUTSIDE = {
    "attachedTemplate": "remote_template",
    "image": "linked_image",
    "oleObject": "ole_link",
    "package": "ole_link",
    "subDocument": "sub_document",
    "mailMergeSource": "mail_merge",
    "mailMergeHeaderSource": "mail_merge",
    "recipientData": "mail_merge",
    "frame": "frameset",
    "aFChunk": "alt_chunk",
}
_INSIDE = {
    "oleObject": "embedded_object",
    "package": "embedded_object",
    "control": "activex",
    "activeXControlBinary": "activex",
    "people": "people",
    "thumbnail": "thumbnail",
    "custom-properties": "custom_properties",
    "recipientData": "mail_merge",
}
_REFERRING = (
    *(w("headerReference"), w("footerReference"), w("altChunk"), w("hyperlink"), w("subDoc")),
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_V_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_LEAKING_NAMES = re.compile(r"^_(?!Toc|Ref|Hlk|Hlt|GoBack|Int_|DV_|Num)", re.IGNORECASE)
_NAMES = ("creator", "lastModifiedBy", "description", "keywords", "category", "subject", "contentStatus")
_APP_NAMES = ("Company", "Manager", "HyperlinkBase")


def scan(bundle: Bundle) -> Iterator[Notice]:
    yield from _relationships(bundle)
    yield from _settings(bundle)
    yield from _properties(bundle)
    yield from _structure(bundle)
    yield from _references(bundle)
    yield from _leaks(bundle)


def _relationships(bundle: Bundle) -> Iterator[Notice]:
    for item in bundle.relationships:
        code = _external_code(item) if item.external else _internal_code(item, bundle)
        if code:
            yield notice(code, quote=item.target)
    for name, root in bundle.trees.items():
        for image in root.iter(_V_IMAGE):
            if ":" in (image.get("src") or ""):
                yield notice("linked_image", quote=f"{name}: {image.get('src')}")


def _external_code(item: Relationship) -> str | None:
    if item.kind == "hyperlink":
        return link_code(item.target)
    if item.kind == "attachedTemplate" and _is_local(item.target):
        return "local_path"
    return _OUTSIDE.get(item.kind, "external_link")


def _is_local(target: str) -> bool:
    """A path on the author's own disk: Word notes it, nothing is fetched over the network."""
    return (
        re.match(
            r"(file:/{2,4})?[A-Za-z]:[\\/]|(file:///)?[^:\\/]+$|(file:/{3,4}|/)(Users|home|Applications|Library|Volumes)/",
            target,
        )
        is not None
    )


def _internal_code(item: Relationship, bundle: Bundle) -> str | None:
    if item.kind in _INSIDE:
        return _INSIDE[item.kind]
    if item.kind == "origin" and "digital-signature" in item.type:
        return "signed"
    if item.kind == "hyperlink":
        return None
    missing = item.part and bundle.stored_name(item.part) is None
    return "missing_part" if missing else None


def _settings(bundle: Bundle) -> Iterator[Notice]:
    part = bundle.related(bundle.main, "settings")
    root = bundle.trees.get(part or "")
    if root is None:
        return
    protection = root.find(w("documentProtection"))
    if protection is not None and (protection.get(w("enforcement")) or "0").lower() in ("1", "true", "on"):
        yield notice("protected", quote=protection.get(w("edit")) or "")
    if root.find(w("writeProtection")) is not None:
        yield notice("protected", quote="write protection")
    if root.find(w("mailMerge")) is not None:
        query = root.find(f"{w('mailMerge')}/{w('query')}")
        yield notice("mail_merge", quote="" if query is None else query.get(n.VAL) or "")
    variables = [item.get(n.NAME) or "" for item in root.iter(w("docVar"))]
    if variables:
        yield notice("custom_properties", quote=", ".join(variables))


def _properties(bundle: Bundle) -> Iterator[Notice]:
    cores = [item.part for item in bundle.from_source("") if item.kind == "core-properties"]
    if len(cores) > 1:
        yield notice("duplicate_properties", quote=", ".join(cores))
    told = []
    for part in cores:
        told += _values(bundle, part, _NAMES)
    told += _values(bundle, bundle.related("", "extended-properties") or "", _APP_NAMES)
    if told:
        yield notice("metadata", quote="; ".join(told))


def _values(bundle: Bundle, part: str, wanted: tuple[str, ...]) -> list[str]:
    root = bundle.trees.get(part)
    if root is None:
        return []
    return [
        shorten((item.text or "").strip(), 60)
        for item in root
        if isinstance(item.tag, str) and etree.QName(item).localname in wanted and (item.text or "").strip()
    ]


def _structure(bundle: Bundle) -> Iterator[Notice]:
    if bundle.strict:
        yield notice("strict")
    if bundle.related(bundle.main, "styles") is None:
        yield notice("no_styles")
    marked = [name for name in bundle.trees if bundle.parts[name].startswith(b"\xef\xbb\xbf")]
    if marked:
        yield notice("byte_order_mark", quote=", ".join(marked))
    names = set(bundle.parts)
    for name in bundle.parts:
        if (
            not bundle.parts[name]
            and "digital-signature" not in bundle.content_type(name)
            and not name.endswith(".sigs")
        ):
            yield notice("empty_part", quote=name)
        steps = name.split("/")
        inside = any("/".join(steps[:count]) in names for count in range(1, len(steps)))
        if inside or any(step.endswith(".") for step in steps) or "%2f" in name.lower():
            yield notice("odd_part_name", quote=name)


def _references(bundle: Bundle) -> Iterator[Notice]:
    """Headers, pictures and links in the text whose relationship does not exist."""
    for part, _ in stories(bundle):
        known = {item.id for item in bundle.from_source(part)}
        for element in bundle.trees[part].iter(*_REFERRING):
            for name in (n.R_ID, f"{{{n.R}}}embed", f"{{{n.R}}}link"):
                if element.get(name) and element.get(name) not in known:
                    yield notice(
                        "missing_part", quote=f"{etree.QName(element).localname} {element.get(name)}"
                    )


def _leaks(bundle: Bundle) -> Iterator[Notice]:
    custom = [i.part for i in bundle.relationships if i.kind == "customXml" and i.part in bundle.parts]
    if custom:
        yield notice("custom_xml", quote=", ".join(dict.fromkeys(custom)))
    reached = {item.part for item in bundle.relationships} | {TYPES_PART}
    for name in bundle.parts:
        if name not in reached and not name.lower().endswith(".rels"):
            yield notice("orphan_part", quote=name)
        if name.lower().endswith(".rels") and name != rels_of("") and not _source_exists(bundle, name):
            yield notice("orphan_part", quote=name)
    root = bundle.trees[bundle.main]
    hints = [item.get(n.VAL) or "" for item in root.iter(w("helpText"), w("statusText")) if item.get(n.VAL)]
    marks = [item.get(n.NAME) or "" for item in root.iter(n.BOOKMARK_START)]
    leaking = [mark for mark in marks if len(mark) > 40 or _LEAKING_NAMES.match(mark)]
    if hints or leaking:
        yield notice("leaking_bookmark", quote=", ".join(hints + leaking))


def _source_exists(bundle: Bundle, rels_name: str) -> bool:
    folder, _, leaf = rels_name.rpartition("/")
    source = f"{folder.removesuffix('_rels').rstrip('/')}/{leaf.removesuffix('.rels')}".lstrip("/")
    return bundle.stored_name(source) is not None
