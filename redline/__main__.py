"""The engine's commands: `python -m redline COMMAND ...`; `--help` lists them.

Exit 0 done, 2 wrong use, 3 the document is refused (code and sentence on standard error). Nothing is written
on failure.
"""

import argparse
import dataclasses
import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import redline
from redline.errors import Refused

Arguments = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    parsed = _parser().parse_args(arguments)
    run: Callable[[Arguments], None] = parsed.run
    try:
        run(parsed)
    except Refused as refusal:
        if getattr(parsed, "json", False):
            print(json.dumps({"code": refusal.code, "message": refusal.message}), file=sys.stderr)
        else:
            print(f"{refusal.code}: {refusal.message}", file=sys.stderr)
        return 3
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        print(f"{parsed.command}: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m redline", description="Parley's document engine.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: Callable[[Arguments], None], *files: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name)
        for file in files:
            sub.add_argument(file, type=Path)
        sub.add_argument("--json", action="store_true", help="one JSON document on standard output")
        sub.set_defaults(run=run)
        return sub

    command("inspect", _inspect, "file")
    sub = command("text", _text, "file")
    sub.add_argument("--view", choices=("current", "original", "accepted"), default="accepted")
    sub.add_argument("--numbers", action="store_true", help="list numbers first")
    command("blocks", _blocks, "file")
    sub = command("compare", _compare, "old", "new")
    sub.add_argument("-o", "--output", type=Path, required=True)
    sub.add_argument("--author", default="Parley")
    sub.add_argument("--date")
    sub.add_argument("--granularity", choices=("word", "character"), default="word")
    sub.add_argument("--pending", choices=("accept", "keep"), default="accept", help="OLD's tracked changes")
    command("changes", _changes, "file")
    sub = command("resolve", _resolve, "file")
    sub.add_argument("-o", "--output", type=Path, required=True)
    sub.add_argument("--accept-all", action="store_true")
    sub.add_argument("--reject-all", action="store_true")
    sub.add_argument("--accept", nargs="+", default=[], metavar="ID")
    sub.add_argument("--reject", nargs="+", default=[], metavar="ID")
    sub.add_argument("--author")
    sub = command("apply", _apply, "file", "edits")
    sub.add_argument("-o", "--output", type=Path, required=True)
    sub.add_argument("--author", default="Parley")
    sub.add_argument("--date")
    sub.add_argument("--comments", action="store_true", help="reasons as comments")
    command("untracked", _untracked, "sent", "returned")
    sub = command("scrub", _scrub, "file")
    sub.add_argument("-o", "--output", type=Path, required=True)
    sub.add_argument("--keep-comments", nargs="+", default=[], metavar="ID")
    return parser


def _inspect(arguments: Arguments) -> None:
    report = redline.check_in_child(arguments.file.read_bytes())
    print(json.dumps(dataclasses.asdict(report), ensure_ascii=False, indent=1))


def _text(arguments: Arguments) -> None:
    text = redline.text(arguments.file.read_bytes(), view=arguments.view, numbers=arguments.numbers)
    if arguments.json:
        print(json.dumps({"view": arguments.view, "text": text}, ensure_ascii=False))
    else:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))


def _blocks(arguments: Arguments) -> None:
    document = redline.read(arguments.file.read_bytes())
    print(json.dumps([_block(block) for block in document.blocks], ensure_ascii=False, indent=1))


def _block(block: redline.Block) -> dict[str, Any]:
    out = dataclasses.asdict(block)
    out["runs"] = out.pop("pieces")
    return out


def _compare(arguments: Arguments) -> None:
    done = redline.compare(
        arguments.old.read_bytes(),
        arguments.new.read_bytes(),
        author=arguments.author,
        date=arguments.date,
        granularity=arguments.granularity,
        pending=arguments.pending,
    )
    _write(arguments.output, done.docx)
    _report(arguments, done.report)


def _changes(arguments: Arguments) -> None:
    found = redline.changes(arguments.file.read_bytes())
    print(json.dumps([dataclasses.asdict(change) for change in found], ensure_ascii=False, indent=1))


def _resolve(arguments: Arguments) -> None:
    docx = redline.resolve(
        arguments.file.read_bytes(),
        accept_all=arguments.accept_all,
        reject_all=arguments.reject_all,
        accept=arguments.accept,
        reject=arguments.reject,
        author=arguments.author,
    )
    _write(arguments.output, docx)
    _report(arguments, {"pending": sum(1 for c in redline.changes(docx) if c.kind != "comment")})


def _apply(arguments: Arguments) -> None:
    edits = json.loads(arguments.edits.read_text(encoding="utf-8"))
    if isinstance(edits, dict):
        edits = edits.get("edits")
    if not isinstance(edits, list) or not all(isinstance(edit, dict) for edit in edits):
        raise Refused("bad-edits", "The edits must be a JSON list of objects.")
    done = redline.apply(
        arguments.file.read_bytes(),
        edits,
        author=arguments.author,
        date=arguments.date,
        comments=arguments.comments,
    )
    _write(arguments.output, done.docx)
    _report(arguments, done.report)


def _untracked(arguments: Arguments) -> None:
    found = redline.untracked(arguments.sent.read_bytes(), arguments.returned.read_bytes())
    print(json.dumps([dataclasses.asdict(difference) for difference in found], ensure_ascii=False, indent=1))


def _scrub(arguments: Arguments) -> None:
    docx = redline.scrub(arguments.file.read_bytes(), keep_comments=tuple(arguments.keep_comments))
    _write(arguments.output, docx)
    _report(arguments, {"bytes": len(docx)})


def _write(path: Path, data: bytes) -> None:
    """All or nothing: written beside its place, then moved there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _report(arguments: Arguments, report: dict[str, Any]) -> None:
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    # one command, one process: what it makes is let go by counting, looking for cycles would be in vain
    gc.disable()
    sys.exit(main())
