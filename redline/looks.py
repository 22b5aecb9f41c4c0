"""How a run really looks once styles have had their say: the properties a reader's eye depends on.

Order of the sources (ECMA-376 part 1, 17.7.2): direct formatting, character style chain, paragraph style
chain, document defaults. Colours by theme name are resolved through the theme part.
"""

from dataclasses import dataclass

from lxml import etree

from redline import names as n
from redline.bundle import Bundle
from redline.names import Element, value, w
from redline.package import Package
from redline.styles import Styles, read_styles

_THEME_ALIASES = {
    "background1": "lt1",
    "text1": "dk1",
    "background2": "lt2",
    "text2": "dk2",
    "light1": "lt1",
    "dark1": "dk1",
    "light2": "lt2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
HIGHLIGHTS: dict[str, Colour] = {
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "white": WHITE,
    "darkBlue": (0, 0, 139),
    "darkCyan": (0, 139, 139),
    "darkGreen": (0, 100, 0),
    "darkMagenta": (139, 0, 139),
    "darkRed": (139, 0, 0),
    "darkYellow": (128, 128, 0),
    "darkGray": (169, 169, 169),
    "lightGray": (211, 211, 211),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in half-points, squeeze (letter spacing) in twentieths of a point, scale in percent.

    ``colour`` is None for automatic; ``fill`` is the run's own shade or highlight.
    """

    hidden: bool
    strike: bool
    bold: bool
    italic: bool
    underline: str
    caps: bool
    colour: Colour | None
    fill: Colour | None
    size: int
    scale: int
    squeeze: int
    raised: int
    see_through: bool
    align: str


class ParsedPackage(Package):
    """A package over parts the gate has already inflated and parsed, so nothing is read twice."""

    def __init__(self, bundle: Bundle) -> None:
        self.parts = bundle.parts
        self._stored = set()
        self._trees = bundle.trees
        self._changed = set()
        self._rels = {}
        self.main = bundle.main
        self.strict = False


class Looks:
    """The looks of one document; equal run properties are worked out once."""

    def __init__(self, package: Package) -> None:
        self.styles: Styles = read_styles(package)
        self._theme = _theme_colours(package)
        self._cache: dict[tuple[str | None, bytes], Look] = {}
        self._table_cache: dict[str, tuple[bool, bool]] = {}

    def of(self, ppr: Element | None, rpr: Element | None) -> Look:
        """The look of a run with properties ``rpr`` in a paragraph with properties ``ppr``."""
        style = self.styles.paragraph_style(ppr)
        key = (style, b"" if rpr is None else etree.tostring(rpr, with_tail=False))
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._work_out(style, rpr)
        return found

    def _work_out(self, style: str | None, rpr: Element | None) -> Look:
        def on(name: str) -> bool:
            return self.styles.toggle(style, rpr, name)

        colour = self._find(style, rpr, "color")
        highlight = self._find(style, rpr, "highlight")
        shade = self._find(style, rpr, "shd")
        fill = HIGHLIGHTS.get((highlight.get(n.VAL) or "") if highlight is not None else "")
        if fill is None and shade is not None:
            fill = self.fill(shade)
        return Look(
            hidden=on("vanish"),
            strike=on("strike") or on("dstrike"),
            bold=on("b"),
            italic=on("i"),
            underline=self._text(style, rpr, "u", "none"),
            caps=on("caps"),
            colour=None if colour is None else self.colour(colour),
            fill=fill,
            size=_whole(self._text(style, rpr, "sz", "20"), 20),
            scale=_whole(self._text(style, rpr, "w", "100").rstrip("%"), 100),
            squeeze=_whole(self._text(style, rpr, "spacing", "0"), 0),
            raised=_whole(self._text(style, rpr, "position", "0"), 0),
            see_through=_is_see_through(rpr),
            align=self._text(style, rpr, "vertAlign", "baseline"),
        )

    def _text(self, style: str | None, rpr: Element | None, name: str, default: str) -> str:
        found = self._find(style, rpr, name)
        return default if found is None else found.get(n.VAL) or default

    def _find(self, style: str | None, rpr: Element | None, name: str) -> Element | None:
        if rpr is not None:
            own = rpr.find(w(name))
            if own is not None:
                return own
        for chain in (value(rpr, "rStyle"), style):
            for element in self.styles.chain(chain):
                found = element.find(f"{n.RPR}/{w(name)}")
                if found is not None:
                    return found
        return self.styles.defaults.find(w(name)) if self.styles.defaults is not None else None

    def colour(self, element: Element) -> Colour | None:
        """The colour of w:color or of a fill; None for automatic."""
        themed = self._themed(element, "themeColor", "themeTint", "themeShade")
        return themed or _hex(element.get(n.VAL) or "")

    def fill(self, shade: Element | None) -> Colour | None:
        """The colour a w:shd paints; None when it paints nothing."""
        if shade is None:
            return None
        pattern = shade.get(n.VAL) or "clear"
        back = self._themed(shade, "themeFill", "themeFillTint", "themeFillShade") or _hex(
            shade.get(w("fill")) or ""
        )
        front = self._themed(shade, "themeColor", "themeTint", "themeShade") or _hex(
            shade.get(w("color")) or ""
        )
        if pattern == "solid":
            return front or (0, 0, 0)
        if pattern.startswith("pct"):
            share = min(100, _whole(pattern[3:], 0)) / 100
            return _mix(front or (0, 0, 0), back or WHITE, share)
        return back

    def _themed(self, element: Element, name: str, tint: str, shade: str) -> Colour | None:
        theme = element.get(w(name))
        base = self._theme.get(_THEME_ALIASES.get(theme or "", theme or ""))
        if base is None:
            return None
        if element.get(w(tint)):
            return _mix(base, WHITE, _byte(element.get(w(tint))) / 255)
        if element.get(w(shade)):
            return _mix(base, (0, 0, 0), _byte(element.get(w(shade))) / 255)
        return base

    def table_style(self, table: Element) -> tuple[bool, bool]:
        """(hides its text, paints some cell dark) for the style of a table."""
        style = value(table.find(n.TBLPR), "tblStyle") or ""
        if style not in self._table_cache:
            hides = dark = False
            for element in self.styles.chain(style):
                hides |= any(
                    n.is_on(item) for rpr in element.iter(n.RPR) for item in rpr.iterchildren(w("vanish"))
                )
                fills = [self.fill(shade) for shade in element.iter(w("shd"))]
                dark |= any(fill is not None and min(fill) < 200 for fill in fills)
            self._table_cache[style] = hides, dark
        return self._table_cache[style]


def close(one: Colour, other: Colour) -> bool:
    """Whether the eye cannot tell two colours apart on paper (every channel within 32 of 255)."""
    return all(abs(a - b) <= 32 for a, b in zip(one, other, strict=True))


def _is_see_through(rpr: Element | None) -> bool:
    """Word 2010 text effects: no fill at all, or a fill that is (nearly) fully transparent."""
    fill = rpr.find(f"{_W14}textFill") if rpr is not None else None
    if fill is None:
        return False
    if fill.find(f"{_W14}noFill") is not None:
        outline = rpr.find(f"{_W14}textOutline") if rpr is not None else None
        return outline is None or outline.find(f"{_W14}noFill") is not None
    return any(_whole(alpha.get(f"{_W14}val") or "0", 0) >= 90_000 for alpha in fill.iter(f"{_W14}alpha"))


def _theme_colours(package: Package) -> dict[str, Colour]:
    colours: dict[str, Colour] = {"lt1": WHITE, "dk1": (0, 0, 0)}
    part = package.related("theme")
    if part is None or not package.parts[part]:
        return colours
    scheme = next(package.tree(part).iter(f"{_A}clrScheme"), None)
    for slot in scheme if scheme is not None else ():
        for item in slot:
            found = _hex(item.get("lastClr") or item.get("val") or "")
            if found and isinstance(slot.tag, str):
                colours[etree.QName(slot).localname] = found
    return colours


def _hex(text: str) -> Colour | None:
    try:
        number = int(text, 16) if len(text) == 6 else None
    except ValueError:
        return None
    return None if number is None else (number >> 16, number >> 8 & 255, number & 255)


def _byte(text: str | None) -> int:
    try:
        return min(255, max(0, int(text or "ff", 16)))
    except ValueError:
        return 255


def _whole(text: str, default: int) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def _mix(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue
