"""What the playbook commands share: reading a file, finding a playbook, and refusing with exit code 3."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError, CommandParser

import redline
from clauses.topics.page import Page
from playbooks.library import find, shipped_names
from playbooks.review import page_of
from playbooks.rules import Playbook
from playbooks.schema import BadPlaybook

REFUSED = 3


def add_review_arguments(parser: CommandParser) -> None:
    """FILE, --playbook, --paper, --side and --json, alike in every command that reviews."""
    parser.add_argument("file", metavar="FILE", help="a .docx or .txt document")
    parser.add_argument("--playbook", required=True, help="name of a playbook, or a YAML file")
    parser.add_argument(
        "--paper", choices=["ours", "theirs"], default="theirs", help="whose form the document is"
    )
    parser.add_argument("--side", default="", help="the side we are on; must be the playbook's side")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def playbook_for(options: dict[str, Any]) -> Playbook:
    """The playbook asked for. Raises CommandError (exit 2) when there is none or it is written for another
    side."""
    try:
        playbook = find(options["playbook"])
    except KeyError as error:
        raise CommandError(
            f"There is no playbook “{options['playbook']}”. Known: {', '.join(shipped_names())}.",
            returncode=2,
        ) from error
    except BadPlaybook as error:
        raise CommandError(str(error), returncode=2) from error
    side = options.get("side") or ""
    if side not in {"", "ours", playbook.side}:
        raise CommandError(
            f"The playbook {playbook.name} is written for the side “{playbook.side}”.", returncode=2
        )
    return playbook


def read_bytes(path: str) -> bytes:
    """The bytes of a file. Raises CommandError (exit 2) when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error


def page_for(path: str, data: bytes) -> Page:
    """The text of a .docx or .txt file; ends the program with exit 3 when the document is refused."""
    if path.lower().endswith(".txt"):
        try:
            return page_of(data.decode())
        except UnicodeDecodeError:
            refuse("not_utf8", "The text file is not written in UTF-8.")
    try:
        return page_of(redline.read(data))
    except redline.Refused as refusal:
        refuse(refusal.code, refusal.message)


def refuse(code: str, message: str) -> NoReturn:
    """Says why on standard error as one JSON line and ends with exit 3."""
    sys.stderr.write(json.dumps({"code": code, "message": message}, ensure_ascii=False) + "\n")
    raise SystemExit(REFUSED)
