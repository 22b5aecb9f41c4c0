"""List numbers as Word shows them: levels, restarts, overrides, style-based lists, legal numbering.

How a number is found (ECMA-376 part 1, 17.9):
1. the paragraph (or its style chain) names a w:num and a level;
2. the w:num points to an abstract list; all w:num of one abstract list count on together;
3. a w:num with a start override starts its level again the first time it is used;
4. counting a level resets the deeper ones, unless w:lvlRestart says otherwise;
5. the level's text pattern ("%1.%2") is filled with the counters, each in its own level's format.
"""

from dataclasses import dataclass, field

from redline.names import NUMPR, PPR, Element, is_on, value, w
from redline.package import Package
from redline.styles import Styles

# bullets of the symbol fonts sit in the private use area; people know them as these
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf076": "❖",
    "\uf0fc": "✓",
    "\uf0a8": "□",
    "o": "o",
}
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def roman(number: int) -> str:
    """Lower-case Roman numeral; "" below one."""
    out = ""
    for worth, letters in _ROMAN:
        while number >= worth:
            out, number = out + letters, number - worth
    return out


def letters(number: int) -> str:
    """a, b, ... z, aa, bb, ... (Word repeats the letter, it does not count in base 26)."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th ..."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def cardinal(number: int) -> str:
    """One, Two, ... Ninety-Nine (higher numbers in digits)."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    word = _ONES[number] if number < 20 else _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return word.capitalize()


def show(number: int, form: str) -> str:
    """One counter in a number format (w:numFmt); an unknown format is shown in digits."""
    match form:
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            return ordinal(number)
        case "cardinalText":
            return cardinal(number)
        case "none":
            return ""
        case "numberInDash":
            return f"- {number} -"
        case _:
            return str(number)


@dataclass
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # restart after this level (1-based); 0 = never; None = after any higher level
    legal: bool = False
    style: str | None = None

    @classmethod
    def read(cls, element: Element) -> "Level":
        start, restart = value(element, "start"), value(element, "lvlRestart")
        return cls(
            start=int(start) if start and start.lstrip("-").isdigit() else 0 if start is None else 1,
            form=value(element, "numFmt") or "decimal",
            pattern=value(element, "lvlText") or "",
            restart=int(restart) if restart and restart.isdigit() else None,
            legal=is_on(element.find(w("isLgl"))),
            style=value(element, "pStyle"),
        )


@dataclass
class Num:
    """One w:num: the abstract list it belongs to and what it overrides."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The list definitions of a document."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self.abstract: dict[str, dict[int, Level]] = {}
        self.nums: dict[str, Num] = {}
        self._style_level: dict[tuple[str, str], int] = {}  # (abstract, paragraph style) -> level
        part = package.related("numbering")
        if part is not None:
            self._read(package.tree(part), styles)

    def _read(self, root: Element, styles: Styles) -> None:
        links: dict[str, str] = {}
        for element in root.iterchildren(w("abstractNum")):
            name = element.get(w("abstractNumId")) or ""
            self.abstract[name] = {
                _number(level.get(w("ilvl"))): Level.read(level) for level in element.iterchildren(w("lvl"))
            }
            link = value(element, "numStyleLink")
            if link:
                links[name] = link
        for element in root.iterchildren(w("num")):
            num = Num(value(element, "abstractNumId") or "")
            for override in element.iterchildren(w("lvlOverride")):
                index = _number(override.get(w("ilvl")))
                start = value(override, "startOverride")
                if start is not None:
                    num.starts[index] = _number(start)
                level = override.find(w("lvl"))
                if level is not None:
                    num.levels[index] = Level.read(level)
            self.nums[element.get(w("numId")) or ""] = num
        self._follow_links(links, styles)
        for name, levels in self.abstract.items():
            for index, definition in levels.items():
                if definition.style:
                    self._style_level[(name, definition.style)] = index

    def _follow_links(self, links: dict[str, str], styles: Styles) -> None:
        """An abstract list may only point to a numbering style, whose w:num holds the levels."""
        for name, style_id in sorted(links.items()):
            style = styles.by_id.get(style_id)
            num = value(style.find(f"{PPR}/{NUMPR}") if style is not None else None, "numId")
            target = self.nums.get(num or "")
            if target is not None and target.abstract in self.abstract:
                self.abstract[name] = self.abstract[target.abstract]

    def level_of(self, num_id: str, level: int | None, style: str | None) -> int:
        """The level a paragraph stands on: its own, else the one tied to its style, else the first."""
        if level is not None:
            return level
        num = self.nums.get(num_id)
        return self._style_level.get((num.abstract if num else "", style or ""), 0)

    def definition(self, num_id: str, level: int) -> Level | None:
        """What a level of a w:num looks like, overrides considered; None when undefined."""
        num = self.nums.get(num_id)
        if num is None:
            return None
        return num.levels.get(level) or self.abstract.get(num.abstract, {}).get(level)


class Counter:
    """Walks a document's paragraphs in order and gives each its number."""

    def __init__(self, numbering: Numbering, styles: Styles) -> None:
        self._numbering = numbering
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()

    def number(self, ppr: Element | None) -> tuple[str, int | None]:
        """(number as shown, level) of the next paragraph; ("", None) when it is not in a list."""
        num_id, level = self._styles.numbering(ppr)
        if num_id is None or num_id == "0" or num_id not in self._numbering.nums:
            return "", None
        index = self._numbering.level_of(num_id, level, self._styles.paragraph_style(ppr))
        definition = self._numbering.definition(num_id, index)
        if definition is None:
            return "", None
        self._count(num_id, index, definition)
        if definition.form == "bullet":
            return _BULLETS.get(definition.pattern, definition.pattern), index
        return self._fill(num_id, definition), index

    def _count(self, num_id: str, index: int, definition: Level) -> None:
        num = self._numbering.nums[num_id]
        counts = self._counts.setdefault(num.abstract, {})
        if index in num.starts and (num_id, index) not in self._used:
            counts[index] = num.starts[index]
        elif index in counts:
            counts[index] += 1
        else:
            counts[index] = definition.start
        self._used.add((num_id, index))
        for higher in range(index):  # a list may open on a deep level: the higher ones count as begun
            if higher not in counts:
                above = self._numbering.definition(num_id, higher)
                counts[higher] = num.starts.get(higher, above.start if above else 1)
        for deeper in [level for level in counts if level > index]:
            below = self._numbering.definition(num_id, deeper)
            restart = below.restart if below else None
            if restart is None or (restart and index < restart):
                del counts[deeper]

    def _fill(self, num_id: str, definition: Level) -> str:
        counts = self._counts[self._numbering.nums[num_id].abstract]
        out = definition.pattern
        for level in range(9):
            if f"%{level + 1}" not in out:
                continue
            other = self._numbering.definition(num_id, level)
            form = "decimal" if definition.legal else other.form if other else "decimal"
            count = counts.get(level, other.start if other else 1)
            out = out.replace(f"%{level + 1}", show(count, form))
        return out


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else 0
