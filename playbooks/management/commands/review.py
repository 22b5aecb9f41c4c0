"""`manage.py review FILE --playbook NAME [--json]`: where a document stands on every issue of a playbook."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from playbooks.management.documents import add_review_arguments, page_for, playbook_for, read_bytes
from playbooks.review import Review, review


class Command(BaseCommand):
    help = "Reviews a document by a playbook; with a shipped one it needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_review_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        playbook = playbook_for(options)
        page = page_for(options["file"], read_bytes(options["file"]))
        found = review(playbook, page, paper=options["paper"])
        self.stdout.write(found.to_json() if options["json"] else in_words(found), ending="")


def in_words(found: Review) -> str:
    """The review as lines for a person."""
    lines = [f"{found.playbook} {found.version}: risk {found.risk.level} ({found.risk.score})"]
    for finding in found.findings:
        lines.append(f"[{finding.status}] {finding.title}: {finding.rung or '?'} {finding.clause}".rstrip())
        lines.append(f"    {finding.rule}")
        if finding.quote:
            lines.append(f"    “{' '.join(finding.quote.split())[:200]}”")
        lines += [f"    change: {_edit_in_words(edit)}" for edit in finding.changes]
    return "\n".join(lines) + "\n"


def _edit_in_words(edit: Any) -> str:
    if edit["op"] == "delete_block":
        return f"delete {edit['block']}"
    place = (
        f"{edit['block']} {edit.get('start', '')}-{edit.get('end', '')}"
        if edit["op"] == "replace"
        else f"after {edit['block']}"
    )
    return f"{edit['op']} {place}: “{edit['text']}”"
