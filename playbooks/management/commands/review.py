"""`manage.py review FILE --playbook NAME [--json]`: where a document stands on every issue of a playbook."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from playbooks.management.documents import (
    add_review_arguments,
    deal_of,
    page_for,
    playbook_for,
    read_bytes,
)
from playbooks.review import Document, Review, review, review_package


class Command(BaseCommand):
    help = "Reviews a document by a playbook; with a shipped one it needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_review_arguments(parser)
        parser.add_argument(
            "--beside",
            nargs="+",
            default=[],
            metavar="OTHER",
            help="other documents of the same deal, read together; each wins over those behind it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        playbook = playbook_for(options)
        page = page_for(options["file"], read_bytes(options["file"]))
        deal = deal_of(options, playbook)
        others = [(path, page_for(path, read_bytes(path))) for path in options["beside"]]
        ranked = enumerate([(options["file"], page), *others], start=1)
        papers = [Document(path, read, rank) for rank, (path, read) in ranked]
        try:
            found = (
                review_package(playbook, papers, deal=deal, paper=options["paper"])
                if others
                else review(playbook, page, deal=deal, paper=options["paper"])
            )
        except ValueError as error:
            raise CommandError(f"{error}.", returncode=2) from error
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
        lines += [f"    note: {caution}" for caution in finding.cautions]
    if found.elsewhere:
        titles = ", ".join(finding.title for finding in found.elsewhere)
        lines.append(f"[not here] {found.elsewhere[0].reason} Left to it: {titles}")
    lines += [f"[not covered] {clause.clause or clause.quote[:60]}" for clause in found.not_covered]
    lines += [f"[not given] {name}" for name in found.absent]
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
