"""Styles: names, the based-on chain, and what a run or paragraph really looks like at its end."""

from dataclasses import dataclass, field

from redline.names import ID, NUMPR, PPR, RPR, VAL, Element, is_on, value, w
from redline.package import Package

# properties that toggle: a value in the style chain is switched by a value further down (17.7.3)
TOGGLES = ("b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish")


@dataclass
class Styles:
    """The style sheet of one document, looked up by style id."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: Element | None = None  # w:docDefaults/w:rPrDefault/w:rPr
    _toggle_cache: dict[tuple[str, str], bool | None] = field(default_factory=dict)

    def name(self, style_id: str | None) -> str:
        """The style's name as Word's gallery shows it ("heading 1"); the id when it has none."""
        element = self.by_id.get(style_id or "")
        return (value(element, "name") or style_id or "") if element is not None else (style_id or "")

    def chain(self, style_id: str | None) -> list[Element]:
        """The style and those it is based on, nearest first; a loop is cut."""
        out: list[Element] = []
        seen: set[str] = set()
        while style_id and style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            out.append(self.by_id[style_id])
            style_id = value(self.by_id[style_id], "basedOn")
        return out

    def paragraph_style(self, ppr: Element | None) -> str | None:
        """The id of a paragraph's style: its own, else the default paragraph style."""
        own = value(ppr, "pStyle")
        return own if own in self.by_id else (self.default_paragraph if own is None else own)

    def paragraph_property(self, ppr: Element | None, name: str) -> Element | None:
        """A paragraph property, its own or from the style chain."""
        own = ppr.find(w(name)) if ppr is not None else None
        if own is not None:
            return own
        for style in self.chain(self.paragraph_style(ppr)):
            found = style.find(f"{PPR}/{w(name)}")
            if found is not None:
                return found
        return None

    def outline_level(self, ppr: Element | None) -> int | None:
        """The outline level (0 = top) of a paragraph, None for body text (9 means body text too)."""
        found = self.paragraph_property(ppr, "outlineLvl")
        text = found.get(VAL) if found is not None else None
        return int(text) if text is not None and text.isdigit() and int(text) < 9 else None

    def numbering(self, ppr: Element | None) -> tuple[str | None, int | None]:
        """(num id, level) from the paragraph or its style chain; num id "0" means numbering removed."""
        own = ppr.find(NUMPR) if ppr is not None else None
        num, level = value(own, "numId"), value(own, "ilvl")
        for style in self.chain(self.paragraph_style(ppr)) if num is None else []:
            found = style.find(f"{PPR}/{NUMPR}")
            if level is None:
                level = value(found, "ilvl")
            if value(found, "numId") is not None:
                num = value(found, "numId")
                break
        return num, int(level) if level is not None and level.isdigit() else None

    def toggle(self, ppr_style: str | None, rpr: Element | None, name: str) -> bool:
        """Whether a toggle property (bold, italic, hidden ...) is on for a run."""
        own = rpr.find(w(name)) if rpr is not None else None
        if own is not None:
            return is_on(own)
        from_paragraph = self._from_style(ppr_style, name)
        from_character = self._from_style(value(rpr, "rStyle"), name)
        if from_paragraph is None and from_character is None:
            return is_on(self.defaults.find(w(name))) if self.defaults is not None else False
        return bool(from_paragraph) != bool(from_character)

    def _from_style(self, style_id: str | None, name: str) -> bool | None:
        key = (style_id or "", name)
        if key not in self._toggle_cache:
            self._toggle_cache[key] = next(
                (
                    is_on(found)
                    for style in self.chain(style_id)
                    if (found := style.find(f"{RPR}/{w(name)}")) is not None
                ),
                None,
            )
        return self._toggle_cache[key]


def read_styles(package: Package) -> Styles:
    """The style sheet of a package; an empty one when there is none."""
    part = package.related("styles")
    styles = Styles()
    if part is None:
        return styles
    root = package.tree(part)
    styles.defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{RPR}")
    for element in root.iterchildren(w("style")):
        style_id = element.get(w("styleId")) or element.get(ID)
        if not style_id:
            continue
        styles.by_id[style_id] = element
        default = (element.get(w("default")) or "").lower() in ("1", "true", "on")
        if default and element.get(w("type")) == "paragraph":
            styles.default_paragraph = style_id
    return styles
