"""`manage.py redline FILE --playbook NAME -o OUT`: the review's proposed changes as tracked changes in
FILE."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import redline
from playbooks.management.documents import (
    add_review_arguments,
    deal_of,
    page_for,
    playbook_for,
    read_bytes,
    refuse,
)
from playbooks.review import review, together


class Command(BaseCommand):
    help = "Writes the proposed changes of a review into a document."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_review_arguments(parser)
        parser.add_argument("-o", "--output", required=True, help="the .docx to write")
        parser.add_argument("--author", default="Parley", help="the name on the tracked changes")
        parser.add_argument("--date", default=None, help="the time on the tracked changes (ISO 8601)")
        parser.add_argument("--comments", action="store_true", help="write the reasons as comments")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].lower().endswith(".docx"):
            raise CommandError("Tracked changes can be written into a .docx only.", returncode=2)
        playbook = playbook_for(options)
        data = read_bytes(options["file"])
        page = page_for(options["file"], data)
        found = review(playbook, page, deal=deal_of(options, playbook), paper=options["paper"])
        edits = together(found, page)
        try:
            applied = redline.apply(
                data, edits, author=options["author"], date=options["date"], comments=options["comments"]
            )
        except redline.Refused as refusal:
            refuse(refusal.code, refusal.message)
        Path(options["output"]).write_bytes(applied.docx)
        report = {
            "playbook": found.playbook,
            "version": found.version,
            "edits": len(edits),
            "report": applied.report,
        }
        self.stdout.write(
            json.dumps(report, ensure_ascii=False, indent=2)
            if options["json"]
            else f"{len(edits)} edits written."
        )
