"""A clause while the tree is built, and the finished nodes as clauses."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from clauses.model import Clause
from clauses.source import Source


@dataclass(slots=True)
class Node:
    """A clause under construction."""

    kind: str
    start: int
    end: int
    number: str = ""
    path: str = ""
    heading: tuple[int, int] = (0, 0)
    style: str = ""
    level: int = 0
    value: int = 0
    schedule: str = ""
    bare: bool = False  # nothing but a heading so far
    depth: int = 0
    parent: "Node | None" = None
    blocks: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


def freeze(source: Source, nodes: list[Node], types_of: dict[int, tuple]) -> tuple[Clause, ...]:  # type: ignore[type-arg]
    """Nodes as clauses, offsets led back to the given text. ``types_of`` is keyed by the node's place in
    the list."""
    ids = {id(node): f"c{place}" for place, node in enumerate(nodes, 1)}
    made = []
    for place, node in enumerate(nodes):
        start, end = source.back(node.start, whole_end(node))
        head = source.back(*node.heading)
        made.append(
            Clause(
                id=ids[id(node)],
                number=node.number,
                heading=" ".join(source.plain[slice(*node.heading)].split()).strip(" .:-–—*"),
                start=start,
                end=end,
                depth=node.depth,
                parent=ids[id(node.parent)] if node.parent else None,
                blocks=tuple(dict.fromkeys(b for n in _family(node) for b in n.blocks)),
                types=types_of.get(place, ()),
                kind=node.kind,
                own_end=source.back(node.start, node.end)[1],
                path=node.path,
                schedule=node.schedule,
                heading_start=head[0] if node.heading[1] else start,
                heading_end=head[1] if node.heading[1] else start,
            )
        )
    return tuple(made)


def whole_end(node: Node) -> int:
    """End of a node with all below it; no recursion, since the last child's last child ends last."""
    end = node.end
    while node.children:
        node = node.children[-1]
        end = max(end, node.end)
    return end


def _family(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))
