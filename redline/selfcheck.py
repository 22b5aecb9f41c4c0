"""What a document says, story by story, for checking that a redline settles to the texts it should."""

from redline.inline import TEXT_NODES, FieldState, Leaf, leaves, paragraphs
from redline.names import BODY, ENDNOTE_REF, FOOTNOTE_REF, ID, SECTPR, Element, R, w
from redline.package import Package


def story_texts(package: Package) -> dict[str, list[str]]:
    """Paragraph texts: "body", "footnotes" and "endnotes" in order of reference, "headers" by section."""
    root = package.tree(package.main)
    body = root.find(BODY)
    return {
        "body": _texts(body if body is not None else root),
        "footnotes": _notes(package, root, "footnote", FOOTNOTE_REF),
        "endnotes": _notes(package, root, "endnote", ENDNOTE_REF),
        "headers": _headers(package, root),
    }


def _texts(root: Element) -> list[str]:
    fields = FieldState()
    return ["".join(_seen(leaf) for leaf in leaves(p, fields)) for p in paragraphs(root)]


def _seen(leaf: Leaf) -> str:
    """What a reader sees of it; programs leave empty text nodes about, which are nothing."""
    return leaf.text or ("" if leaf.node.tag in TEXT_NODES else "\ufffc")


def _notes(package: Package, root: Element, kind: str, reference: str) -> list[str]:
    part = package.related(kind + "s")
    if part is None:
        return []
    by_id = {note.get(ID): note for note in package.tree(part).iterchildren(w(kind))}
    out: list[str] = []
    for mark in root.iter(reference):
        note = by_id.get(mark.get(ID))
        out += _texts(note) if note is not None else []
    return out


def _headers(package: Package, root: Element) -> list[str]:
    """What each section shows: its own headers and footers, else those of the section before it."""
    out: list[str] = []
    shown: dict[tuple[str, str], str] = {}
    for section in root.iter(SECTPR):
        for mark in section.iterchildren(w("headerReference"), w("footerReference")):
            shown[str(mark.tag), mark.get(w("type")) or "default"] = mark.get(f"{{{R}}}id") or ""
        for _, number in sorted(shown.items()):
            rel = package.rels(package.main).get(number)
            if rel is not None and rel.target in package.parts:
                out += _texts(package.tree(rel.target))
    return out
