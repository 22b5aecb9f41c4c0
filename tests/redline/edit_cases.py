"""The made pairs as edits for `apply`: `python -m tests.redline.edit_cases [NAME...] [-v]` prints a table."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import redline
from redline.apply import apply
from tests.redline.pairs import DATA, made_pairs, tool


def edits_of(data: bytes, operations: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Edits that do what the recipe's operations say, addressed to the blocks of these bytes."""
    blocks = redline.read(data).blocks

    def find(text: str, part: str = "body") -> tuple[str, int]:
        block = next(b for b in blocks if b.part.startswith(part) and text in b.text)
        return block.id, block.text.index(text)

    return [_edit(op, find) for op in operations]


def _edit(op: dict[str, Any], find: Any) -> dict[str, Any]:
    block, at = find(op.get("para") or op["find"], op.get("part", "body"))
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
    pairs = made_pairs()
    for item in json.loads((DATA / "recipe-dev.json").read_text()):
        yield (item["id"], *pairs[item["id"]], item["ops"])


def judge(old: bytes, new: bytes, operations: list[dict[str, str]]) -> dict[str, str]:
    """Failed checks of one case."""
    done = apply(old, edits_of(old, operations), author="Parley", date="2026-01-15T09:00:00Z")
    found = tool("redline_check").check(old, new, done.docx)
    return {name: why for name, (ok, why) in found["results"].items() if not ok}


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a case fails."""
    wanted = [a for a in arguments if not a.startswith("-")]
    bad = 0
    for name, old, new, operations in cases():
        if wanted and not any(part in name for part in wanted):
            continue
        try:
            failed = judge(old, new, operations)
        except redline.Refused as error:
            failed = {"refused": str(error)}
        except Exception as error:
            if "-v" in arguments:
                raise
            failed = {"crash": repr(error)}
        bad += bool(failed)
        print(f"{name:30} {', '.join(failed) or 'all'}")
        for check, why in failed.items() if "-v" in arguments else ():
            print(f"    {check}: {why[:300]}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
