"""Plays the demo story through the real services: every version passes the gate, every turn is written by the
engine, every concession asks its approvers. Loading twice changes nothing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

import jobs
from accounts.models import Membership, Organisation, Role, User
from accounts.services import files, people
from approvals.models import ApprovalRequest, RequestState
from approvals.services import decisions as deciding
from approvals.services.requests import may_decide
from config.demo import contracts, story
from config.demo.deals.confidentiality import CONFIDENTIALITY
from config.demo.story_model import Ask, Deal, Duty, Remark, Stage, Turn
from negotiation.markup import draw
from negotiation.models import (
    Block,
    ChangeState,
    Clause,
    Contract,
    Decision,
    FindingStatus,
    Negotiation,
    Version,
)
from negotiation.models import Stage as DealStage
from negotiation.services import agreements, comments, deals, draft, outgoing, turns, versions
from obligations.services import performance
from playbooks.models import Playbook, PlaybookVersion
from playbooks.services import publishing
from signing.models import Signer
from signing.services import envelopes

ROLES = {
    "admin": [Role.ADMIN, Role.LEGAL, Role.APPROVER],
    "legal": [Role.LEGAL],
    "business": [Role.BUSINESS, Role.APPROVER],
    "approver": [Role.APPROVER],
    "operations": [Role.OPERATIONS, Role.APPROVER],
    "auditor": [Role.AUDITOR],
    "read-only": [Role.READ_ONLY],
}
TEAMS = {
    "legal": "Legal",
    "general_counsel": "General counsel",
    "cfo": "Chief financial officer",
    "finance": "Finance",
    "privacy": "Privacy",
    "security": "Security",
    "procurement": "Procurement",
    "people": "People",
    "business": "Business",
    "operations": "Operations",
}
FUNCTION_TEAM = {"privacy_officer": "privacy", "business_owner": "business", "service_owner": "operations"}
STAGES = dict(zip(Stage, DealStage, strict=True))


@dataclass(frozen=True)
class Cast:
    """The sample organisation's people by story key, and the playbooks by name."""

    organisation: Organisation
    members: dict[str, Membership]
    playbooks: dict[str, PlaybookVersion]
    now: datetime.datetime

    def at(self, day: int, hour: int = 10) -> datetime.datetime:
        """A moment of the story: so many days from now, in the morning unless told."""
        return (self.now + timedelta(days=day)).replace(hour=hour, minute=5, second=0, microsecond=0)


def load_demo(*, now: datetime.datetime | None = None) -> Cast:
    """Load the sample organisation if it is not there yet; gives its people either way."""
    known = Organisation.objects.filter(name=story.NORTHGATE.name).first()
    if known is not None:
        return _cast(known, now or timezone.now())
    with transaction.atomic():
        cast = _make_cast(now or timezone.now())
    for deal in story.DEALS:
        _play(cast, deal)
    return cast


def _cast(organisation: Organisation, now: datetime.datetime) -> Cast:
    rows = Membership.objects.filter(organisation=organisation).select_related("user", "organisation")
    by_email = {row.user.email: row for row in rows}
    members = {one.key: by_email[one.email] for one in story.PEOPLE}
    books = {
        book.slug: version
        for book in Playbook.objects.filter(organisation=organisation)
        if (version := book.published()) is not None
    }
    return Cast(organisation, members, books, now)


def _make_cast(now: datetime.datetime) -> Cast:
    organisation = people.create_organisation(name=story.NORTHGATE.name, zone="Europe/Berlin", currency="EUR")
    hashed = make_password(story.PASSWORD)  # once: argon2 takes its time on purpose
    teams: dict[str, list[Membership]] = {code: [] for code in TEAMS}
    for one in story.PEOPLE:
        member = people.add_member(
            organisation=organisation,
            email=one.email,
            name=one.name,
            title=one.job,
            roles=ROLES[one.role],
            by=None,
        )
        User.objects.filter(pk=member.user.pk).update(password=hashed)
        for function in one.functions:
            teams[FUNCTION_TEAM.get(function, function)].append(member)
        if one.role in ("legal", "operations", "business"):
            teams[one.role].append(member)
    for code, name in TEAMS.items():
        people.set_team(organisation=organisation, code=code, name=name, members=teams[code], by=None)
    publishing.install_shipped(organisation=organisation, by=None)
    _our_law(organisation)
    return _cast(organisation, now)


def _our_law(organisation: Organisation) -> None:
    """Northgate sits in Hamburg: its playbooks ask for German law, in a second published version of each."""
    for book in Playbook.objects.filter(organisation=organisation):
        published = book.published()
        if published is None or "our_laws" not in published.data.get("lists", {}):
            continue
        data = {**published.data, "lists": {**published.data["lists"], "our_laws": ["Germany"]}}
        text = publishing.yaml_of(data)
        version = publishing.import_yaml(organisation=organisation, text=text, by=None)
        publishing.publish(version=version, by=None)


# --- one deal -----------------------------------------------------------------------------------------------


def _play(cast: Cast, deal: Deal) -> None:
    lead = cast.members[deal.lead]
    their_lead = story.guest(deal.their_lead)
    negotiation = deals.open_negotiation(
        title=deal.title,
        counterparty_name=story.SUPPLIER.name,
        by=lead,
        objectives=_objectives(deal),
        value_minor=deal.value * 100 * 12 // max(deal.term_months, 12) if deal.value else None,
        term_months=deal.term_months,
        law="England and Wales",
        their_lead=(their_lead.name, their_lead.email),
        team=list(cast.members.values()),
        at=cast.at(deal.opened_day),
    )
    by_slug = {slug: _add_contract(cast, negotiation, slug, lead) for slug in deal.contracts}
    for slug, contract in by_slug.items():
        _play_turns(cast, deal, contract, [turn for turn in deal.turns if turn.contract == slug])
    for remark in deal.remarks:
        _remark(cast, by_slug[remark.place.contract], remark)
    for ask in deal.asks:
        if ask.status == "pending":
            _ask(cast, by_slug[ask.place.contract], ask)
    _finish(cast, deal, by_slug)
    _enter_stage(cast, negotiation, deal, lead)


def _objectives(deal: Deal) -> str:
    if deal.preparation is None:
        return deal.summary
    wanted = [f"{one.kind}: {one.text} ({one.measure})" for one in deal.preparation.objectives]
    return "\n".join([deal.summary, *wanted, f"Walk away: {deal.preparation.walk_away}"])


def _add_contract(cast: Cast, negotiation: Negotiation, slug: str, lead: Membership) -> Contract:
    entry = contracts.contract(slug)
    return deals.add_contract(
        negotiation=negotiation,
        title=entry.title,
        paper=entry.paper,
        our_role=entry.our_role.lower(),
        playbook_version=cast.playbooks.get(entry.playbook or ""),
        by=lead,
    )


def _play_turns(cast: Cast, deal: Deal, contract: Contract, played: Sequence[Turn]) -> None:
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


def _ask(cast: Cast, contract: Contract, ask: Ask) -> None:
    """Concede what the story says is waiting for an approver: the request opens by itself."""
    version = contract.ready_version()
    if version is None:
        return
    start = version.text.find(ask.place.quote)
    finding = contract.findings.filter(
        review__version=version, decision=Decision.OPEN, start__lte=start, end__gt=start
    ).first()
    if start >= 0 and finding is not None:
        draft.concede(
            finding=finding, by=cast.members[ask.asked_by], seen=finding.version, reason=ask.business_reason
        )


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
    for _attempt in range(3):
        working = draft.open_draft(contract=contract)
        try:
            turns.send_turn(contract=contract, by=by, message=message, seen=working.version, at=at)
        except turns.TurnBlocked:
            _approve_all(cast, contract, deal.asks)
        else:
            jobs.drain()
            return
    raise RuntimeError(f"{contract.title}: the turn of the story cannot be sent")


def _approve_all(cast: Cast, contract: Contract, asks: Sequence[Ask]) -> None:
    said = {ask.approver: ask.words for ask in asks if ask.status == "approved"}
    for request in ApprovalRequest.objects.filter(contract=contract, state=RequestState.OPEN):
        for key, member in cast.members.items():
            request.refresh_from_db()
            waiting = request.steps.filter(state="waiting")
            if request.state == RequestState.OPEN and any(may_decide(member, step) for step in waiting):
                deciding.decide(
                    request=request,
                    outcome=RequestState.APPROVED,
                    by=member,
                    seen=request.version,
                    comment=said.get(key, "Fine for this supplier and this value."),
                )


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


def _remark(cast: Cast, contract: Contract, remark: Remark) -> None:
    version = contract.ready_version()
    member = cast.members.get(remark.by)
    if version is None or member is None:
        return
    start = version.text.find(remark.place.quote)
    clause_text = (
        version.clause_texts.filter(start__lte=start, end__gt=start).order_by("-depth").first()
        if start >= 0
        else None
    )
    comments.add_comment(
        contract=contract,
        body=remark.text,
        visibility=remark.audience,
        by=member,
        clause=clause_text.clause if clause_text else None,
    )


# --- the later stages ---------------------------------------------------------------------------------------


def _finish(cast: Cast, deal: Deal, by_slug: dict[str, Contract]) -> None:
    if deal.stage not in (Stage.APPROVAL, Stage.HANDOVER):
        return
    lead = cast.members[deal.lead]
    for contract in by_slug.values():
        if deal.stage == Stage.HANDOVER:
            _agree(cast, deal, contract, lead)
            _sign(cast, deal, contract, lead)
    if deal.key == CONFIDENTIALITY.key:
        for duty in deal.duties:
            _duty(cast, by_slug[duty.place.contract], duty, lead)


def _agree(cast: Cast, deal: Deal, contract: Contract, by: Membership) -> None:
    their_person = story.guest(deal.their_lead).name
    for _attempt in range(3):
        contract.refresh_from_db()
        try:
            agreements.agree_text(
                contract=contract,
                by=by,
                their_person=their_person,
                evidence=f"Mail of {their_person}: “we accept this version”.",
                seen=contract.version,
                at=cast.at(deal.stage_day - 4),
            )
        except turns.TurnBlocked:
            _approve_all(cast, contract, deal.asks)
        else:
            jobs.drain()
            return
    raise RuntimeError(f"{contract.title}: the text of the story cannot be agreed")


def _sign(cast: Cast, deal: Deal, contract: Contract, by: Membership) -> None:
    contract.refresh_from_db()
    ours, theirs = contract.negotiation.our_side(), contract.negotiation.their_side()
    alice, grace = story.person("alice"), story.guest("grace")
    envelope = envelopes.start_signing(
        contract=contract,
        invited=[
            envelopes.Invited(
                side=ours,
                name=alice.name,
                email=alice.email,
                title=alice.job,
                member=cast.members["alice"],
            ),
            envelopes.Invited(side=theirs, name=grace.name, email=grace.email, title=grace.job, position=2),
        ],
        by=by,
        at=cast.at(deal.stage_day - 2),
    )
    for signer in Signer.objects.filter(envelope=envelope).order_by("position"):
        signer = Signer.objects.select_related(
            "envelope__contract__negotiation",
            "envelope__file",
            "organisation",
            "member__user",
            "guest",
            "side",
        ).get(pk=signer.pk)
        envelopes.sign(
            signer=signer,
            typed_name=signer.name,
            consents=True,
            document_sha256=envelope.document_sha256,
            seen=signer.version,
            address="127.0.0.1",
            agent="demonstration data",
            at=cast.at(deal.stage_day - 1),
        )


def _duty(cast: Cast, contract: Contract, duty: Duty, by: Membership) -> None:
    contract.refresh_from_db()
    due_on = story.on(cast.now.date(), duty.due) if duty.due is not None else None
    obligation = performance.add_obligation(
        contract=contract,
        title=duty.title,
        bearer="ours" if duty.bearer == "us" else "theirs",
        by=by,
        owner=cast.members.get(duty.owner),
        due_on=due_on,
    )
    if duty.status == "fulfilled":
        performance.record_outcome(
            obligation=obligation,
            outcome="fulfilled",
            evidence=duty.evidence,
            by=by,
            seen=obligation.version,
        )


def _enter_stage(cast: Cast, negotiation: Negotiation, deal: Deal, by: Membership) -> None:
    """Bring the deal to the story's stage; what is missing on the way is overridden with a reason."""
    from negotiation import stages

    negotiation.refresh_from_db()
    target = STAGES[deal.stage]
    while stages.ORDER.index(negotiation.stage) < stages.ORDER.index(target):
        following = stages.ORDER[stages.ORDER.index(negotiation.stage) + 1]
        deals.move_to_stage(
            negotiation=negotiation,
            target=following,
            by=by,
            override_reason=deal.summary,
            at=cast.at(deal.stage_day),
        )
        negotiation.refresh_from_db()
    if stages.ORDER.index(negotiation.stage) > stages.ORDER.index(target):
        deals.move_to_stage(negotiation=negotiation, target=target, by=by, at=cast.at(deal.stage_day))
