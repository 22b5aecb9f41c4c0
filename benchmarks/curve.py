"""Processor time and memory by length as a small SVG: two curves, two scales, no library."""

from collections.abc import Sequence
from typing import Protocol

WIDTH, HEIGHT, MARGIN = 640, 320, 56
TIME, MEMORY = "#1f4e8c", "#b4531a"


class Measured(Protocol):
    """What is drawn of a run."""

    cpu: float
    megabytes: float


def curve(points: Sequence[tuple[int, Measured]]) -> str:
    """The picture for (pages, run) points, the longest last."""
    longest = points[-1][0]
    times = [(pages, run.cpu) for pages, run in points]
    sizes = [(pages, run.megabytes) for pages, run in points]
    body = [
        _axis(longest),
        _line(times, longest, TIME, "s", left=True),
        _line(sizes, longest, MEMORY, "MB", left=False),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">'
        "<title>Comparing: processor seconds and megabytes by pages</title>"
    )
    return head + f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>' + "".join(body) + "</svg>\n"


def _axis(longest: int) -> str:
    low, right = HEIGHT - MARGIN, WIDTH - MARGIN
    ticks = "".join(
        f'<text x="{_x(pages, longest):.0f}" y="{low + 18}" text-anchor="middle">{pages}</text>'
        for pages in range(0, longest + 1, 200)
    )
    return (
        f'<path d="M{MARGIN} {MARGIN} V{low} H{right} V{MARGIN}" fill="none" stroke="#666666"/>{ticks}'
        f'<text x="{WIDTH // 2}" y="{HEIGHT - 12}" text-anchor="middle">pages</text>'
    )


def _line(points: list[tuple[int, float]], longest: int, colour: str, unit: str, *, left: bool) -> str:
    """One curve with its scale; the straight line from zero to its end shows what linear would be."""
    top = points[-1][1]
    places = " ".join(f"{_x(pages, longest):.1f},{_y(value, top):.1f}" for pages, value in points)
    dots = "".join(
        f'<circle cx="{_x(pages, longest):.1f}" cy="{_y(value, top):.1f}" r="3" fill="{colour}"/>'
        for pages, value in points
    )
    straight = (
        f'<path d="M{_x(0, longest):.1f} {_y(0, top):.1f} L{_x(longest, longest):.1f} {_y(top, top):.1f}" '
        f'stroke="{colour}" stroke-dasharray="2 4" fill="none"/>'
    )
    x, anchor = (MARGIN - 6, "end") if left else (WIDTH - MARGIN + 6, "start")
    scale = "".join(
        f'<text x="{x}" y="{_y(top * part, top) + 4:.0f}" text-anchor="{anchor}" fill="{colour}">'
        f"{top * part:.0f} {unit}</text>"
        for part in (0.25, 0.5, 0.75, 1)
    )
    return f'{straight}<polyline points="{places}" fill="none" stroke="{colour}"/>{dots}{scale}'


def _x(pages: float, longest: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * pages / longest


def _y(value: float, top: float) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN - 10) * value / top
