"""`manage.py playbook list | export NAME -o FILE | import FILE | check FILE | backtest NAME FILES…`."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from playbooks.library import find, shipped, shipped_names
from playbooks.management.documents import page_for, playbook_for, read_bytes
from playbooks.rules import Playbook
from playbooks.schema import BadPlaybook
from playbooks.trials import backtest, check_examples, without_examples
from playbooks.yaml_format import dump


class Command(BaseCommand):
    help = "Lists, exports, checks, imports and back-tests playbooks; only import needs a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="action", required=True)
        parts.add_parser("list", help="the playbooks, one a line, name first")
        export = parts.add_parser("export", help="writes a playbook as YAML")
        export.add_argument("playbook", metavar="NAME")
        export.add_argument("-o", "--output", default="-")
        bring = parts.add_parser("import", help="reads a YAML file into the library as a draft version")
        bring.add_argument("playbook", metavar="FILE")
        bring.add_argument(
            "--organisation", default="", help="name of the organisation, where there are several"
        )
        check = parts.add_parser("check", help="runs a playbook's own examples")
        check.add_argument("playbook", metavar="FILE")
        trial = parts.add_parser("backtest", help="what a playbook would have said on past documents")
        trial.add_argument("playbook", metavar="NAME")
        trial.add_argument("files", nargs="+", metavar="FILE")
        trial.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['action']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        for name in shipped_names():
            playbook = shipped(name)
            self.stdout.write(
                f"{name}  {playbook.title} ({playbook.side}, {len(playbook.issues)} issues, "
                f"version {playbook.version})"
            )

    def do_export(self, options: dict[str, Any]) -> None:
        text = dump(playbook_for(options))
        if options["output"] == "-":
            self.stdout.write(text, ending="")
        else:
            Path(options["output"]).write_text(text, encoding="utf-8")

    def do_import(self, options: dict[str, Any]) -> None:
        text = read_bytes(options["playbook"]).decode()
        # The database is needed only here: the other actions run before any migration.
        from accounts.models import Organisation
        from playbooks.services.publishing import import_yaml

        known = Organisation.objects.order_by("pk")
        chosen = known.filter(name=options["organisation"]) if options["organisation"] else known
        if chosen.count() != 1:
            names = ", ".join(known.values_list("name", flat=True)) or "none"
            raise CommandError(
                f"Say for which organisation with --organisation; there are: {names}.", returncode=2
            )
        try:
            version = import_yaml(organisation=chosen.get(), text=text, by=None)
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
        counts = backtest(playbook, (page_for(path, read_bytes(path)) for path in options["files"]))
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False, indent=2))
            return
        for code, row in counts.items():
            self.stdout.write(f"{code}: " + ", ".join(f"{name} {number}" for name, number in row.items()))

    def _from_file(self, name: str) -> Playbook:
        try:
            return find(name)
        except BadPlaybook as error:
            raise CommandError(str(error), returncode=2) from error
        except KeyError as error:
            raise CommandError(f"There is no playbook “{name}”.", returncode=2) from error
