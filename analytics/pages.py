"""Runs as the plain values their pages show."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics import endings as ended
from analytics.endings import Ending, Spread
from analytics.models import ItemState, Run, RunItem, RunKind, SuggestionAnswer
from analytics.services import answers
from analytics.services.items import counts_of
from analytics.suggestions import DROP, FREE, INSERT, LIST, Suggestion, is_there, list_asked, with_rung
from playbooks import rules
from playbooks.backtest import APPROVAL, STOP, Count, Outcome, Stood, Tally, tally
from playbooks.condition_words import describe
from playbooks.conditions import Compare, Ref
from playbooks.everywhere import specs_of
from playbooks.pages import ROLE_NAMES, cost, rung_name
from playbooks.rules import OUTSIDE, ApproverRule, Issue, Playbook

ICONS = {RunKind.HISTORY: "history", RunKind.BACKTEST: "target", RunKind.BULK: "files"}
ROWS_OF_VALUE = 12
"""Different figures or words of one value shown; the rest is summed up in a last row."""


def line(run: Run) -> dict[str, Any]:
    """One run of the list."""
    return {
        "title": run.title,
        "url": run.get_absolute_url(),
        "kind": str(run.get_kind_display()),
        "icon": ICONS[RunKind(run.kind)],
        "version": run.playbook_version.number,
        "is_draft": run.playbook_version.published_at is None,
        "total": run.total,
        "done": run.done,
        "state": state_of(run),
        "by": run.started_by.user.name if run.started_by else "",
        "at": run.created_at,
    }


def state_of(run: Run) -> str:
    """running, stopped or ready."""
    if run.finished_at is not None:
        return "ready"
    return "stopped" if run.stopped_at is not None else "processing"


def progress(run: Run, *, may_stop: bool) -> dict[str, Any]:
    """How far the run is, for the box that asks again until it is done."""
    counts = counts_of(run)
    return {
        "url": reverse("analytics:progress", args=[run.uuid]),
        "state": state_of(run),
        "done": run.done,
        "total": run.total,
        "failed": counts[ItemState.FAILED],
        "stop_url": reverse("analytics:stop", args=[run.uuid]) if may_stop and run.is_running else "",
    }


# --- Many contracts ---------------------------------------------------------------------------------------


def item_line(item: RunItem) -> dict[str, Any]:
    """One document of a run."""
    return {
        "title": item.title,
        "deal": item.contract.negotiation.title if item.contract else "",
        "url": item.get_absolute_url() if item.state == ItemState.READY else "",
        "state": item.state,
        "failure": item.failure,
        "risk": item.risk_level,
        "score": item.risk_score,
        "high": item.high,
        "medium": item.medium,
        "low": item.low,
        "unsure": item.unsure,
        "worst": item.worst,
    }


# --- A trial ----------------------------------------------------------------------------------------------


def trial(run: Run) -> dict[str, Any]:
    """What the version would have cost in these contracts, beside the version it is compared with."""
    rows = list(run.items.filter(state=ItemState.READY).order_by("position"))
    new = [Outcome.from_data(row.outcome or {}) for row in rows]
    counts = tally(new)
    before = None
    if run.against is not None:
        before = tally(Outcome.from_data(row.outcome_against or {}) for row in rows)
    return {
        "has_before": before is not None,
        "stats": _cost_row("", counts.total, before.total if before else None),
        "issues": _by_issue(counts, before),
        "approvers": _by_approver(counts, before),
        "contracts": sorted(
            (_by_contract(row, found) for row, found in zip(rows, new, strict=True)),
            key=lambda one: (-one["stops"], -one["approvals"], -one["findings"]),
        ),
    }


def _cost_row(title: str, now: Count, before: Count | None) -> dict[str, Any]:
    cells = {
        name: {"now": getattr(now, name), "before": getattr(before, name) if before is not None else None}
        for name in ("findings", "approvals", "stops", "unsure")
    }
    return {"title": title, "contracts": now.contracts, **cells}


def _by_issue(now: Tally, before: Tally | None) -> list[dict[str, Any]]:
    """What costs most first; ties in the playbook's order."""
    titles = {**(before.titles if before else {}), **now.titles}
    order = [*now.issues, *(code for code in (before.issues if before else {}) if code not in now.issues)]
    rows = []
    for code in order:
        was = before.issues.get(code, Count()) if before is not None else None
        rows.append({"code": code, **_cost_row(titles[code], now.issues.get(code, Count()), was)})
    names = ("stops", "approvals", "findings")
    return sorted(rows, key=lambda row: tuple(-max(row[n]["now"], row[n]["before"] or 0) for n in names))


def _by_approver(now: Tally, before: Tally | None) -> list[dict[str, Any]]:
    roles = sorted({*now.approvers, *(before.approvers if before else {})})
    rows = []
    for role in roles:
        here, was = now.approvers.get(role), before.approvers.get(role) if before else None
        cells = {
            name: {
                "now": getattr(here, name, 0),
                "before": getattr(was, name, 0) if before is not None else None,
            }
            for name in ("approvals", "stops", "contracts")
        }
        rows.append({"role": role_name(role), **cells})
    return rows


def role_name(role: str) -> str:
    name = str(ROLE_NAMES.get(role, role.replace("_", " ")))
    return name[:1].upper() + name[1:]


def _by_contract(row: RunItem, found: Outcome) -> dict[str, Any]:
    needs = [one.needs for one in found.stood]
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "risk": found.risk_level,
        "findings": sum(one.is_finding for one in found.stood),
        "approvals": needs.count(APPROVAL),
        "stops": needs.count(STOP),
        "unsure": sum(one.status == "unsure" for one in found.stood),
    }


# --- One document -----------------------------------------------------------------------------------------


def document(item: RunItem) -> dict[str, Any]:
    """One document, issue by issue, the heaviest first."""
    book = rules.Playbook.from_data(item.run.rules)
    found = Outcome.from_data(item.outcome or {})
    before = Outcome.from_data(item.outcome_against) if item.outcome_against else None
    heaviest = sorted(found.stood, key=lambda one: (-one.weight, not one.is_finding))
    return {
        "rows": [_stood(book, one, before) for one in heaviest],
        "elsewhere": [_title(book, code) for code in found.elsewhere],
        "has_before": before is not None,
    }


def _stood(book: Playbook, one: Stood, before: Outcome | None) -> dict[str, Any]:
    issue = _issue(book, one.issue)
    was = before.on(one.issue) if before is not None else None
    rule = ApproverRule(one.mode, one.roles) if one.roles else None
    return {
        "title": one.title,
        "state": one.status if one.status != "compliant" or not one.is_finding else "fallback",
        "rung": rung_said(issue, one.rung),
        "why": one.why,
        "needs": cost(rule),
        "is_stop": one.needs == STOP,
        "clause": one.clause,
        "quote": one.quote,
        "before": _before(one, was),
    }


def _before(now: Stood, was: Stood | None) -> str:
    """What differs under the version it is compared with; empty where nothing does."""
    if was is None or (was.rung, was.needs, was.roles, was.is_finding) == (
        now.rung,
        now.needs,
        now.roles,
        now.is_finding,
    ):
        return ""
    asks = cost(ApproverRule(was.mode, was.roles) if was.roles else None)
    stands = was.rung if was.rung not in {"", OUTSIDE} else rung_said(None, was.rung)
    return ", ".join(part for part in (stands, asks) if part)


def rung_said(issue: Issue | None, rung: str) -> str:
    """A place on the ladder as people name it."""
    if not rung:
        return _("Could not tell")
    if rung == OUTSIDE:
        return _("Below the last fallback")
    if issue is None or rung not in {one.id for one in issue.rungs}:
        return rung
    return f"{rung_name(issue.position(rung))}: {issue.rung(rung).label}"


def _issue(book: Playbook, code: str) -> Issue | None:
    return next((issue for issue in book.issues if issue.code == code), None)


def _title(book: Playbook, code: str) -> str:
    issue = _issue(book, code)
    return issue.title if issue else code.replace("_", " ")


# --- What history says ------------------------------------------------------------------------------------


def history(run: Run, *, may_answer: bool) -> dict[str, Any]:
    """How each issue ended, what stands out, and what could be changed."""
    book = rules.Playbook.from_data(run.rules)
    found = answers.endings_of(run)
    asked = answers.suggested(run, found)
    draft = run.playbook_version.playbook.draft()
    rules_now = rules.Playbook.from_data(draft.data) if draft else book
    known = {row.key: row for row in run.answers.select_related("by__user")}
    links = _links(run, asked)
    issues = [
        {
            **_issue_history(book, issue, found.get(issue.code, [])),
            "suggestions": [
                _suggestion(book, issue, one, known.get(one.key), rules_now, links)
                for one in asked
                if one.issue == issue.code
            ],
        }
        for issue in book.issues
        if found.get(issue.code)
    ]
    return {
        "issues": issues,
        "open": sum(not one["answer"] for issue in issues for one in issue["suggestions"]),
        "contracts": run.items.filter(state=ItemState.READY).count(),
        "accept_url": reverse("analytics:accept", args=[run.uuid]) if may_answer else "",
        "draft_url": reverse("playbooks:version", args=[draft.uuid]) if draft and may_answer else "",
    }


def _links(run: Run, asked: Sequence[Suggestion]) -> dict[int, dict[str, str]]:
    wanted = {item for one in asked for item in one.items[:6]}
    rows = run.items.filter(position__in=wanted).defer("outcome", "outcome_against")
    return {row.position: {"title": row.title, "url": row.get_absolute_url()} for row in rows}


def _issue_history(book: Playbook, issue: Issue, endings: Sequence[Ending]) -> dict[str, Any]:
    spreads = ended.spreads(issue, endings)
    rests = ended.rests(issue, endings)
    told = rests[0].told if rests else 0
    outside = sum(one.stood.rung == OUTSIDE for one in endings)
    unsure = sum(one.stood.status == "unsure" for one in endings)
    rungs = [
        {
            "name": rung_name(position),
            "label": issue.rung(rest.rung).label,
            "needs": cost(issue.rung(rest.rung).approvers),
            "ended": rest.ended,
            "percent": percent(rest.ended, told),
            "remark": _remark(rest),
        }
        for position, rest in enumerate(rests)
    ]
    below = {"name": _("Below the last fallback"), "label": "", "needs": cost(issue.walk_away.approvers)}
    rungs.append({**below, "ended": outside, "percent": percent(outside, told), "remark": ""})
    return {
        "code": issue.code,
        "title": issue.title,
        "contracts": len(endings),
        "told": told,
        "unsure": unsure,
        "rungs": rungs,
        "spreads": [spread_of(one) for one in spreads[:4]],
        "ladder": _ladder(book, issue, endings),
    }


def _ladder(book: Playbook, issue: Issue, endings: Sequence[Ending]) -> list[dict[str, Any]]:
    """The rungs that the agreed figures suggest by themselves, our best first."""
    main, better = ended.main_value(issue), ended.direction(issue, book.side)
    told = [ended.number(one.stood.values.get(main)) for one in endings]
    figures = [value for value in told if value is not None]
    if not better or not figures:
        return []
    op = "<=" if better == "lower" else ">="
    specs = specs_of(issue.topic)
    return [
        {
            "name": rung_name(position),
            "label": describe(Compare(Ref("value", main), op, step.value), specs),
            "support": step.support,
            "of": step.of,
            "percent": percent(step.support, step.of),
        }
        for position, step in enumerate(ended.ladder(figures, better))
    ]


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _remark(rest: ended.Rest) -> str:
    if rest.state == "conceded":
        return _("given up in every one of %(n)d deals") % {"n": rest.told}
    if rest.state == "dead":
        return _("never reached in %(n)d deals") % {"n": rest.told}
    return ""


def spread_of(one: Spread) -> dict[str, Any]:
    """One value's distribution with its figures in a row."""
    shown, rest = one.rows[:ROWS_OF_VALUE], one.rows[ROWS_OF_VALUE:]
    rows = [{"value": said(value), "count": n, "percent": percent(n, one.read)} for value, n in shown]
    if rest:
        n = sum(count for _value, count in rest)
        rows.append(
            {"value": _("%(n)d others") % {"n": len(rest)}, "count": n, "percent": percent(n, one.read)}
        )
    return {
        "title": one.says,
        "read": one.read,
        "silent": one.silent,
        "unread": one.unread,
        "rows": rows,
        "middle": said(one.median) if one.median is not None else "",
        "low": said(one.low) if one.low is not None else "",
        "high": said(one.high) if one.high is not None else "",
    }


def said(value: Any) -> str:
    """A stored value in words: figures grouped, codes without underscores, sets as lists."""
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, list | tuple):
        return ", ".join(said(one) for one in value) or _("none")
    return str(value).replace("_", " ")


def _suggestion(
    book: Playbook,
    issue: Issue,
    one: Suggestion,
    answer: SuggestionAnswer | None,
    now: Playbook,
    links: Mapping[int, Mapping[str, str]],
) -> dict[str, Any]:
    done = ""
    if answer is not None:
        word = _("accepted by %(name)s") if answer.accepted else _("set aside by %(name)s")
        done = word % {"name": answer.by.user.name}
    elif is_there(now, one):
        done = _("the draft says so already")
    return {
        "key": one.key,
        "sentence": sentence(book, issue, one),
        "why": why(one),
        "quotes": list(one.quotes),
        "contracts": [links[item] for item in one.items if item in links],
        "more": max(0, len(one.items) - 6),
        "answer": done,
    }


def sentence(book: Playbook, issue: Issue, one: Suggestion) -> str:
    """What would be changed."""
    if one.kind == INSERT and one.value is not None:
        made = with_rung(book, issue, one.value)
        position, label = (made[0], made[1].label) if made else (len(issue.rungs), said(one.value))
        if position == 0:
            return _("Open with “%(label)s”, above today's preferred rung") % {"label": label}
        if position == len(issue.rungs):
            return _("Add a last fallback: “%(label)s”") % {"label": label}
        return _("Add a rung: “%(label)s”, before “%(next)s”") % {
            "label": label,
            "next": issue.rungs[position].label,
        }
    asked = list_asked(issue) if one.kind == LIST else None
    if asked is not None:
        name = asked[2].replace("_", " ")
        return _("Take “%(word)s” into the list “%(list)s”") % {"word": one.word, "list": name}
    label = issue.rung(one.rung).label
    if one.kind == DROP:
        return _("Drop the fallback “%(label)s”") % {"label": label}
    return _("Let “%(label)s” go without approval") % {"label": label}


def why(one: Suggestion) -> str:
    """The figures that speak for it."""
    figures = {"n": one.support, "of": one.of}
    if one.kind == DROP:
        return _("None of %(of)d deals ended on it.") % figures
    if one.kind == LIST:
        return _("%(n)d of %(of)d deals agreed it, and stand outside the ladder today.") % figures
    if one.kind == FREE:
        return _("It was approved %(n)d times of %(of)d.") % figures
    return _("%(n)d of %(of)d deals would stand on it.") % figures
