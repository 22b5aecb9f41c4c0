"""What the playbook commands share: reading a file, finding a playbook, and refusing with exit code 3."""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError, CommandParser

import redline
from clauses.topics.page import Page
from clauses.topics.values import Plain
from playbooks.deal import DEAL_FACTS
from playbooks.fields import BadPlaybook
from playbooks.library import find, is_file, shipped_names
from playbooks.management import kept
from playbooks.review import page_of
from playbooks.rules import Playbook

REFUSED = 3


def add_review_arguments(parser: CommandParser) -> None:
    """FILE, --playbook, --paper, --side and --json, alike in every command that reviews."""
    parser.add_argument("file", metavar="FILE", help="a .docx or .txt document")
    parser.add_argument("--playbook", required=True, help="name of a playbook, or a YAML file")
    add_library_arguments(parser)
    parser.add_argument(
        "--paper", choices=["ours", "theirs"], default="theirs", help="whose form the document is"
    )
    parser.add_argument(
        "--deal",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a fact of the deal that conditions ask for, such as value=50000, law=Germany or trades=a,b",
    )
    parser.add_argument("--side", default="", help="the side we are on; must be the playbook's side")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def deal_of(options: dict[str, Any], playbook: Playbook) -> dict[str, Plain]:
    """The facts given with --deal. Raises CommandError (exit 2) for one that no condition may ask for."""
    found: dict[str, Plain] = {}
    for given in options["deal"]:
        name, mark, value = str(given).partition("=")
        kind = playbook.deal_facts.get(name) or (DEAL_FACTS[name].kind if name in DEAL_FACTS else "")
        if not mark or not kind:
            known = ", ".join(sorted({*DEAL_FACTS, *playbook.deal_facts}))
            raise CommandError(f"“{given}” is no fact of a deal. Known: {known}.", returncode=2)
        if kind == "number" and not re.fullmatch(r"\d{1,15}(?:\.\d+)?", value):
            raise CommandError(f"“{given}”: {name} is a number, such as {name}=50000.", returncode=2)
        found[name] = (
            Decimal(value)
            if kind == "number"
            else tuple(filter(None, value.split(",")))
            if kind == "set"
            else value
        )
    return found


def add_library_arguments(parser: CommandParser) -> None:
    """--organisation and --draft, alike in every command that finds a playbook by name."""
    parser.add_argument(
        "--organisation", default="", help="take the playbook this organisation keeps, not the shipped one"
    )
    parser.add_argument(
        "--draft", action="store_true", help="take its draft version where it has one, not the one in force"
    )


def playbook_for(options: dict[str, Any]) -> Playbook:
    """The playbook asked for: a file, a shipped one, or one that an organisation keeps. Raises CommandError
    (exit 2) when there is none or it is written for another side."""
    name, organisation, draft = options["playbook"], options["organisation"], options["draft"]
    if is_file(name) or (name in shipped_names() and not (organisation or draft)):
        try:
            playbook = find(name)
        except BadPlaybook as error:
            raise CommandError(str(error), returncode=2) from error
    else:
        playbook = _kept(name, organisation, draft=draft)
    side = options.get("side") or ""
    if side not in {"", "ours", playbook.side}:
        raise CommandError(
            f"The playbook {playbook.name} is written for the side “{playbook.side}”.", returncode=2
        )
    return playbook


def _kept(name: str, organisation: str, *, draft: bool) -> Playbook:
    version = kept.one_called(name, organisation, draft=draft)
    if version is not None:
        return Playbook.from_data(version.data)
    known = [one.playbook.slug for one in kept.newest(organisation)]
    names = known if organisation else sorted({*shipped_names(), *known})
    raise CommandError(f"There is no playbook “{name}”. Known: {', '.join(names) or 'none'}.", returncode=2)


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
