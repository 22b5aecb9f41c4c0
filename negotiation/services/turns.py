"""Sending a turn: the draft leaves as a .docx with native tracked changes, and the other side is next.

1. Judge the outgoing text. Concessions below the free rung are reported to the rooms above, which open what
   they need to open; that is kept even when the turn cannot leave yet.
2. If anything stands in the way, say all of it at once.
3. Write the file outside any transaction, then close the turn in one: version, turn, draft, changes, audit.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import jobs
import redline
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit, files
from negotiation import gates
from negotiation.gates import Concession, Obstacle
from negotiation.models import (
    ChangeOrigin,
    ChangeState,
    Contract,
    Decision,
    Draft,
    Finding,
    FindingStatus,
    Stage,
    Turn,
    Version,
    VersionLabel,
    VersionState,
)
from negotiation.models.contracts import NOT_STANDING, ContractState
from negotiation.models.decisions import DraftState
from negotiation.services import concessions, deals, leaving, outgoing, uncovered
from negotiation.services.draft_rows import open_draft
from negotiation.services.holding import hold_contract
from negotiation.services.turns_received import record_turn
from negotiation.services.versions import PROCESS, create_version
from negotiation.words import checked


class TurnBlocked(Exception):
    """The turn cannot leave yet; `obstacles` say why and where to mend it."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = obstacles


def preview(contract: Contract) -> tuple[list[Concession], list[Obstacle]]:
    """What sending now would concede and what stands in the way. Changes nothing."""
    standing = concessions.of_draft(contract)
    return [c for c in standing if not c.is_free], [
        *_own_obstacles(contract),
        *gates.turn_obstacles(contract, standing),
    ]


def send_turn(
    *,
    contract: Contract,
    by: Membership,
    message: str,
    seen: int,
    leave_out: Collection[str] = (),
    listed: Collection[str] | None = None,
    with_undecided: int | None = None,
    at: datetime | None = None,
) -> Turn:
    """Close our turn. `leave_out` names reasons and comments (`leaving.Said.key`) that stay with us.

    Somebody who looked at the page first says what it `listed` and with how many undecided issues they send
    all the same; None where no page was shown. Raises ValidationError for undecided issues nobody spoke of,
    TurnBlocked with every obstacle, Conflict if somebody was faster, and redline.Refused where an edit
    cannot be written safely (nothing is sent then).
    """
    at, message = at or timezone.now(), checked(message, longest=5_000)
    draft = open_draft(contract=contract)
    if draft.version != seen:
        raise Conflict(_("The draft was changed or sent while you had this page open."))
    standing = concessions.of_draft(contract)
    with transaction.atomic():
        gates.concessions_changed(contract, standing, by)
    obstacles = [*_own_obstacles(contract), *gates.turn_obstacles(contract, standing)]
    if obstacles:
        raise TurnBlocked(obstacles)
    open_ones = undecided(draft.base)
    if with_undecided is not None and len(open_ones) != with_undecided:
        raise ValidationError(_undecided_words(len(open_ones)), code="undecided")
    inside = leaving.left_out(contract, draft, leave_out)
    said = leaving.said_by(contract, draft)
    if listed is not None and {one.key for one in said} - set(listed):
        raise Conflict(_("Something was said for outside while you had this page open: read it first."))
    said = [one for one in said if one.key not in inside]
    built = outgoing.build(version=draft.base, draft=draft, by=by, at=at, leave_out=inside)
    _self_check(draft, built.docx, said)
    return _close(contract, draft, built.docx, by, message, inside, len(open_ones), seen, at)


def undecided(version: Version) -> list[Finding]:
    """Issues of a version that need a person and that nobody decided, in the playbook's order."""
    rows = Finding.objects.filter(review__version=version, decision=Decision.OPEN)
    return list(rows.exclude(status=FindingStatus.COMPLIANT).order_by("position"))


def _undecided_words(count: int) -> str:
    return ngettext(
        "%(count)d issue is not decided. Decide it, or say that you send with it undecided.",
        "%(count)d issues are not decided. Decide them, or say that you send with them undecided.",
        count,
    ) % {"count": count}


def _own_obstacles(contract: Contract) -> list[Obstacle]:
    """What this room itself asks before a turn leaves."""
    latest = contract.latest_version()
    ready = contract.ready_version()
    last = contract.turns.select_related("side").order_by("-number").first()
    if last is not None and last.side.is_ours:
        message = _("Turn %(number)d is with %(name)s: upload their answer, or record that they agree.")
        words = {"number": last.number, "name": contract.negotiation.their_side().name}
        return [Obstacle(message % words, contract.get_absolute_url(), "their_turn")]
    if latest is not None and ready != latest and latest.state == VersionState.READING:
        return [Obstacle(_("A newer version is still being read."), contract.get_absolute_url(), "reading")]
    if ready is None:
        return []
    found = uncovered.obstacles(contract, ready)
    waiting = ready.changes.filter(
        origin=ChangeOrigin.UNTRACKED, state=ChangeState.PENDING, severity="substantive"
    ).count()
    if waiting:
        message = _("%(count)d changes that were not tracked wait for a decision.") % {"count": waiting}
        found.append(Obstacle(message, contract.get_absolute_url(), "untracked"))
    return found


def _self_check(draft: Draft, docx: bytes, said: Sequence[leaving.Said]) -> None:
    """The file to be sent must read as the draft does, and say what was listed. Raises redline.Refused
    otherwise; nothing leaves."""
    wished = redline.text(outgoing.would_be(draft.base, draft))
    if redline.text(docx) != wished:
        raise redline.Refused(
            "outgoing_differs",
            _("The file to be sent does not read as the draft does; nothing was sent."),
        )
    if not leaving.check(draft.base, docx, said):
        raise redline.Refused(
            "outgoing_says_more",
            _("The comments in the file to be sent are not those that were listed; nothing was sent."),
        )


def _close(
    contract: Contract,
    draft: Draft,
    docx: bytes,
    by: Membership,
    message: str,
    inside: Collection[str],
    open_issues: int,
    seen: int,
    at: datetime,
) -> Turn:
    with transaction.atomic():
        hold_contract(contract)
        newest = contract.versions.exclude(state__in=NOT_STANDING).order_by("-number").first()
        if contract.state != ContractState.NEGOTIATING or newest != draft.base:
            raise Conflict(_("A newer version arrived while the turn was being written; nothing was sent."))
        draft.change(
            seen=seen,
            conflict=_("The draft was changed or sent while it was being written; nothing was sent."),
            state=DraftState.SENT,
        )
        stored = files.store(organisation=contract.organisation, data=docx)
        version = create_version(
            contract=contract,
            stored=stored,
            file_name=_file_name(contract),
            side=contract.negotiation.our_side(),
            by=by,
            label=VersionLabel.INTERNAL_REVISION,
        )
        kept_inside = leaving.keep_inside(contract, draft, inside)
        draft.changes.filter(state=ChangeState.PENDING).update(state=ChangeState.SENT)
        turn = record_turn(version=version, at=at, message=message)
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="turn.sent",
            target=turn,
            negotiation=contract.negotiation.uuid,
            payload={
                "contract": str(contract.uuid),
                "number": turn.number,
                "sha256": stored.sha256,
                "left_out": kept_inside,
                "undecided": open_issues,
            },
            personal={"message": message} if message else None,
        )
        jobs.enqueue(kind=PROCESS, args={"version": version.pk}, key=f"{PROCESS}:{version.pk}")
        deals.advance_if_ready(negotiation=contract.negotiation, target=Stage.COUNTERS, by=None)
    return turn


def _file_name(contract: Contract) -> str:
    return file_name(contract, f"turn {contract.turns.count() + 1}")


def file_name(contract: Contract, what: str) -> str:
    """A name that every file system takes."""
    safe = "".join(c if c.isalnum() or c in " -_" else "-" for c in contract.title).strip()
    return f"{safe[:150]} - {what}.docx"
