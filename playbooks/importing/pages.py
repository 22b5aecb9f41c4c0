"""Imports as the plain values their pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clauses.topics.terms import terms
from clauses.topics.values import Spec
from playbooks.everywhere import specs_of
from playbooks.importing import words
from playbooks.importing.building import Problem, landing, problems_of
from playbooks.importing.columns import APPROVER, ROLES
from playbooks.importing.decisions import Decision, RungChoice, rung_id
from playbooks.importing.labels import label_of, words_of
from playbooks.importing.lines import SourceRow
from playbooks.importing.plan import Book, contract_types, sides
from playbooks.importing.positions import Candidate
from playbooks.importing.proposing import Note, Proposal, positions_of
from playbooks.importing.rule_words import example_on
from playbooks.importing.tables import column_letter
from playbooks.judge import COMPLIANT, Standing
from playbooks.models import TableImport
from playbooks.topics import TOPICS
from playbooks.wordings import render

SHOWN_ROWS = 4  # of each table on the page of its columns
SHORT = 160


def listed(rows: Iterable[TableImport]) -> list[dict[str, Any]]:
    """The imports of an organisation, newest first."""
    return [
        {
            "file": row.file_name,
            "url": reverse("playbooks:tables_rows", args=[row.uuid]),
            "at": row.created_at,
            "by": row.brought_by.user.name if row.brought_by else "",
            "state": row.state,
            "draft_url": reverse("playbooks:version", args=[row.draft.uuid]) if row.draft else "",
            "draft": row.draft.playbook.title if row.draft else "",
        }
        for row in rows
    ]


def columns_page(book: Book) -> dict[str, Any]:
    """Every table with its first rows and what each column is taken for."""
    return {
        "tables": [_table(book, index) for index in range(len(book.tables))],
        "roles": [(role, words.role_name(role)) for role in ROLES],
        "contract_types": [(code, words.contract_name(code)) for code in contract_types()],
        "sides": [(code, code.replace("_", " ")) for code in sides()],
        "plan": book.plan,
    }


def _table(book: Book, index: int) -> dict[str, Any]:
    table, plan = book.tables[index], book.plan.tables[index]
    first = max((plan.columns.header or 0), 0)
    shown = range(first, min(first + SHOWN_ROWS, len(table.rows)))
    return {
        "index": index,
        "name": table.name,
        "rows": len(table.rows),
        "width": table.width,
        "use": plan.use,
        "header": "" if plan.columns.header is None else plan.columns.header + 1,
        "sure": plan.columns.sure,
        "columns": [
            {"index": column, "letter": column_letter(column), "role": role}
            for column, role in enumerate(plan.columns.roles)
        ],
        "sample": [
            {
                "number": row + 1,
                "cells": [_shortened(table.cell(row, column)) for column in range(table.width)],
            }
            for row in shown
        ],
        "bad": [
            _("Row %(row)d, column %(column)s: %(why)s.")
            % {"row": cell.row, "column": column_letter(cell.column - 1), "why": cell.why}
            for cell in table.bad[:20]
        ],
    }


def accounts(book: Book) -> list[dict[str, Any]]:
    """For each table where all its rows went, so that none is lost without a word."""
    return [
        {
            "name": table.name,
            "rows": len(table.rows),
            "use": plan.use,
            "issues": len(found.rows) if plan.use else 0,
            "taken": sum(book.state(row) == "take" for row in found.rows) if plan.use else 0,
            "left": sum(book.state(row) == "leave" for row in found.rows) if plan.use else 0,
            "others": [
                {"count": found.count()[kind], "name": name}
                for kind, name in words.KINDS.items()
                if found.count()[kind]
            ],
        }
        for table, plan, found in zip(book.tables, book.plan.tables, book.sorted, strict=True)
    ]


def template_account(book: Book) -> dict[str, Any] | None:
    """What a template is silent on, and its clauses that no topic reads; None for tables."""
    if book.template is None:
        return None
    plan = book.plan
    silent = book.template.silent_on(plan.side, plan.contract_type)
    return {
        "side": plan.side,
        "contract_type": words.contract_name(plan.contract_type),
        "silent": [TOPICS[topic].title for topic in silent],
        "not_read": book.template.not_read(),
        "elsewhere": book.template.terms_elsewhere,
    }


def row_url(kept: TableImport, row: SourceRow) -> str:
    return f"{reverse('playbooks:tables_row', args=[kept.uuid])}?at={row.key}"


def row_line(book: Book, kept: TableImport, row: SourceRow, proposal: Proposal | None) -> dict[str, Any]:
    """One row of the list: its title, what it is read as, how sure that is, what was decided."""
    decision = book.decisions.get(row.key) or (
        proposal.decision if proposal else Decision("leave", row.title)
    )
    why = sentence(decision.why) if book.template is not None else _why_not(decision, proposal)
    band, tone = words.BANDS[proposal.band] if proposal and not why else ("", "grey")
    return {
        "title": row.title or _("(no title)"),
        "category": row.category,
        "place": book.place(row),
        "url": row_url(kept, row),
        "topic": TOPICS[decision.topic].title if decision.topic in TOPICS else "",
        "ladder": [
            {"id": rung_id(n), "says": words_of(decision.topic, rung.when) or _("no condition yet")}
            for n, rung in enumerate(decision.rungs)
        ],
        "texts": _shortened(" · ".join(row.text(role) for role in positions_of(row))),
        "band": band,
        "tone": tone,
        "state": book.state(row),
        "why": why,
        "notes": [_noted(note) for note in proposal.notes] if proposal and book.template else [],
    }


def _why_not(decision: Decision, proposal: Proposal | None) -> str:
    """Why a row is proposed to be left out."""
    if proposal is None or (proposal.decision.topic and proposal.decision.rungs):
        return ""
    if not decision.rungs:
        return _("It holds no position.")
    return _("Parley reads no topic that fits.") if not decision.topic else ""


def row_page(book: Book, row: SourceRow, decision: Decision, proposal: Proposal) -> dict[str, Any]:
    """One row to be corrected: its cells, the topic, each rung with what it may mean and whether it works."""
    head = book.head()
    problems = problems_of(row.key, decision, head)
    takeable = bool(decision.rungs) and not problems
    return {
        "title": row.title or _("(no title)"),
        "place": book.place(row),
        "key": row.key,
        "cells": [
            {
                "role": words.role_name(role) if book.template is None else book.place(row),
                "text": cell.text,
                "row": cell.row,
                "column": column_letter(cell.column - 1),
            }
            for role, found in row.cells.items()
            for cell in found
            if book.template is None or role != APPROVER
        ],
        "decision": decision,
        "topics": [
            (code, topic.title) for code, topic in sorted(TOPICS.items(), key=lambda item: item[1].title)
        ],
        "guesses": [
            {
                "topic": guess.topic,
                "title": TOPICS[guess.topic].title,
                "band": words.BANDS[guess.band][0],
                "tone": words.BANDS[guess.band][1],
                "why": guess.why,
            }
            for guess in proposal.guesses
        ],
        "rungs": [_rung(decision, n, row, proposal, problems, book) for n in range(len(decision.rungs))],
        "problems": [problem.says for problem in problems if problem.rung is None],
        "notes": [_noted(note) for note in proposal.notes],
        "of_template": book.template is not None,
        "stands": _stands(book.template.meets(decision, head)) if book.template and takeable else None,
        "accepts_silence": decision.accepts_silence,
        "values": [_value(name, spec) for name, spec in specs_of(decision.topic).items()]
        if decision.topic in TOPICS
        else [],
        "example_rule": example_on(decision.topic),
        "looks_for": TOPICS[decision.topic].looks_for if decision.topic in TOPICS else "",
        "walk_choices": words.approver_choices(decision.walk_approvers),
    }


def _noted(note: Note) -> str:
    if not note.row:
        return sentence(note.says)
    return _("Row %(row)d, column %(column)s: %(says)s.") % {
        "row": note.row,
        "column": column_letter(note.column - 1),
        "says": note.says,
    }


def sentence(says: str) -> str:
    """A remark as a sentence of its own."""
    return f"{says[:1].upper()}{says[1:]}." if says else ""


def _stands(standing: Standing) -> dict[str, Any]:
    """Whether the template itself meets the rule as it stands in the form."""
    if standing.status == COMPLIANT:
        return {"meets": True, "says": _("Your template itself meets this rule.")}
    if standing.rung is None:
        why = standing.why_unsure
        return {
            "meets": False,
            "says": _("Whether your template meets this cannot be told: %(why)s.") % {"why": why},
        }
    return {
        "meets": False,
        "says": _("Your template itself does not meet this rule. Take it only if that is meant."),
    }


def _rung(
    decision: Decision, n: int, row: SourceRow, proposal: Proposal, problems: Sequence[Problem], book: Book
) -> dict[str, Any]:
    rung = decision.rungs[n]
    at = next((i for i, found in enumerate(proposal.decision.rungs) if found.role == rung.role), None)
    options = proposal.options[at] if at is not None else ()
    cell = None if book.template else row.place(rung.role)
    stands = landing(_read_by(book, decision, n), book.head(), n) if rung.wording and not problems else ""
    return {
        "n": n,
        "id": rung_id(n),
        "name": words.role_name(rung.role) if rung.role in ROLES else rung_id(n),
        "place": _("column %(column)s") % {"column": column_letter(cell.column - 1)} if cell else "",
        "choice": rung,
        "in_words": words_of(decision.topic, rung.when),
        "ours": rung.label if _is_ours(decision.topic, rung, options) else "",
        "problems": [sentence(problem.says) for problem in problems if problem.rung == n],
        "options": [
            {
                "when": option.when,
                "says": words_of(decision.topic, option.when),
                "why": option.why,
                "chosen": option.when == rung.when,
            }
            for option in options
        ],
        "doubtful": bool(options) and options[0].band != "sure",
        "landing": _landing(stands, rung_id(n)) if rung.wording and not problems else "",
        "lands": stands == rung_id(n),
        "approver_choices": words.approver_choices(rung.approvers),
    }


def _is_ours(topic: str, rung: RungChoice, options: Sequence[Candidate]) -> bool:
    """Whether a label is as Parley made it, of this rule or one it offered: it then follows the rule."""
    known = {label_of(topic, when) for when in (rung.when, *(option.when for option in options))}
    return bool(rung.label) and rung.label in known


def _read_by(book: Book, decision: Decision, n: int) -> Decision:
    """The decision with the variables of a wording filled in as the template calls them."""
    if book.template is None:
        return decision
    filled = render(decision.rungs[n].wording, terms(book.template.page))
    rungs = [replace(rung, wording=filled) if at == n else rung for at, rung in enumerate(decision.rungs)]
    return replace(decision, rungs=tuple(rungs))


def _landing(stands: str, wanted: str) -> str:
    if stands == wanted:
        return _("Read by Parley, this wording stands on its own rung.")
    if not stands:
        return _("Read by Parley, this wording does not say enough to tell where it stands.")
    where = _("below the last rung") if stands == "walk_away" else stands
    return _("Read by Parley, this wording stands on another place: %(where)s.") % {"where": where}


def _value(name: str, spec: Spec) -> dict[str, str]:
    kinds = {"number": _("a number"), "word": _("one word"), "set": _("a set"), "wording": _("words")}
    return {
        "name": name,
        "says": spec.says,
        "kind": kinds.get(spec.kind, spec.kind) + (f" ({spec.unit.replace('_', ' ')})" if spec.unit else ""),
        "allowed": ", ".join(spec.allowed),
    }


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else plain[:SHORT].rsplit(" ", 1)[0] + "…"


def for_form(decision: Decision, proposal: Proposal) -> Decision:
    """What the form shows of a row that was left out: the proposal, so that it can be taken after all."""
    if decision.rungs or not proposal.decision.rungs:
        return decision
    return replace(proposal.decision, use=decision.use)
