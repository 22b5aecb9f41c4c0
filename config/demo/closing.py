"""The end of a deal: the text agreed, signed by both sides, and the duties that follow."""

from datetime import timedelta

import jobs
from accounts.models import Membership
from config.demo import story
from config.demo.approving import approve_all
from config.demo.cast import Cast
from config.demo.story_model import Deal, Duty
from config.demo.turns import read_the_rest
from negotiation.models import Contract
from negotiation.services import agreements, turns
from obligations.services import performance
from signing.services import envelopes
from signing.services.invitations import token_of


def agree(cast: Cast, deal: Deal, contract: Contract, by: Membership) -> None:
    their_person = story.guest(deal.their_lead).name
    read_the_rest(contract, by)
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
            approve_all(cast, contract, deal.asks)
        else:
            jobs.drain()
            return
    raise RuntimeError(f"{contract.title}: the text of the story cannot be agreed")


def sign(cast: Cast, deal: Deal, contract: Contract, by: Membership) -> None:
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
    # Each comes by their own link, as a signer does, the second after the first; reading takes a while.
    for row, hour in zip(envelope.signers.order_by("position"), (10, 14), strict=True):
        opened = cast.at(deal.stage_day - 1, hour)
        signer = envelopes.signer_of(token_of(row.uuid), at=opened)
        if signer is None:
            raise RuntimeError(f"{contract.title}: the link of {row.name} does not open")
        envelopes.record_opened(signer=signer, at=opened)
        envelopes.sign(
            signer=signer,
            typed_name=signer.name,
            consents=True,
            document_sha256=envelope.document_sha256,
            seen=signer.version,
            address="127.0.0.1",
            agent="demonstration data",
            at=opened + timedelta(minutes=25),
        )


def add_duty(cast: Cast, contract: Contract, duty: Duty, by: Membership) -> None:
    """A duty of the story: one that the signed rungs made already is not entered a second time."""
    contract.refresh_from_db()
    due_on = story.on(cast.now.date(), duty.due) if duty.due is not None else None
    obligation = contract.obligations.filter(title=duty.title).first() or performance.add_obligation(
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
            at=cast.at(min(duty.due or 0, 0)),
        )
