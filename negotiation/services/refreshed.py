"""Findings while a draft is open: where each issue stands with the draft written in.

Every decision and every edit judges the outgoing text again, without looking for proposals; what differs from
the version the draft stands on is kept with the draft and shown on the cards. An edit in one clause may move
another one that rests on its definition or value: that issue is named too.
"""

from typing import Any

import redline
from negotiation.models import Contract, Draft, Finding, Version
from negotiation.services import beside, reviews
from playbooks import review as engine
from playbooks.findings import blocks_of
from playbooks.judge import Standing
from playbooks.meaning import rests_on


def keep(contract: Contract, version: Version, draft: Draft, document: redline.Document) -> None:
    """Keep with the draft where it differs from the findings of its base. One that was written to meanwhile
    is left alone: whoever wrote judges it again."""
    Draft.objects.filter(pk=draft.pk, version=draft.version).update(
        standing=differences(contract, version, document)
    )


def differences(contract: Contract, version: Version, document: redline.Document) -> dict[str, Any]:
    """Issue → status, rung and changed terms, for the issues that read otherwise than their findings say."""
    if contract.playbook_version is None:
        return {}
    playbook = reviews.rules_of_version(contract.playbook_version)
    page = beside.page_of(contract, document)
    case = engine.case_of(playbook, page, reviews.deal_facts(contract), contract.paper)
    rows = Finding.objects.filter(review__version=version)
    known = {row.issue: row for row in rows.only("issue", "status", "rung", "rests_on")}
    found = {}
    for issue in playbook.issues:
        row = known.get(issue.code)
        if row is None:
            continue
        standing = case.standing(issue)
        now = [dict(one) for one in rests_on(page, standing.instance)]
        terms = _changed(row.rests_on, now)
        if (row.status, row.rung) != (standing.status, standing.rung or "") or terms:
            found[issue.code] = _row(standing, terms, contract, blocks_of(page, standing.instance))
    return found


def _row(standing: Standing, terms: list[str], contract: Contract, blocks: tuple[str, ...]) -> dict[str, Any]:
    own = [block for address in blocks if (block := beside.own_block(contract, address))]
    return {
        "status": standing.status,
        "rung": standing.rung or "",
        "why": standing.why_unsure[:300],
        "terms": terms,
        "block": own[0] if own else "",
    }


def _changed(before: Any, now: list[dict[str, str]]) -> list[str]:
    """The defined terms whose words changed, of those the finding rests on before and after."""
    if before is None:
        return []
    old = {one["term"]: one["digest"] for one in before}
    return sorted(one["term"] for one in now if one["term"] in old and old[one["term"]] != one["digest"])
