"""Two people at the same moment, on PostgreSQL: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models.base import Conflict
from negotiation.models import Change, Contract, Finding, Turn, Version
from negotiation.services import draft, turns
from negotiation.services.turns import TurnBlocked
from tests.negotiation.deal import received, settle_everything

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Do them at the same moment; says of each whether it was done or lost the race."""
    together = Barrier(len(actions))

    def one(action: Callable[[], object]) -> str:
        try:
            together.wait()
            action()
        except (Conflict, TurnBlocked, ValidationError) as lost:
            return type(lost).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(one, actions))


def fresh(deal, issue: str) -> Finding:
    return Finding.objects.select_related(
        "contract__negotiation__organisation", "review__version", "review__playbook_version", "organisation"
    ).get(pk=deal.finding(issue).pk)


def test_one_of_two_decisions_stands():
    deal = received()
    mine, hers = fresh(deal, "non_solicit"), fresh(deal, "non_solicit")
    results = at_once(
        lambda: draft.propose(finding=mine, by=deal.who.alice, seen=1),
        lambda: draft.counter(finding=hers, rung="F1", by=deal.who.alice, seen=1),
    )
    assert sorted(results) == ["Conflict", "done"]
    assert Change.objects.filter(origin="draft", state="pending").count() == 1
    assert deal.finding("non_solicit").version == 2


def test_decisions_on_different_issues_do_not_disturb_each_other():
    deal = received()
    rows = [fresh(deal, issue) for issue in ("non_solicit", "secrecy_term", "return_destroy")]
    results = at_once(
        *(lambda row=row: draft.propose(finding=row, by=deal.who.alice, seen=1) for row in rows)
    )
    assert results == ["done"] * 3
    assert Change.objects.filter(origin="draft", state="pending").count() == 3


def test_a_turn_is_sent_once():
    deal = received()
    settle_everything(deal)
    seen = draft.open_draft(contract=deal.contract).version

    def send() -> None:
        contract = Contract.objects.select_related("negotiation", "organisation", "playbook_version").get()
        turns.send_turn(contract=contract, by=deal.who.alice, message="", seen=seen)

    results = at_once(send, send, send)
    assert results.count("done") == 1
    assert Turn.objects.count() == 2
    assert Version.objects.count() == 2


def test_what_is_decided_while_a_turn_leaves_is_sent_or_refused_never_lost():
    deal = received()
    settle_everything(deal)
    row = fresh(deal, "secrecy_term")
    seen = draft.open_draft(contract=deal.contract).version

    def send() -> None:
        contract = Contract.objects.select_related("negotiation", "organisation", "playbook_version").get()
        turns.send_turn(contract=contract, by=deal.who.alice, message="", seen=seen)

    sent, decided = at_once(send, lambda: draft.propose(finding=row, by=deal.who.alice, seen=row.version))
    assert "done" in (sent, decided)
    assert (sent, decided) != ("done", "done")
    assert not Change.objects.filter(origin="draft", state="sent").exists()
