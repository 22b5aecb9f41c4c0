"""Silent edits, each as a person or a program makes it in the file: what changes, and how it must be told.

A plant changes a returned file in place and gives what it expects to read; None where the file has no room
for it. The edits are made on the XML and share no code with the checks.
"""

import random
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

import redline
from redline.names import AUTHOR, DATE, ID, Element, P, T, w
from redline.package import Package
from tests.redline.silent_contracts import EARLIER, LATER, THEM, US, field, run

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHANGES = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))
_BODY_ONLY = (*_CHANGES, w("hyperlink"), w("sdt"), w("txbxContent"), w("fldSimple"))


@dataclass(frozen=True)
class Told:
    """How an edit must be told: its kind, its severity, words of the reason, and words it shows."""

    kind: str
    severity: str = "substantive"
    why: str = ""
    shows: str = ""
    also: frozenset[str] = frozenset()  # what the same edit may rightly be told as besides
    instead: frozenset[str] = frozenset()  # or in place of its kind


Plant = Callable[["Returned"], Told | None]
PLANTS: dict[str, tuple[str, Plant]] = {}  # name -> (group, what to do)


def plant(group: str) -> Callable[[Plant], Plant]:
    """Register a plant under its function's name."""

    def register(function: Plant) -> Plant:
        PLANTS[function.__name__.replace("_", " ")] = (group, function)
        return function

    return register


class Returned:
    """A file on its way back, and where in it an edit can be made."""

    def __init__(self, data: bytes, chance: random.Random) -> None:
        self.package, self.chance = Package(data), chance
        self.root = self.package.tree(self.package.main)

    def save(self) -> bytes:
        for part in (*self.package.story_parts(), *self.package.related_all("comments")):
            self.package.tree(part)
            self.package.touch(part)
        for kind in ("styles", "numbering", "settings"):
            name = self.package.related(kind)
            if name:
                self.package.tree(name)
                self.package.touch(name)
        return self.package.save()

    def paragraphs(self, *, tables: bool = False, longer_than: int = 6) -> list[Element]:
        """Paragraphs of the body with plain words, nothing pending and no field in them."""
        found = []
        for paragraph in self.root.iter(P):
            inside = {node.tag for node in paragraph.iter()}
            above = {node.tag for node in paragraph.iterancestors()}
            barred = {
                *_CHANGES,
                w("fldChar"),
                w("footnoteReference"),
                w("sectPr"),
                w("txbxContent"),
                w("sdt"),
            }
            barred |= {w("bookmarkStart"), w("commentRangeStart"), w("rPrChange"), w("pPrChange")}
            if inside & barred or above & {w("txbxContent"), w("sdt")} or (w("tbl") in above) != tables:
                continue
            if len(said(paragraph).split()) > longer_than and self.nodes(paragraph):
                found.append(paragraph)
        return found

    def nodes(self, paragraph: Element) -> list[Element]:
        """Text nodes of plain runs with some words."""
        return [
            node
            for child in paragraph.iterchildren(w("r"))
            for node in child.iterchildren(T)
            if len((node.text or "").split()) > 2
        ]

    def words(
        self, pattern: str = r"[a-z]{4,}", *, tables: bool = False
    ) -> tuple[Element, re.Match[str]] | None:
        """A place in a plain paragraph where the pattern stands."""
        places = [
            (node, match)
            for paragraph in self.paragraphs(tables=tables, longer_than=2)
            for node in self.nodes(paragraph)
            for match in re.finditer(pattern, node.text or "")
        ]
        return self.chance.choice(places) if places else None

    def part(self, kind: str) -> Element | None:
        """A part of that kind that shows words; of headers and footers one that every page has."""
        for reference in self.root.iter(w(f"{kind}Reference")):
            target = self.package.rels(self.package.main)[reference.get(_REL_ID) or ""].target
            root = self.package.tree(target)
            if reference.get(w("type")) == "default" and any(_words(node) for node in root.iter(T)):
                return root
        return None

    def other(self, kind: str) -> Element | None:
        name = self.package.related(kind)
        return self.package.tree(name) if name else None

    def marks(self, author: str, tag: str) -> list[Element]:
        """Changes of somebody, pending when we sent the file, that wrap plain words of the body."""
        return [
            mark
            for mark in self.root.iter(w(tag))
            if mark.get(AUTHOR) == author
            and mark.get(DATE) != LATER
            and said(mark, deleted=True).strip()
            and next(mark.iterancestors(w("tr")), None) is None
        ]


_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def said(element: Element, *, deleted: bool = False) -> str:
    """The words below an element."""
    tags = (T, w("delText")) if deleted else (T,)
    return "".join(node.text or "" for node in element.iter(*tags))


def _words(node: Element) -> bool:
    return len(re.findall(r"[A-Za-z]{3,}", node.text or "")) > 0


def put(node: Element, match: re.Match[str], wording: str) -> None:
    """Write over the matched words."""
    text = node.text or ""
    node.text = text[: match.start()] + wording + text[match.end() :]
    node.set(_SPACE, "preserve")


def reworded(back: Returned, pattern: str, wording: str, why: str, *, tables: bool = False) -> Told | None:
    place = back.words(pattern, tables=tables)
    if place is None:
        return None
    node, match = place
    put(node, match, match.expand(wording))
    return Told("text", why=why, shows=match.expand(wording).strip())


# -- words
@plant("text")
def a_word_exchanged(back: Returned) -> Told | None:
    return reworded(back, r"\b[a-z]{4,}\b", "quietly", "Words in the text")


@plant("text")
def a_word_dropped(back: Returned) -> Told | None:
    return reworded(back, r" [a-z]{4,} ", " ", "Words in the text")


@plant("text")
def not_put_in(back: Returned) -> Told | None:
    return reworded(back, r"\b(shall|will|may|must)\b", r"\1 not", "Words in the text")


@plant("text")
def shall_made_may(back: Returned) -> Told | None:
    return reworded(back, r"\b(shall|will|must)\b", "may", "Words in the text")


@plant("text")
def a_sentence_added(back: Returned) -> Told | None:
    return reworded(back, r"\.$", ". All claims lapse.", "Words in the text")


@plant("text")
def an_end_cut_off(back: Returned) -> Told | None:
    place = back.words(r" \w+ \w+ \w+\.$")
    if place is None:
        return None
    put(*place, ".")
    return Told("text", why="Words in the text")


@plant("text")
def a_word_in_a_cell(back: Returned) -> Told | None:
    return reworded(back, r"\b[a-z]{4,}\b", "quietly", "in the text", tables=True)


@plant("text")
def a_paragraph_added(back: Returned) -> Told | None:
    after = back.chance.choice(back.paragraphs())
    fresh = etree.Element(P)
    fresh.append(run("Every fee doubles after one year."))
    after.addnext(fresh)
    return Told("text_added", why="A paragraph was added", shows="Every fee doubles")


@plant("text")
def a_paragraph_taken_out(back: Returned) -> Told | None:
    gone = back.chance.choice([p for p in back.paragraphs() if p.getprevious() is not None])
    words = said(gone)[:30]
    gone.getparent().remove(gone)  # type: ignore[union-attr]
    return Told("text_removed", why="was removed", shows=words, also=frozenset({"numbering"}))


@plant("text")
def a_row_taken_out(back: Returned) -> Told | None:
    rows = [
        row
        for row in back.root.iter(w("tr"))
        if len(said(row)) > 12 and not _pending(row) and _plain_row(row)
    ]
    if not rows:
        return None
    row = back.chance.choice(rows)
    row.getparent().remove(row)  # type: ignore[union-attr]
    return Told("text_removed", why="was removed", also=frozenset({"table"}))


@plant("text")
def a_row_put_in(back: Returned) -> Told | None:
    rows = [
        row
        for row in back.root.iter(w("tr"))
        if len(said(row)) > 12 and not _pending(row) and _plain_row(row)
    ]
    if not rows:
        return None
    row = back.chance.choice(rows)
    fresh = deepcopy(row)
    for node in fresh.iter(T):
        node.text = "Surcharge applies"
    row.addnext(fresh)
    return Told("text_added", why="was added", shows="Surcharge", also=frozenset({"table"}))


def _pending(element: Element) -> bool:
    return next(element.iter(*_CHANGES), None) is not None


def _plain_row(row: Element) -> bool:
    odd = ("vMerge", "tbl", "fldChar", "drawing", "sdt", "numPr", "commentRangeStart", "bookmarkStart")
    return next(row.iter(*map(w, odd)), None) is None and next(row.iterancestors(w("tc")), None) is None


# -- numbers
@plant("numbers")
def a_digit_exchanged(back: Returned) -> Told | None:
    place = back.words(r"\d+")
    if place is None:
        return None
    node, match = place
    wording = str((int(match[0][-1]) + 3) % 10)
    put(node, match, match[0][:-1] + wording)
    return Told("text", why="A number in the text", shows=match[0][:-1] + wording)


@plant("numbers")
def a_zero_added(back: Returned) -> Told | None:
    return reworded(back, r"\d+", r"\g<0>0", "A number in the text")


@plant("numbers")
def a_number_in_words_exchanged(back: Returned) -> Told | None:
    words = "two|three|five|six|seven|ten|twelve|fifteen|twenty|thirty|sixty|ninety|one"
    return reworded(back, rf"\b({words})\b", "eleven", "A number in the text")


@plant("numbers")
def a_figure_put_in(back: Returned) -> Told | None:
    return reworded(back, r"\.$", " up to EUR 10.", "A number in the text")


# -- looks that change the meaning
def dressed(back: Returned, name: str, setting: str | None = None) -> str | None:
    """Give one plain run a run property; its words."""
    runs = [node.getparent() for paragraph in back.paragraphs() for node in back.nodes(paragraph)]
    runs = [r for r in runs if r is not None and len(said(r)) > 30 and said(r) != said(r).upper()]
    shaded = (w("highlight"), w("shd"))  # white on a colour can be read
    runs = [r for r in runs if next(r.iter(*shaded), None) is None]
    if not runs:
        return None
    one = back.chance.choice(runs)
    rpr = one.find(w("rPr"))
    if rpr is None:
        rpr = etree.Element(w("rPr"))
        one.insert(0, rpr)
    for old in rpr.findall(w(name)):
        rpr.remove(old)
    made = etree.SubElement(rpr, w(name))
    if setting is not None:
        made.set(w("val"), setting)
    return said(one)


def look(
    back: Returned, name: str, why: str, setting: str | None = None, kind: str = "formatting"
) -> Told | None:
    words = dressed(back, name, setting)
    also = frozenset({"formatting", "hidden_text"})
    return Told(kind, why=why, shows=words[:20], also=also) if words else None


@plant("looks")
def struck_out(back: Returned) -> Told | None:
    return look(back, "strike", "struck out")


@plant("looks")
def struck_out_twice(back: Returned) -> Told | None:
    return look(back, "dstrike", "struck out")


@plant("looks")
def hidden(back: Returned) -> Told | None:
    return look(back, "vanish", "hidden")


@plant("looks")
def white(back: Returned) -> Told | None:
    return look(back, "color", "cannot be seen", "FFFFFF", kind="invisible_colour")


@plant("looks")
def one_point_high(back: Returned) -> Told | None:
    return look(back, "sz", "too small", "2", kind="tiny_text")


@plant("looks")
def one_percent_wide(back: Returned) -> Told | None:
    return look(back, "w", "too small", "1", kind="tiny_text")


@plant("looks")
def raised(back: Returned) -> Told | None:
    return look(back, "vertAlign", "raised or lowered", "superscript")


@plant("looks")
def in_capitals(back: Returned) -> Told | None:
    return look(back, "caps", "capitals")


@plant("looks")
def hidden_by_a_style(back: Returned) -> Told | None:
    styles = back.other("styles")
    if styles is None or dressed(back, "rStyle", "Quietly") is None:
        return None
    style = etree.SubElement(styles, w("style"))
    style.set(w("type"), "character")
    style.set(w("styleId"), "Quietly")
    etree.SubElement(style, w("name")).set(w("val"), "Quietly")
    etree.SubElement(etree.SubElement(style, w("rPr")), w("vanish"))
    return Told("formatting", why="hidden", also=frozenset({"hidden_text"}))


@plant("looks")
def numbering_taken_off(back: Returned) -> Told | None:
    found = [p for p in back.paragraphs() if p.find(f"{w('pPr')}/{w('numPr')}") is not None]
    if not found:
        return None
    properties = back.chance.choice(found).find(w("pPr"))
    assert properties is not None
    for numbering in properties.findall(w("numPr")):
        for child in list(numbering):
            numbering.remove(child)
        etree.SubElement(numbering, w("numId")).set(w("val"), "0")
    return Told("numbering", why="number")


@plant("looks")
def numbering_that_starts_later(back: Returned) -> Told | None:
    numbering = back.other("numbering")
    starts = list(numbering.iter(w("start"))) if numbering is not None else []
    numbers = [block.number for block in redline.read(back.save()).blocks]
    if not starts or not any(number.startswith("1") for number in numbers):
        return None
    for start in starts:
        start.set(w("val"), "7")
    return Told("numbering", why="number")


# -- headers, footers, footnotes
def marginal(back: Returned, kind: str, wording: str, why: str) -> Told | None:
    root = back.part(kind)
    if root is None:
        return None
    node = back.chance.choice([node for node in root.iter(T) if _words(node)])
    put(node, re.search(r"[A-Za-z]{3,}", node.text or ""), wording)  # type: ignore[arg-type]
    # lines of headers are compared as sets, so a short line changed is one more, or another one
    return Told(
        "text", why=why, shows=wording, instead=frozenset({"text_added"}), also=frozenset({"text_removed"})
    )


@plant("headers")
def a_word_in_the_header(back: Returned) -> Told | None:
    return marginal(back, "header", "quietly", "a header")


@plant("headers")
def a_word_in_the_footer(back: Returned) -> Told | None:
    return marginal(back, "footer", "quietly", "a footer")


@plant("headers")
def a_line_in_the_header(back: Returned) -> Told | None:
    root = back.part("header")
    if root is None:
        return None
    etree.SubElement(root, P).append(run("Prices exclude surcharges."))
    return Told("text_added", why="a header", shows="surcharges")


@plant("headers")
def the_header_emptied(back: Returned) -> Told | None:
    root = back.part("header")
    if root is None or sum(_words(node) for node in root.iter(T)) == 0:
        return None
    for node in root.iter(T):
        node.text = ""
    return Told("text_removed", why="a header", also=frozenset({"text"}))


def noted(back: Returned, pattern: str, wording: str, why: str) -> Told | None:
    root = back.other("footnotes")
    nodes = [n for n in root.iter(T) if re.search(pattern, n.text or "")] if root is not None else []
    if not nodes:
        return None
    node = nodes[-1]
    put(node, re.search(pattern, node.text or ""), wording)  # type: ignore[arg-type]
    return Told("text", why=why, shows=wording.strip())


@plant("footnotes")
def a_word_in_a_footnote(back: Returned) -> Told | None:
    return noted(back, "reported", "abandoned", "a footnote")


@plant("footnotes")
def a_number_in_a_footnote(back: Returned) -> Told | None:
    return noted(back, "thirty", "three", "A number in a footnote")


@plant("footnotes")
def the_end_of_a_footnote(back: Returned) -> Told | None:
    return noted(back, r" of becoming known\.", ".", "a footnote")


@plant("footnotes")
def a_footnote_taken_out(back: Returned) -> Told | None:
    mark = next(back.root.iter(w("footnoteReference")), None)
    notes = back.other("footnotes")
    if mark is None or notes is None:
        return None
    for note in [note for note in notes if note.get(ID) == mark.get(ID)]:
        notes.remove(note)
    holder = mark.getparent()
    holder.getparent().remove(holder)  # type: ignore[union-attr]
    return Told("text_removed", why="a footnote")


# -- fields and links
@plant("fields")
def a_reference_made_a_property(back: Returned) -> Told | None:
    node = next(node for node in back.root.iter(w("instrText")) if "_Ref990" in (node.text or ""))
    node.text = " DOCPROPERTY Fee "
    return Told("field", why="field", also=frozenset({"field_property"}))


@plant("fields")
def a_reference_that_computes(back: Returned) -> Told | None:
    node = next(node for node in back.root.iter(w("instrText")) if "_Ref990" in (node.text or ""))
    node.text = ' IF 1 = 1 "8" "80" '
    return Told("field", why="field", also=frozenset({"field_condition"}))


@plant("fields")
def a_date_that_moves(back: Returned) -> Told | None:
    place = back.words(r"^\S+ ")
    if place is None:
        return None
    node, match = place
    holder = node.getparent()
    for part in field("DATE", match[0]):
        holder.addprevious(part)  # type: ignore[union-attr]
    put(node, match, "")
    return Told("field", why="field", also=frozenset({"field_date"}))


@plant("fields")
def text_from_outside(back: Returned) -> Told | None:
    paragraph = back.chance.choice(back.paragraphs())
    paragraph.extend(field('INCLUDETEXT "https://example.org/terms.docx"', ""))
    return Told("field", why="field", also=frozenset({"field_outside"}))


@plant("fields")
def a_computed_result_typed_over(back: Returned) -> Told | None:
    instruction = next(n for n in back.root.iter(w("instrText")) if "_Ref990" in (n.text or ""))
    shown = instruction.getparent().getnext().getnext()  # type: ignore[union-attr]
    next(shown.iter(T)).text = "9"  # type: ignore[union-attr]
    return Told("field_result", "noise", why="computed anew")


@plant("fields")
def a_link_that_leads_elsewhere(back: Returned) -> Told | None:
    name = "word/_rels/document.xml.rels"
    rels = back.package.tree(name)
    for entry in rels:
        if entry.get("Target") == "https://example.org/policy":
            entry.set("Target", "https://example.net/policy")
    back.package.touch(name)
    return Told("link", why="leads somewhere else", shows="example.net")


# -- deceit
@plant("deceit")
def an_invisible_character(back: Returned) -> Told | None:
    told = reworded(back, r"\b(\w{3})(\w{3,})\b", "\\1\u200b\\2", "")
    return Told("text", also=frozenset({"invisible_character"})) if told else None


@plant("deceit")
def a_letter_of_another_alphabet(back: Returned) -> Told | None:
    told = reworded(back, r"(?<=[a-z])o(?=[a-z])", "\u043e", "")
    return Told("text", also=frozenset({"homoglyph"})) if told else None


@plant("deceit")
def words_in_hidden_type(back: Returned) -> Told | None:
    fresh = run("Liability is excluded.")
    etree.SubElement(etree.SubElement(fresh, w("rPr")), w("vanish"))
    fresh.insert(0, fresh[-1])
    back.chance.choice(back.paragraphs()).append(fresh)
    return Told("text", shows="Liability is excluded", also=frozenset({"hidden_text"}))


# -- comments
def our_comment(back: Returned) -> Element | None:
    comments = back.other("comments")
    found = [c for c in comments if c.get(AUTHOR) == US] if comments is not None else []
    return found[0] if found else None


@plant("comments")
def our_comment_taken_out(back: Returned) -> Told | None:
    comment = our_comment(back)
    if comment is None:
        return None
    marks = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for mark in [m for m in back.root.iter(*map(w, marks)) if m.get(ID) == comment.get(ID)]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    comment.getparent().remove(comment)  # type: ignore[union-attr]
    return Told("comment_removed", "noise", why="removed", shows="Our standard.")


@plant("comments")
def our_comment_reworded(back: Returned) -> Told | None:
    comment = our_comment(back)
    if comment is None:
        return None
    node = list(comment.iter(T))[-1]
    node.text = "We can live without this."
    return Told("comment_changed", why="reworded", shows="live without")


@plant("comments")
def our_comment_under_their_name(back: Returned) -> Told | None:
    comment = our_comment(back)
    if comment is None:
        return None
    comment.set(AUTHOR, THEM)
    return Told("comment_author", why="carries the name", shows=THEM)


@plant("comments")
def a_comment_in_our_name(back: Returned) -> Told | None:
    comment = our_comment(back)
    if comment is None:
        return None
    fresh = deepcopy(comment)
    fresh.set(ID, "990")
    fresh.set(DATE, EARLIER)
    for node in fresh.iter(T):
        node.text = "Agreed on the telephone."
    for key in [key for node in fresh.iter() for key in node.attrib if str(key).endswith("paraId")]:
        for node in fresh.iter():
            node.attrib.pop(key, None)
    comment.addnext(fresh)
    reference = etree.SubElement(back.chance.choice(back.paragraphs()), w("r"))
    etree.SubElement(reference, w("commentReference")).set(ID, "990")
    return Told("comment_date", why="date before", shows="telephone")
