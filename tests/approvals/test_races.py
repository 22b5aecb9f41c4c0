"""Approving twice at the same moment: one decision, and the loser is told who was first.

On PostgreSQL a read followed by a save double-approves; SQLite hides it. The suite runs on both.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from accounts.services import audit
from approvals.models import ApprovalDecision, ApprovalRequest, RequestState
from approvals.services import decisions
from tests.builders import four_people
from tests.deals import Table, concession, finding, table

RACES = 200
AT_ONCE = 2


def many_requests(at: Table, number: int) -> list[ApprovalRequest]:
    """Requests ready to be decided, made in bulk: only deciding is raced."""
    found = finding(at)
    what = concession(found)
    rows = ApprovalRequest.objects.bulk_create(
        ApprovalRequest(
            organisation=at.people.ours,
            negotiation=at.negotiation,
            contract=at.contract,
            finding=found,
            issue=f"issue_{place}",
            issue_title=f"Race {place}",
            rung=what.rung,
            rung_index=what.rung_index,
            risk="medium",
            text_hash="0" * 64,
            requested_by=at.people.alice,
        )
        for place in range(number)
    )
    for row in rows:
        row.steps.create(organisation=row.organisation, team=at.ines.teams.get())
    return rows


@pytest.mark.django_db(transaction=True)
def test_of_those_who_approve_at_once_one_wins():
    at = table(four_people())
    rows = many_requests(at, RACES)
    gate = threading.Barrier(AT_ONCE, timeout=60)

    def run(racer: int) -> list[str]:
        told = []
        try:
            for row in rows:
                mine = ApprovalRequest.objects.get(pk=row.pk)
                gate.wait()
                try:
                    decisions.decide(request=mine, outcome=RequestState.APPROVED, by=at.ines, seen=1)
                    told.append("won")
                except Conflict as conflict:
                    told.append(conflict.message)
        finally:
            connection.close()
        return told

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(run, range(AT_ONCE)))

    for place in range(RACES):
        said = sorted(answer[place] == "won" for answer in answers)
        assert said == [False] * (AT_ONCE - 1) + [True], place
    losers = {answer for racer in answers for answer in racer if answer != "won"}
    assert losers == {"Ines already decided: approved. Your decision was not recorded."}
    assert ApprovalDecision.objects.count() == RACES
    assert AuditEntry.objects.filter(action="approval.approved").count() == RACES
    assert set(ApprovalRequest.objects.values_list("state", "version")) == {(RequestState.APPROVED, 2)}
    assert audit.verify_chain(at.people.ours).is_whole
