"""Trades: a position that is given for something in return holds only while that stands."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models.base import Conflict
from jobs.testing import run_all
from negotiation.models import Comment, Trade
from negotiation.services import reviews, trades
from playbooks import library
from playbooks.models import PlaybookVersion
from tests.deals import NOON, playbook
from tests.negotiation import deal as builders
from tests.negotiation.deal import arrives
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

PREPAY = "payment of a year in advance"


@pytest.fixture
def bargain(db):
    """A deal under a playbook whose five-year rung is given for payment in advance only."""
    deal = builders.opened()
    first = playbook(deal.who)
    book = library.shipped("mutual-nda")
    issues = tuple(
        issue
        if issue.code != "secrecy_term"
        else replace(
            issue,
            rungs=tuple(
                replace(rung, trade=PREPAY, needs_trade="prepay") if rung.id == "F2" else rung
                for rung in issue.rungs
            ),
        )
        for issue in book.issues
    )
    changed = replace(book, version="2", issues=issues)
    deal.contract.playbook_version = PlaybookVersion.objects.create(
        organisation=deal.who.ours,
        playbook=first.playbook,
        number=2,
        data=changed.to_data(),
        digest=changed.digest,
        published_at=NOON,
    )
    deal.contract.save(update_fields=["playbook_version"])
    lines = [one.replace("seven (7)", "five (5)") for one in builders.LINES]
    arrives(deal, doc(*lines))
    return deal


def test_a_position_holds_while_its_trade_stands_and_reopens_when_it_falls(bargain, as_):
    deal, client = bargain, as_(bargain.who.alice)
    row = deal.finding("secrecy_term")
    assert (row.status, row.rung) == ("outside", "walk_away")
    assert [one.code for one in trades.known(deal.negotiation)] == ["prepay"]
    page = client.get(deal.contract.get_absolute_url() + f"?finding={row.uuid}").content.decode()
    assert PREPAY in page
    agree = reverse("negotiation:agree_trade", args=[deal.negotiation.uuid])
    client.post(agree, {"code": "prepay", "evidence": "Mail of Dana, 20 November.", "back": "//elsewhere"})
    run_all()
    row.refresh_from_db()
    assert reviews.deal_facts(deal.contract)["trades"] == ("prepay",)
    assert (row.status, row.rung) == ("fallback", "F2")
    client.post(
        reverse("negotiation:decide_finding", args=[row.uuid]),
        {"decision": "concede", "version": row.version, "reason": "They pay in advance."},
    )
    trade = Trade.objects.get()
    body = client.get(deal.contract.get_absolute_url()).content.decode()
    assert "Trade agreed:" in body
    drop = reverse("negotiation:drop_trade", args=[trade.uuid])
    client.post(drop, {"version": trade.version, "reason": ""})
    trade.refresh_from_db()
    assert trade.fallen_at is None  # a reason is needed
    client.post(drop, {"version": trade.version, "reason": "They pay monthly after all."})
    run_all()
    row.refresh_from_db()
    assert (row.rung, row.decision) == ("walk_away", "open")
    assert "A trade was agreed, or fell." in row.reopened


def test_a_trade_is_asked_for_outside_and_concedes_nothing(bargain, as_):
    row = bargain.finding("secrecy_term")
    as_(bargain.who.alice).post(
        reverse("negotiation:decide_finding", args=[row.uuid]),
        {"decision": "ask_trade", "rung": "F2", "version": row.version, "text": "Could you pay in advance?"},
    )
    row.refresh_from_db()
    assert row.decision == "reserved"
    said = Comment.objects.get(finding=row)
    assert (said.visibility, said.body) == ("external", "Could you pay in advance?")
    assert not Trade.objects.exists()


def test_only_a_trade_that_a_position_asks_for_is_recorded_once_and_with_evidence(bargain):
    deal, by = bargain.negotiation, bargain.who.alice
    with pytest.raises(ValidationError, match="No position"):
        trades.agree_trade(negotiation=deal, code="gold", evidence="A call.", by=by)
    with pytest.raises(ValidationError, match="where they agreed"):
        trades.agree_trade(negotiation=deal, code="prepay", evidence=" ", by=by)
    trade = trades.agree_trade(negotiation=deal, code="prepay", evidence="A call.", by=by)
    with pytest.raises(Conflict):
        trades.agree_trade(negotiation=deal, code="prepay", evidence="A call.", by=by)
    trades.drop_trade(trade=trade, reason="No.", by=by, seen=trade.version)
    with pytest.raises(Conflict):
        trades.drop_trade(trade=trade, reason="No.", by=by, seen=1)
    trades.agree_trade(negotiation=deal, code="prepay", evidence="Another call.", by=by)
    assert Trade.objects.filter(fallen_at=None).count() == 1
