"""The made pairs as edits for `apply`: `python -m tests.redline.edit_cases [NAME...] [-v]` prints a table.

s.. are the recipe's 18 pairs with every operation it has; e.. are ours (edit_recipe.json), for the places
where edits go wrong: links, controls, fields, text boxes, notes, pending changes. Both are made from real
contracts by the same independent tool, and its checker judges what `apply` wrote.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redline
from redline.editing import apply
from tests.redline.pairs import DATA, tool

OURS = Path(__file__).with_name("edit_recipe.json")
# the tool gives all replaced words the look of the first one, as typing over a selection does; we only mark
# the words that differ, and those that stay keep the look they have
OTHERWISE = {"s01-word-in-bold-run": {"accept_fmt"}, "e02-in-a-control": {"accept_fmt"}}


def edits_of(data: bytes, operations: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Edits that do what the recipe's operations say, addressed to the blocks of these bytes."""
    blocks = redline.read(data).blocks

    def find(text: str, part: str = "body", paragraph: str = "") -> tuple[str, int]:
        block = next(b for b in blocks if b.part.startswith(part) and (paragraph or text) in b.text)
        return block.id, block.text.index(text)

    return [_edit(op, find) for op in operations]


def _edit(op: dict[str, Any], find: Any) -> dict[str, Any]:
    block, at = find(op["find"], op.get("part", "body"), op.get("para", ""))
    span = {"block": block, "start": at, "end": at + len(op["find"])}
    match op["op"]:
        case "replace":
            return {"op": "replace", **span, "text": op["with"]}
        case "delete_par":
            return {"op": "delete_block", "block": block}
        case "insert_after":
            like = {"style_from": find(op["like"])[0]} if "like" in op else {}
            return {"op": "insert_after", "block": block, "text": op["text"], **like}
        case "move_after":
            return {"op": "move_after", "block": block, "after": find(op["after"])[0]}
        case "row_delete":
            return {"op": "row_delete", "block": block}
        case "row_insert_after":
            return {"op": "row_insert_after", "block": block, "cells": op["cells"]}
        case "set_level":
            return {"op": "set_level", "block": block, "level": op["ilvl"]}
        case "bold":
            return {"op": "format", **span, "bold": True}
        case "merge_next":
            return {"op": "join", "block": block, "text": " "}
        case "split_at":
            return {"op": "split", "block": block, "start": at}
    raise ValueError(op["op"])


def cases() -> Iterator[tuple[str, bytes, bytes, list[dict[str, str]]]]:
    """(name, original, wanted, operations)."""
    make = tool("make_pairs")
    with tempfile.TemporaryDirectory() as folder:
        make.print = lambda *_: None  # its progress is not ours to show
        for recipe in (DATA / "recipe-dev.json", OURS):
            make.build(str(recipe), str(DATA / "base"), folder)
            for item in json.loads(recipe.read_text()):
                made = Path(folder) / item["id"]
                old, new = ((made / f"{name}.docx").read_bytes() for name in ("original", "new"))
                yield item["id"], old, new, item["ops"]


def judge(old: bytes, new: bytes, operations: list[dict[str, str]]) -> dict[str, str]:
    """Failed checks of one case."""
    done = apply(old, edits_of(old, operations), author="Parley", date="2026-01-15T09:00:00Z")
    found = tool("redline_check").check(old, new, done.docx)
    return {name: why for name, (ok, why) in found["results"].items() if not ok}


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a case fails."""
    wanted = [a for a in arguments if not a.startswith("-")]
    counts = {"all": 0, "otherwise": 0, "refused": 0, "wrong": 0}
    for name, old, new, operations in cases():
        if wanted and not any(part in name for part in wanted):
            continue
        try:
            failed = judge(old, new, operations)
        except redline.Refused as error:
            failed = {"refused": str(error)}
        kind = "all" if not failed else "refused" if "refused" in failed else "wrong"
        if kind == "wrong" and set(failed) == OTHERWISE.get(name):
            kind = "otherwise"
        counts[kind] += 1
        print(f"{name:34} {', '.join(failed) or 'all'}{' (see OTHERWISE)' if kind == 'otherwise' else ''}")
        for check, why in failed.items() if "-v" in arguments else ():
            print(f"    {check}: {why[:300]}")
    print(
        f"{counts['all']} of {sum(counts.values())} in every check, {counts['otherwise']} look otherwise"
        f" for a reason, {counts['refused']} refused with a code, {counts['wrong']} wrong"
    )
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
