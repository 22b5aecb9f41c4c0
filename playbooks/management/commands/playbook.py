"""`manage.py playbook list | export NAME -o FILE | import FILE | check FILE | backtest NAME FILES…`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clauses.topics.page import Page
from playbooks.backtest import ByApprover, Count
from playbooks.backtest import backtest as cost
from playbooks.fields import BadPlaybook
from playbooks.library import find, shipped, shipped_names
from playbooks.management import kept
from playbooks.management.documents import add_library_arguments, page_for, playbook_for, read_bytes
from playbooks.rules import Playbook
from playbooks.services.bringing import import_yaml
from playbooks.trials import backtest, check_examples, without_examples
from playbooks.yaml_format import dump

COSTS = ("findings", "approvals", "stops", "unsure")


class Command(BaseCommand):
    help = "Lists, exports, checks, imports and back-tests playbooks, shipped ones without any database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="action", required=True)
        every = parts.add_parser("list", help="the playbooks, one a line, name first")
        every.add_argument("--organisation", default="", help="those this organisation keeps")
        export = parts.add_parser("export", help="writes a playbook as YAML")
        export.add_argument("playbook", metavar="NAME")
        export.add_argument("-o", "--output", default="-")
        add_library_arguments(export)
        bring = parts.add_parser("import", help="reads a YAML file into the library as a draft version")
        bring.add_argument("playbook", metavar="FILE")
        bring.add_argument(
            "--organisation", default="", help="name of the organisation, where there are several"
        )
        bring.add_argument("--replace", action="store_true", help="put it in the place of a draft")
        check = parts.add_parser("check", help="runs a playbook's own examples")
        check.add_argument("playbook", metavar="FILE")
        trial = parts.add_parser("backtest", help="what a playbook would have said on past documents")
        trial.add_argument("playbook", metavar="NAME")
        trial.add_argument("files", nargs="+", metavar="FILE")
        trial.add_argument("--json", action="store_true")
        trial.add_argument("--cost", action="store_true", help="findings, approvals and stops it would cost")
        trial.add_argument("--against", default="", metavar="NAME", help="the same cost of another playbook")
        add_library_arguments(trial)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['action']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        names = () if options["organisation"] else shipped_names()
        for name in names:
            playbook = shipped(name)
            self._line(name, playbook, f"version {playbook.version}")
        for row in kept.newest(options["organisation"]):
            if row.playbook.slug not in names:
                state = "version" if row.published_at else "draft version"
                said = f"{state} {row.number} of {row.playbook.organisation.name}"
                self._line(row.playbook.slug, Playbook.from_data(row.data), said)

    def _line(self, name: str, playbook: Playbook, version: str) -> None:
        self.stdout.write(
            f"{name}  {playbook.title} ({playbook.side}, {len(playbook.issues)} issues, {version})"
        )

    def do_export(self, options: dict[str, Any]) -> None:
        text = dump(playbook_for(options))
        if options["output"] == "-":
            self.stdout.write(text, ending="")
        else:
            Path(options["output"]).write_text(text, encoding="utf-8")

    def do_import(self, options: dict[str, Any]) -> None:
        try:
            text = read_bytes(options["playbook"]).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['playbook']} is not UTF-8 text.", returncode=2) from error
        organisation = kept.organisation_called(options["organisation"])
        try:
            version = import_yaml(
                organisation=organisation, text=text, by=None, replace_draft=options["replace"]
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages), returncode=2) from error
        self.stdout.write(f"{version.playbook.slug}: imported as draft version {version.number}.")

    def do_check(self, options: dict[str, Any]) -> None:
        playbook = self._from_file(options["playbook"])
        count, misses = check_examples(playbook)
        for miss in misses:
            self.stderr.write(
                f"{miss.issue}: should land on {miss.wanted}, lands on {miss.got} {miss.why}\n    {miss.text}"
            )
        for place in without_examples(playbook):
            self.stderr.write(f"{place}: no example")
        self.stdout.write(f"{playbook.name}: {count} examples, {count - len(misses)} land where they should.")
        if misses:
            raise SystemExit(1)

    def do_backtest(self, options: dict[str, Any]) -> None:
        playbook = playbook_for(options)
        pages = [page_for(path, read_bytes(path)) for path in options["files"]]
        if options["cost"] or options["against"]:
            self._cost(playbook, options, pages)
            return
        counts = backtest(playbook, pages)
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False, indent=2))
            return
        for code, row in counts.items():
            self.stdout.write(f"{code}: " + ", ".join(f"{name} {number}" for name, number in row.items()))

    def _cost(self, playbook: Playbook, options: dict[str, Any], pages: list[Page]) -> None:
        """What the playbook would have cost on the documents, beside another one named by `--against`."""
        playbooks = [playbook]
        if options["against"]:
            playbooks.append(playbook_for({**options, "playbook": options["against"], "draft": False}))
        tallies = [cost(playbook, pages)[0] for playbook in playbooks]
        if options["json"]:
            told = tallies[0].to_data()
            told |= {"against": tallies[1].to_data()} if len(tallies) > 1 else {}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for code in dict.fromkeys(code for tally in tallies for code in tally.issues):
            self.stdout.write(f"{code}: " + _said([tally.issues.get(code, Count()) for tally in tallies]))
        for role in sorted({role for tally in tallies for role in tally.approvers}):
            reached = [tally.approvers.get(role, ByApprover()) for tally in tallies]
            self.stdout.write(f"asks {role}: " + _said(reached, ("approvals", "stops")))
        self.stdout.write(f"{len(pages)} documents: " + _said([tally.total for tally in tallies]))

    def _from_file(self, name: str) -> Playbook:
        try:
            return find(name)
        except BadPlaybook as error:
            raise CommandError(str(error), returncode=2) from error
        except KeyError as error:
            raise CommandError(f"There is no playbook “{name}”.", returncode=2) from error


def _said(counts: Sequence[Count | ByApprover], names: Sequence[str] = COSTS) -> str:
    """Such as “findings 3 (was 5), …”: what it is, and what the other playbook says where that differs."""
    parts = []
    for name in names:
        now, *before = [getattr(one, name) for one in counts]
        parts.append(f"{name} {now}" + (f" (was {before[0]})" if before and before[0] != now else ""))
    return ", ".join(parts)
