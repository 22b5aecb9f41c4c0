"""Bringing things of the new version into the old package: styles, lists, relationships, notes, comments.

Styles are matched by name (localised Word changes ids), lists by what their levels look like. What is missing
is copied over; nothing of the old document's own definitions changes.
"""

from copy import deepcopy

from lxml import etree

from redline.names import (
    AUTHOR,
    BOOKMARK_END,
    BOOKMARK_START,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    ENDNOTE_REF,
    FOOTNOTE_REF,
    ID,
    VAL,
    Element,
    R,
    T,
    W,
    w,
)
from redline.numbering import Numbering
from redline.package import Package
from redline.styles import Styles, read_styles
from redline.writer import Writer, drop_identity

_STYLE_REFERENCES = (w("pStyle"), w("rStyle"), w("tblStyle"))
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Importer:
    """Copies elements of ``new`` into ``old`` with every reference put right."""

    def __init__(self, old: Package, new: Package, writer: Writer) -> None:
        self.old, self.new, self.writer = old, new, writer
        self.old_styles, self.new_styles = read_styles(old), read_styles(new)
        self.old_numbering = Numbering(old, self.old_styles)
        self.new_numbering = Numbering(new, self.new_styles)
        self._styles: dict[str, str] = {}
        self._by_name = _by_name(self.old_styles)
        self._nums: dict[str, str] = {"0": "0"}
        self._comments: dict[str, str | None] = {}
        self._bookmarks: dict[tuple[str, str], str] = {}
        self._parts: dict[str, str] = {}
        self.imported_notes: list[tuple[str, Element]] = []
        self.known_comments = _comment_keys(old)

    def normalise(self) -> None:
        """Rename styles and lists in the new version's trees to the old document's names for them."""
        for part in self.new.story_parts():
            root = self.new.tree(part)
            for reference in root.iter(*_STYLE_REFERENCES):
                reference.set(VAL, self.style(reference.get(VAL) or ""))
            for number in root.iter(w("numId")):
                number.set(VAL, self.num(number.get(VAL) or ""))

    # -- styles and lists
    def style(self, style_id: str) -> str:
        """The old document's id for a style of the new one; the style is copied when it has none."""
        if style_id not in self._styles:
            self._styles[style_id] = self._match_style(style_id)
        return self._styles[style_id]

    def _match_style(self, style_id: str) -> str:
        element = self.new_styles.by_id.get(style_id)
        if element is None:
            return style_id
        known = self._by_name.get((element.get(w("type")), self.new_styles.name(style_id).lower()))
        part = self.old.related("styles")
        if known is not None or part is None:
            return known or style_id
        fresh = style_id
        while fresh in self.old_styles.by_id:
            fresh += "1"
        self._styles[style_id] = fresh
        copy = deepcopy(element)
        copy.set(w("styleId"), fresh)
        if w("default") in copy.attrib:
            del copy.attrib[w("default")]
        for name in ("basedOn", "next", "link"):
            other = copy.find(w(name))
            if other is not None:
                other.set(VAL, self.style(other.get(VAL) or ""))
        for number in copy.iter(w("numId")):
            number.set(VAL, self.num(number.get(VAL) or ""))
        self.old.tree(part).append(copy)
        self.old.touch(part)
        self.old_styles.by_id[fresh] = copy
        return fresh

    def num(self, num_id: str) -> str:
        """The old document's list for a list of the new one, copied when it has none that looks the same."""
        if num_id not in self._nums:
            self._nums[num_id] = self._match_num(num_id)
        return self._nums[num_id]

    def _match_num(self, num_id: str) -> str:
        if num_id not in self.new_numbering.nums:
            return num_id
        wanted = _look(self.new_numbering, num_id)
        if num_id in self.old_numbering.nums and _look(self.old_numbering, num_id) == wanted:
            return num_id
        for candidate in self.old_numbering.nums:
            if candidate not in self.new_numbering.nums and _look(self.old_numbering, candidate) == wanted:
                return candidate
        return self._copy_num(num_id)

    def _copy_num(self, num_id: str) -> str:
        source = self.new.related("numbering")
        if source is None:
            return num_id
        target = self.old.related("numbering")
        if target is None:
            target = self._new_part("numbering", "numbering")
        root = self.old.tree(target)
        abstract_id = self.new_numbering.nums[num_id].abstract
        abstract = next(
            (
                a
                for a in self.new.tree(source).iterchildren(w("abstractNum"))
                if a.get(w("abstractNumId")) == abstract_id
            ),
            None,
        )
        num = next(
            (n for n in self.new.tree(source).iterchildren(w("num")) if n.get(w("numId")) == num_id), None
        )
        if abstract is None or num is None:
            return num_id
        fresh_abstract = _free(root, w("abstractNum"), w("abstractNumId"))
        fresh = _free(root, w("num"), w("numId"))
        abstract, num = deepcopy(abstract), deepcopy(num)
        abstract.set(w("abstractNumId"), fresh_abstract)
        for style in abstract.iter(w("pStyle"), w("styleLink"), w("numStyleLink")):
            style.set(VAL, self.style(style.get(VAL) or ""))
        num.set(w("numId"), fresh)
        reference = num.find(w("abstractNumId"))
        if reference is not None:
            reference.set(VAL, fresh_abstract)
        first = root.find(w("num"))
        if first is not None:
            first.addprevious(abstract)
        else:
            root.append(abstract)
        last = root.findall(w("num"))
        (last[-1].addnext if last else root.append)(num)
        self.old.touch(target)
        return fresh

    # -- content
    def copy(self, element: Element, new_part: str, old_part: str) -> Element:
        """A copy of an element of ``new_part`` fit to stand in ``old_part``."""
        out = deepcopy(element)
        out.tail = None
        drop_identity(out)
        for inner in out.iter(etree.Element):
            self._references(inner, new_part, old_part)
        return out

    def _references(self, element: Element, new_part: str, old_part: str) -> None:
        for key in [k for k in element.attrib if str(k).startswith(f"{{{R}}}")]:
            element.set(key, self.relationship(element.get(key) or "", new_part, old_part))
        if element.tag in (FOOTNOTE_REF, ENDNOTE_REF):
            kind = "footnote" if element.tag == FOOTNOTE_REF else "endnote"
            element.set(ID, self._note(kind, element.get(ID) or ""))
        elif element.tag in (BOOKMARK_START, BOOKMARK_END):
            element.set(ID, self.bookmark_id(new_part, element.get(ID) or ""))
        elif element.tag in (COMMENT_START, COMMENT_END, COMMENT_REF):
            element.set(ID, self.comment(element.get(ID) or "") or element.get(ID) or "")

    def bookmark_id(self, new_part: str, number: str) -> str:
        """A fresh id for a bookmark of the new version; the same for its two ends."""
        key = (new_part, number)
        if key not in self._bookmarks:
            self._bookmarks[key] = self.writer.fresh_id()
        return self._bookmarks[key]

    def relationship(self, rel_id: str, new_part: str, old_part: str) -> str:
        """The id in ``old_part`` for a relationship of ``new_part``; its target is copied over."""
        rel = self.new.rels(new_part).get(rel_id)
        if rel is None:
            return rel_id
        # headers the old document has are merged in place later: a section that comes needs its own
        own = rel.kind in ("header", "footer")
        target = rel.target if rel.external else self._part(rel.target, fresh=own)
        return self.old.relate(old_part, rel.type, target, external=rel.external)

    def _part(self, name: str, *, fresh: bool = False) -> str:
        if name in self._parts:
            return self._parts[name]
        data = self.new.parts.get(name)
        if data is None:
            return name
        if self.old.parts.get(name) == data and not fresh:
            self._parts[name] = name
            return name
        added = self.old.add_part(name, data, self.new.content_type(name) or "application/octet-stream")
        self._parts[name] = added
        for rel in list(self.new.rels(name).values()):
            target = rel.target if rel.external else self._part(rel.target)
            given = self.old.relate(added, rel.type, target, external=rel.external)
            if given != rel.id and added.endswith(".xml"):
                for element in self.old.tree(added).iter(etree.Element):
                    for key, text in list(element.attrib.items()):
                        if str(key).startswith(f"{{{R}}}") and text == rel.id:
                            element.set(key, given)
                self.old.touch(added)
        return added

    def _new_part(self, kind: str, root: str) -> str:
        data = f'<w:{root} xmlns:w="{W}"/>'.encode()
        name = self.old.add_part(f"word/{kind}.xml", data, f"{_MEDIA}{kind}+xml")
        self.old.relate(self.old.main, _TYPE + kind, name)
        return name

    def _note(self, kind: str, number: str) -> str:
        source = self.new.related(kind + "s")
        if source is None:
            return number
        note = next((n for n in self.new.tree(source).iterchildren(w(kind)) if n.get(ID) == number), None)
        if note is None:
            return number
        target = self.old.related(kind + "s")
        if target is None:
            target = self._new_part(kind + "s", kind + "s")
            for separator in self.new.tree(source).iterchildren(w(kind)):
                if separator.get(w("type")) not in (None, "normal"):
                    self.old.tree(target).append(deepcopy(separator))
        root = self.old.tree(target)
        fresh = str(1 + max([int(n.get(ID) or 0) for n in root.iterchildren(w(kind))], default=0))
        copy = self.copy(note, source, target)
        copy.set(ID, fresh)
        root.append(copy)
        self.old.touch(target)
        self.imported_notes.append((target, copy))
        return fresh

    def comment(self, number: str) -> str | None:
        """The id in the old document for a comment only the new version has; None for a known one."""
        if number not in self._comments:
            self._comments[number] = self._copy_comment(number)
        return self._comments[number]

    def _copy_comment(self, number: str) -> str | None:
        source = self.new.related("comments")
        element = None
        if source is not None:
            root = self.new.tree(source)
            element = next((c for c in root.iterchildren(w("comment")) if c.get(ID) == number), None)
        if element is None or source is None or comment_key(element) in self.known_comments:
            return None
        target = self.old.related("comments") or self._new_part("comments", "comments")
        copy = self.copy(element, source, target)
        fresh = self.writer.fresh_id()
        copy.set(ID, fresh)
        self.old.tree(target).append(copy)
        self.old.touch(target)
        return fresh


def comment_key(element: Element) -> tuple[str, str]:
    """What makes two comments the same: author and words."""
    return element.get(AUTHOR) or "", "".join(t.text or "" for t in element.iter(T))


def _comment_keys(package: Package) -> set[tuple[str, str]]:
    part = package.related("comments")
    return {comment_key(c) for c in package.tree(part).iterchildren(w("comment"))} if part else set()


def _by_name(styles: Styles) -> dict[tuple[str | None, str], str]:
    out: dict[tuple[str | None, str], str] = {}
    for style_id, element in styles.by_id.items():
        out.setdefault((element.get(w("type")), styles.name(style_id).lower()), style_id)
    return out


def _look(numbering: Numbering, num_id: str) -> tuple[object, ...]:
    levels = [numbering.definition(num_id, level) for level in range(9)]
    shape = tuple((x.form, x.pattern, x.start, x.legal) if x else None for x in levels)
    return (*shape, tuple(sorted(numbering.nums[num_id].starts.items())))


def _free(root: Element, tag: str, attribute: str) -> str:
    taken = [int(text) for e in root.iterchildren(tag) if (text := e.get(attribute) or "").isdigit()]
    return str(1 + max(taken, default=0))
