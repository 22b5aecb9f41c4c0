"""Moving a running contract to a newer version of its playbook, after a look at what that would change.

Contracts keep the version they began with. `preview` judges the newest text by the newer rules beside the
findings as they stand; `upgrade` does the same once more and keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import redline
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit, files
from negotiation.models import Contract, Decision, Finding, FindingStatus, Version
from negotiation.models.contracts import ContractState
from negotiation.services import concessions, keeping, reviews
from negotiation.services.holding import hold_contract
from playbooks import rules
from playbooks.models import PlaybookVersion
from playbooks.pages import cost, rung_name
from playbooks.review import Finding as Found

NEW, GONE, ELSEWHERE = "new", "gone", "elsewhere"
BETTER, WORSE, OTHER, SAME = "better", "worse", "other", "same"


@dataclass(frozen=True)
class Place:
    """Where an issue stands: the status, the rung in words, and whose approval leaving it so needs."""

    status: str
    says: str
    needs: str
    severity: str


@dataclass(frozen=True)
class Line:
    """One issue as it stands and as it would stand. `reopens`: what was decided would have to be decided
    again."""

    issue: str
    title: str
    kind: str
    before: Place | None
    after: Place | None
    decision: str = ""
    reopens: bool = False

    @property
    def changes(self) -> bool:
        return self.kind != SAME or self.reopens


@dataclass(frozen=True)
class Preview:
    """What the newer version would make of the contract; `judged` is its whole review."""

    version: Version
    pinned: PlaybookVersion
    newer: PlaybookVersion
    lines: tuple[Line, ...]
    risk_before: tuple[int, str]
    risk_after: tuple[int, str]
    judged: reviews.Judged


def newer_version(contract: Contract) -> PlaybookVersion | None:
    """The published version that the contract could be moved to; None where it has the newest, or none."""
    pinned = contract.playbook_version
    if pinned is None or contract.state != ContractState.NEGOTIATING:
        return None
    newest = pinned.playbook.published()
    return newest if newest is not None and newest.number > pinned.number else None


def preview(contract: Contract) -> Preview:
    """What moving to the newest version would change. ValidationError where there is nothing to move to, or
    no text that was read."""
    pinned, newer, version = contract.playbook_version, newer_version(contract), contract.ready_version()
    if pinned is None or newer is None:
        raise ValidationError(_("This contract has the newest version of its playbook already."))
    if version is None:
        raise ValidationError(_("No version of this contract has been read yet."))
    document = redline.read(files.read_bytes(version.file))
    judged = reviews.judge(contract, document, by_rules=newer)
    rows = list(Finding.objects.filter(review__version=version).select_related("contract"))
    review = version.reviews.order_by("-pk").first()
    return Preview(
        version=version,
        pinned=pinned,
        newer=newer,
        lines=_lines(reviews.rules_of_version(pinned), reviews.rules_of_version(newer), rows, judged),
        risk_before=(review.risk_score, review.risk_level) if review else (0, "low"),
        risk_after=(judged.review.risk.score, judged.review.risk.level),
        judged=judged,
    )


def _lines(
    old: rules.Playbook, new: rules.Playbook, rows: Sequence[Finding], judged: reviews.Judged
) -> tuple[Line, ...]:
    """Every issue of either version, in the order of the newer one, those that go at the end."""
    before = {row.issue: row for row in rows}
    after = {found.issue: found for found in judged.findings}
    away = {found.issue for found in judged.elsewhere}
    codes = [*after, *(code for code in before if code not in after)]
    lines = (_line(old, new, code, before.get(code), after.get(code)) for code in codes)
    return tuple(replace(line, kind=ELSEWHERE) if line.issue in away else line for line in lines)


def _line(
    old: rules.Playbook, new: rules.Playbook, code: str, row: Finding | None, found: Found | None
) -> Line:
    before = _place(old, row.issue, row.status, row.rung or None, row.severity) if row else None
    after = _place(new, found.issue, found.status, found.rung, found.severity) if found else None
    decided = row is not None and row.decision in keeping.CARRIED
    return Line(
        issue=code,
        title=found.title if found else row.title if row else code,
        kind=_kind(old, new, row, found),
        before=before,
        after=after,
        decision=str(row.get_decision_display()) if row and row.decision != Decision.OPEN else "",
        reopens=decided and _moved(row, found),
    )


def _moved(row: Finding | None, found: Found | None) -> bool:
    if row is None or found is None:
        return False
    return (row.status, row.rung, row.quote) != (found.status, found.rung or "", found.quote)


def _place(playbook: rules.Playbook, code: str, status: str, rung: str | None, severity: str) -> Place:
    says = str(FindingStatus(status).label)
    issue = next((one for one in playbook.issues if one.code == code), None)
    if issue is None:
        return Place(status, says, "", severity)
    place = issue.position(rung) if rung else len(issue.rungs)
    if status in (FindingStatus.UNSURE, FindingStatus.MISSING):
        return Place(status, says, cost(issue.walk_away.approvers), severity)
    if place == len(issue.rungs):
        return Place(status, _("below the last rung"), cost(issue.walk_away.approvers), severity)
    name = f"{rung_name(place)}: {issue.rungs[place].label}"
    return Place(status, name, cost(issue.rungs[place].approvers), severity)


def _kind(old: rules.Playbook, new: rules.Playbook, row: Finding | None, found: Found | None) -> str:
    if row is None:
        return NEW
    if found is None:
        return GONE
    was, now = (
        _depth(old, row.issue, row.status, row.rung),
        _depth(new, found.issue, found.status, found.rung),
    )
    if was is None or now is None:
        return SAME if was == now and row.status == found.status else OTHER
    return SAME if was == now else BETTER if now < was else WORSE


def _depth(playbook: rules.Playbook, code: str, status: str, rung: str | None) -> int | None:
    """How far down the ladder; None where it could not be told."""
    issue = next((one for one in playbook.issues if one.code == code), None)
    if issue is None or status == FindingStatus.UNSURE:
        return None
    # Ladders may differ in length: whatever is below the last rung is below all rungs of both.
    below = 1_000
    place = issue.position(rung) if rung else len(issue.rungs)
    return below if place == len(issue.rungs) else place


def upgrade(*, contract: Contract, to: PlaybookVersion, by: Membership) -> list[Finding]:
    """Pin the contract to this version and review its newest text by it. Gives the findings whose decision
    is open again; approvals are asked for as after any decision.

    Raises ValidationError where there is nothing to move to, and Conflict where the contract, its text or
    the playbook changed since the preview.
    """
    seen = preview(contract)
    if seen.newer != to:
        raise Conflict(_("A newer version was published since you looked. See what it changes, then decide."))
    with transaction.atomic():
        hold_contract(contract)
        now = Contract.objects.get(pk=contract.pk)
        if (
            now.state != ContractState.NEGOTIATING
            or now.playbook_version_id != seen.pinned.pk
            or now.ready_version() != seen.version
        ):
            raise Conflict(_("The contract changed meanwhile. See what the newer version makes of it now."))
        contract.change(playbook_version=to)
        because = _("The contract was moved to version %(number)d of its playbook.") % {"number": to.number}
        reopened = keeping.store_again(seen.version, seen.judged, because)
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="contract.playbook_upgraded",
            target=contract,
            negotiation=contract.negotiation.uuid,
            payload={
                "from": str(seen.pinned.uuid),
                "to": str(to.uuid),
                "version": seen.version.number,
                "changed": sorted(line.issue for line in seen.lines if line.changes),
                "reopened": sorted(row.issue for row in reopened),
            },
        )
    concessions.tell(contract, {found.issue for found in seen.judged.findings}, by)
    return reopened
