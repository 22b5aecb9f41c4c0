"""WCAG 2.2 contrast (1.4.3, 1.4.11) of the tokens, computed in both themes.

Relative luminance and ratio as defined in WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in COLOUR.findall(TOKENS)}

SURFACES = ("canvas", "surface", "quiet", "sunk")
TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-2", "ink-3", "accent", "accent-strong", "red")
    for ground in SURFACES
]
TEXT += [(tone, f"{tone}-tint") for tone in ("red", "amber", "green", "grey")]
TEXT += [(tone, ground) for tone in ("amber", "green") for ground in ("surface", "quiet")]
TEXT += [(ink, "accent-tint") for ink in ("ink", "ink-2", "ink-3", "accent-strong")]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("surface", "ink")]
TEXT += [
    (side, ground)
    for side in ("ours", "theirs", "moved", "silent")
    for ground in (f"{side}-tint", "paper", "quiet")
]
TEXT += [("struck", ground) for ground in ("struck-tint", "struck-hatch", "paper", "quiet")]
TEXT += [(mark, "found-tint") for mark in ("paper-ink", "ours", "theirs", "struck")]
TEXT += [("paper-ink", "paper"), ("theirs", "theirs-tint"), ("ink", "theirs-tint")]
SHAPES = [("line-strong", ground) for ground in ("surface", "quiet", "paper")]
SHAPES += [("focus", ground) for ground in (*SURFACES, "paper", "accent-tint")]
SHAPES += [("found-line", ground) for ground in ("found-tint", "paper", "quiet")]
SHAPES += [(tone, ground) for tone in ("red", "amber", "green", "accent") for ground in ("surface", "quiet")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT, ids=lambda name: name)
def test_text_is_readable(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES, ids=lambda name: name)
def test_borders_marks_and_focus_are_visible(shape: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[shape][theme], COLOURS[ground][theme]) >= 3


def test_every_colour_has_both_themes() -> None:
    single = re.findall(r"--[\w-]+:\s*#[0-9a-f]{3,8}\s*;", TOKENS)
    assert single == []
