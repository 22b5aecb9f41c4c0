"""The demo story played through the services: what it leaves reads like a deal that really happened."""

from datetime import UTC, datetime, timedelta

import pytest

from config.demo.cast import make_cast
from config.demo.deals.confidentiality import CONFIDENTIALITY
from config.demo.load import play
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
