"""Where our outgoing text would stand, issue by issue: the one reading that decides whether approval is due.

Accepting, editing, countering and leaving their text unmarked are all the same here: the text we would send
is written, read and reviewed, and each issue's rung is looked up. Reserved points are not conceded.
"""

from collections.abc import Collection

import redline
from negotiation.gates import Concession
from negotiation.models import ClauseText, Contract, Decision, Draft, Finding, FindingStatus, Version
from negotiation.services import outgoing, reviews
from playbooks import review as engine
from playbooks import rules


def of_draft(contract: Contract, *, only: Collection[str] | None = None) -> list[Concession]:
    """How the outgoing text would stand on each issue (or on `only` those), free rungs included.

    Issues that could not be told are left out: unknown is not a concession, a person decides them.
    """
    version = contract.ready_version()
    if version is None or contract.playbook_version is None or (only is not None and not only):
        return []
    draft = Draft.objects.filter(contract=contract, state="open", base=version).first()
    document = redline.read(outgoing.would_be(version, draft))
    judged = reviews.judge_document(contract, document)
    playbook = reviews.rules_of_version(contract.playbook_version)
    rows = {
        row.issue: row for row in Finding.objects.filter(review__version=version).select_related("clause")
    }
    return [
        _concession(contract, playbook.issue(found.issue), found, rows[found.issue], document)
        for found in judged.findings
        if found.issue in rows
        and (only is None or found.issue in only)
        and rows[found.issue].decision != Decision.RESERVED
        and found.status != FindingStatus.UNSURE
    ]


def _concession(
    contract: Contract,
    issue: rules.Issue,
    found: engine.Finding,
    row: Finding,
    document: redline.Document,
) -> Concession:
    index = issue.position(found.rung)
    on_ladder = index < len(issue.rungs)
    rung = issue.rungs[index] if on_ladder else None
    approvers = rung.approvers if rung else issue.walk_away.approvers
    return Concession(
        finding=row,
        rung=rung.id if rung else "",
        rung_index=index,
        rung_label=rung.label if rung else "",
        is_free=rung is not None and rung.free,
        approvers=approvers.roles if approvers else (),
        mode=approvers.mode if approvers else "any",
        risk=rung.risk if rung else issue.walk_away.risk,
        before=_before(contract, row),
        after=_after(found, row, document),
        reason=row.decision_reason,
    )


def _before(contract: Contract, row: Finding) -> str:
    """The clause as we last sent it, or as we first received it."""
    turn = contract.last_turn(ours=True)
    version: Version | None = turn.version if turn else contract.versions.order_by("number").first()
    text = ClauseText.objects.filter(version=version, clause=row.clause).first() if row.clause else None
    return text.text if text else ""


def _after(found: engine.Finding, row: Finding, document: redline.Document) -> str:
    """The paragraphs of the outgoing text that the issue now stands on."""
    if found.blocks:
        return "\n".join(document.block(address).text for address in found.blocks)
    return ""
