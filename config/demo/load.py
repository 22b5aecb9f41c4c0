"""Plays the demo story through the real services: every version passes the gate, every turn is written by the
engine, every concession asks its approvers. Loading twice changes nothing.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, Team
from approvals.services import matrix
from config.demo import closing, contracts, story
from config.demo.approving import concede
from config.demo.cast import Cast, find_cast, make_cast
from config.demo.clauses import put_clauses
from config.demo.deals.confidentiality import CONFIDENTIALITY
from config.demo.insights import try_playbook
from config.demo.story_model import Deal, Remark, Stage
from config.demo.turns import play_turns
from negotiation import stages
from negotiation.models import Contract, Negotiation
from negotiation.models import Stage as DealStage
from negotiation.services import comments, deals

STAGES = dict(zip(Stage, DealStage, strict=True))


def load_demo(*, now: datetime.datetime | None = None) -> Cast:
    """Load the sample organisation if it is not there yet; gives its people either way."""
    known = Organisation.objects.filter(name=story.NORTHGATE.name).first()
    if known is not None:
        return find_cast(known, now or timezone.now())
    with transaction.atomic():
        cast = make_cast(now or timezone.now())
    with _no_mail():
        for deal in story.DEALS:
            play(cast, deal)
    _own_lines(cast)
    put_clauses(cast)
    try_playbook(cast)
    return cast


@contextmanager
def _no_mail() -> Iterator[None]:
    """What the story's people were told by mail lies in the past, and their addresses are nobody's."""
    kept, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = kept


def _own_lines(cast: Cast) -> None:
    """Two lines of the company's own in the approval matrix, for the deals to come."""
    admin = cast.members["alice"]
    cfo = Team.objects.get(organisation=cast.organisation, code="cfo")
    matrix.add_line(by=admin, risk="high", value_from_minor=250_000_00, currency="EUR", team=cfo)
    matrix.add_line(by=admin, issue="assignment", person=cast.members["emil"])


def play(cast: Cast, deal: Deal) -> None:
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
        play_turns(cast, deal, contract, [turn for turn in deal.turns if turn.contract == slug])
    for remark in deal.remarks:
        _remark(cast, by_slug[remark.place.contract], remark)
    for ask in deal.asks:
        if ask.status == "pending":
            concede(cast, by_slug[ask.place.contract], ask)
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


def _finish(cast: Cast, deal: Deal, by_slug: dict[str, Contract]) -> None:
    if deal.stage not in (Stage.APPROVAL, Stage.HANDOVER):
        return
    lead = cast.members[deal.lead]
    for contract in by_slug.values():
        if deal.stage == Stage.HANDOVER:
            closing.agree(cast, deal, contract, lead)
            closing.sign(cast, deal, contract, lead)
    if deal.key == CONFIDENTIALITY.key:
        for duty in deal.duties:
            closing.add_duty(cast, by_slug[duty.place.contract], duty, lead)


def _enter_stage(cast: Cast, negotiation: Negotiation, deal: Deal, by: Membership) -> None:
    """Bring the deal to the story's stage; what is missing on the way is overridden with a reason."""
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
