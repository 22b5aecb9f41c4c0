"""The turns of a deal: their files arrive and are read, ours leave through the draft."""

import datetime
from collections.abc import Sequence

import jobs
from accounts.models import Membership
from accounts.services import files
from config.demo import contracts, story
from config.demo.approving import approve_all, settle_the_rest
from config.demo.cast import Cast
from config.demo.story_model import Deal, Stage, Turn
from negotiation.markup import draw
from negotiation.models import Block, ChangeState, Clause, Contract, Decision, FindingStatus, Version
from negotiation.services import draft, outgoing, turns, uncovered, versions


def play_turns(cast: Cast, deal: Deal, contract: Contract, played: Sequence[Turn]) -> None:
    """Their turns arrive as files, ours leave through the draft. Contracts without a turn get their draft."""
    slug = next(one for one in deal.contracts if contracts.contract(one).title == contract.title)
    lead = cast.members[deal.lead]
    if not played:
        _upload(contract, contracts.build(slug), contracts.contract(slug).file_name, lead, cast.now)
        return
    for turn in played:
        contract.refresh_from_db()
        at = cast.at(turn.day)
        if turn.side == "us":
            _our_turn(cast, deal, contract, turn, slug, lead, at)
            continue
        sent = contract.last_turn(ours=True)
        data = contracts.build(slug)
        if sent is not None:
            data = contracts.returned(
                files.read_bytes(sent.version.file),
                tracked=list(turn.tracked),
                silent=list(turn.silent),
                author=f"{story.guest(turn.by).name} (Harbour Cloud)",
                date=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            )
        _upload(contract, data, f"{contract.title}.docx", lead, at, theirs=True)
        _answer(cast, deal, contract, turn)


def _upload(
    contract: Contract,
    data: bytes,
    file_name: str,
    by: Membership,
    at: datetime.datetime,
    *,
    theirs: bool | None = None,
) -> Version:
    from_them = contract.paper == "theirs" if theirs is None else theirs
    side = contract.negotiation.their_side() if from_them else contract.negotiation.our_side()
    version = versions.add_version(contract=contract, data=data, file_name=file_name, side=side, by=by, at=at)
    jobs.drain()
    version.refresh_from_db()
    if not version.is_ready():
        raise RuntimeError(f"{contract.title}: {version.failure or 'was not read'}")
    return version


def _our_turn(
    cast: Cast, deal: Deal, contract: Contract, turn: Turn, slug: str, lead: Membership, at: datetime.datetime
) -> None:
    if contract.latest_version() is None:
        _upload(contract, contracts.build(slug), contracts.contract(slug).file_name, lead, at, theirs=False)
    reasons = {decision.edit: decision.justification for decision in deal.decisions if decision.edit}
    for edit in turn.tracked:
        _edit(contract, edit, lead, reasons.get(edit, ""))
    if contract.paper == "theirs":
        _reserve_the_rest(contract, lead)
    _send(cast, deal, contract, lead, turn.message, at)


def _reserve_the_rest(contract: Contract, by: Membership) -> None:
    """What was not dealt with in this turn stays open: nothing is conceded by silence."""
    version = contract.ready_version()
    undecided = contract.findings.filter(review__version=version, decision=Decision.OPEN)
    for finding in undecided.exclude(status__in=(FindingStatus.COMPLIANT, FindingStatus.UNSURE)):
        rules = finding.review.playbook_version.data["issues"]
        rung = next(
            (
                one
                for issue in rules
                if issue["code"] == finding.issue
                for one in issue["rungs"]
                if one["id"] == finding.rung
            ),
            None,
        )
        if rung is None or rung.get("approvers"):
            draft.reserve(finding=finding, by=by, seen=finding.version, reason="For the call on Thursday.")


def _edit(contract: Contract, edit: tuple[str, str], by: Membership, reason: str) -> None:
    """Change these words by hand, keeping what was already changed in the same clause."""
    version = contract.ready_version()
    if version is None:
        raise RuntimeError(f"{contract.title} has no readable version")
    find, replace = edit
    block = Block.objects.get(version=version, text__contains=find)
    clause_text = version.clause_texts.filter(
        first_block__lte=block.position, last_block__gte=block.position
    ).order_by("-depth")[0]
    clause = Clause.objects.select_related("contract__negotiation", "organisation").get(
        pk=clause_text.clause_id
    )
    rows = version.blocks.filter(position__gte=clause_text.first_block, position__lte=clause_text.last_block)
    working = draft.open_draft(contract=contract)
    drawn = draw(rows, outgoing.draft_edits(working), author=contract.organisation.name)
    texts = {
        one.key: "".join(piece.text for piece in one.pieces if piece.in_accepted)
        for one in drawn
        if one.row is not None
    }
    texts[block.address] = texts[block.address].replace(find, replace)
    finding = contract.findings.filter(review__version=version, clause=clause).first()
    draft.edit_clause(clause=clause, version=version, texts=texts, by=by, reason=reason, finding=finding)


def _send(
    cast: Cast, deal: Deal, contract: Contract, by: Membership, message: str, at: datetime.datetime
) -> None:
    """Send the turn; where it concedes something, ask, let the right colleague approve, and send again."""
    read_the_rest(contract, by)
    for _attempt in range(3):
        working = draft.open_draft(contract=contract)
        try:
            turns.send_turn(contract=contract, by=by, message=message, seen=working.version, at=at)
        except turns.TurnBlocked:
            approve_all(cast, contract, deal.asks)
        else:
            jobs.drain()
            return
    raise RuntimeError(f"{contract.title}: the turn of the story cannot be sent")


def read_the_rest(contract: Contract, by: Membership) -> None:
    """Tick the clauses that no rule of the playbook covers."""
    version = contract.ready_version()
    if version is not None:
        uncovered.mark_read(version=version, clauses=(), by=by, knowingly=True)


def _answer(cast: Cast, deal: Deal, contract: Contract, turn: Turn) -> None:
    """After their last turn: deals past the negotiation have decided everything of theirs."""
    if deal.stage in (Stage.PREPARATION, Stage.DRAFTING, Stage.ISSUES, Stage.NEGOTIATION):
        return
    version = contract.ready_version()
    if version is None or contract.last_turn(ours=True) is None:
        return
    lead = cast.members[deal.lead]
    for change in version.changes.filter(state=ChangeState.PENDING, side__is_ours=False):
        draft.decide_change(change=change, accept=True, by=lead, seen=change.version)
    settle_the_rest(cast, contract, lead, deal.asks)
