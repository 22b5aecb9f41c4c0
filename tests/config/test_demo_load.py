"""The demo story played through the services: what it leaves reads like a deal that really happened."""

from datetime import UTC, datetime, timedelta

import pytest

from approvals.models import ApprovalRequest
from config.demo.cast import make_cast
from config.demo.deals.confidentiality import CONFIDENTIALITY
from config.demo.deals.privacy import PRIVACY
from config.demo.deals.support import SUPPORT
from config.demo.load import play
from negotiation.models import Contract
from obligations.models import Obligation
from signing.models import Envelope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_signed_deal_was_sent_opened_and_signed_in_this_order_and_long_ago():
    play(make_cast(NOW), CONFIDENTIALITY)
    for envelope in Envelope.objects.all():
        first, second = envelope.signers.order_by("position")
        times = [
            envelope.sent_at,
            first.opened_at,
            first.signed_at,
            second.opened_at,
            second.signed_at,
        ]
        assert times == sorted(set(times))
        assert envelope.completed_at == second.signed_at
        assert envelope.sent_at.date() == (NOW + timedelta(days=CONFIDENTIALITY.stage_day - 2)).date()
    assert Envelope.objects.exists()


@pytest.mark.parametrize("deal", [PRIVACY, SUPPORT], ids=lambda deal: deal.key)
def test_a_deal_past_the_negotiation_has_nothing_open_but_what_its_approver_decides(deal):
    cast = make_cast(NOW)
    play(cast, deal)
    contract = Contract.objects.get()
    left = contract.findings.filter(review__version=contract.ready_version(), decision="open")
    assert list(left.exclude(status="compliant").values_list("issue", flat=True)) == []
    waiting = ApprovalRequest.objects.filter(state="open")
    pending = {ask.place.topic for ask in deal.asks if ask.status == "pending"}
    assert set(waiting.values_list("issue", flat=True)) == pending


def test_the_duties_of_the_signed_deal_do_not_contradict_each_other():
    play(make_cast(NOW), CONFIDENTIALITY)
    duties = Obligation.objects.all()
    titles = [duty.title for duty in duties]
    assert len(titles) == len(set(titles))
    recruiting = duties.get(title__contains="recruiting")
    assert recruiting.state == "fulfilled"
    assert duties.filter(title__contains="olicit", title__endswith="ends").count() == 1
    signed = Contract.objects.get().executed_at.date()
    assert all(duty.due_on is None or duty.due_on > signed for duty in duties)
