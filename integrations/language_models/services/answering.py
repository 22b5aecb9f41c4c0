"""The job: ask the model, check what it wrote, and keep it as a suggestion for a person to read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

import jobs
from integrations.language_models import prompts
from integrations.language_models.answers import BadAnswer, IssueIdea, Words, read_issues, read_words
from integrations.language_models.models import Kind, State, Suggestion
from integrations.language_models.provider import Message, Misconfigured, configured
from integrations.language_models.services.asking import JOB
from negotiation.models import Finding
from negotiation.services import reviews
from playbooks import rules
from playbooks.codes import issue_code
from playbooks.fields import BadPlaybook
from playbooks.importing.decisions import rung_id
from playbooks.models import Playbook
from playbooks.review import place_text
from playbooks.topics import TOPICS


@jobs.register(JOB)
def ask(job: jobs.JobContext) -> jobs.Effect | None:
    row = Suggestion.objects.select_related(
        "finding__review__playbook_version", "finding__review__version", "contract__negotiation", "playbook"
    ).get(pk=job.args["suggestion"])
    if row.state != State.WAITING:
        return None
    provider = configured()
    if provider is None:
        raise jobs.Permanent(_("No language model is set up on this server."))
    try:
        answer = provider.complete(_messages(row))
        answered = _read(row, answer)
    except (Misconfigured, BadAnswer) as error:
        raise jobs.Permanent(str(error)) from error
    return lambda: _keep(row, **answered)


@jobs.on_dead(JOB)
def failed(job: jobs.JobContext, sentence: str) -> None:
    row = Suggestion.objects.filter(pk=job.args["suggestion"], state=State.WAITING).first()
    if row is not None:
        row.change(state=State.FAILED, problem=sentence, answered_at=timezone.now())


def _keep(row: Suggestion, **answered: Any) -> None:
    row.change(state=State.READY, answered_at=timezone.now(), **answered)


def _messages(row: Suggestion) -> list[Message]:
    if row.kind == Kind.RULES or row.finding is None:
        return prompts.for_rules(
            prose=row.source, topics={name: topic.values for name, topic in TOPICS.items()}
        )
    finding = row.finding
    rung = _wanted(finding)
    if row.kind == Kind.REASON:
        return prompts.for_reason(
            title=finding.title,
            clause=row.source,
            proposed=proposed(row.source, finding),
            approved=rung.reason,
        )
    return prompts.for_wording(
        title=finding.title,
        clause=row.source,
        wanted=f"{rung.label}. {finding.expected}".strip(),
        approved=rung.wordings[0].text if rung.wordings else "",
    )


def _wanted(finding: Finding) -> rules.Rung:
    issue = reviews.rules_of(finding).issue(finding.issue)
    return issue.rung(issue.opening)


def proposed(paragraph: str, finding: Finding) -> str:
    """The paragraph with the review's own proposal in it; empty where the proposal lies elsewhere."""
    inside = [edit for edit in finding.edits if edit.get("block") == finding.block]
    text = paragraph
    for edit in sorted(inside, key=lambda edit: -int(edit.get("start", 0))):
        if edit.get("op") == "replace":
            start, end = int(edit["start"]), int(edit["end"])
            text = text[:start] + str(edit.get("text", "")) + text[end:]
    return text if text != paragraph else ""


def _read(row: Suggestion, answer: str) -> dict[str, Any]:
    if row.playbook is not None:
        ideas = read_issues(answer, row.source)
        return {
            "issues": [_checked(idea, row.playbook) for idea in ideas],
            "quotes": _offsets(idea.quote for idea in ideas),
        }
    words = read_words(answer, row.source)
    found: dict[str, Any] = {"text": words.text, "quotes": _offsets(words.quotes)}
    if row.kind == Kind.WORDING and row.finding is not None:
        found["lands_on"] = _lands_on(row.finding, words)
    return found


def _offsets(quotes: Iterable[Any]) -> list[list[int]]:
    return [[quote.start, quote.end] for quote in quotes]


def _lands_on(finding: Finding, words: Words) -> str:
    """Where the review itself, which is no model, places these words; "unsure" where it cannot tell."""
    standing = place_text(
        reviews.rules_of(finding), finding.issue, words.text, deal=reviews.deal_facts(finding.contract)
    )
    return standing.rung or "unsure"


def _checked(idea: IssueIdea, playbook: Playbook) -> dict[str, Any]:
    """One suggested rule in the stored form of issues, with what is wrong with it, if anything."""
    version = playbook.draft() or playbook.published()
    data = dict(version.data) if version else {}
    issues: Sequence[dict[str, Any]] = data.get("issues", [])
    issue = issue_data(idea, taken={str(known["code"]) for known in issues})
    problem = ""
    if idea.topic not in TOPICS:
        problem = _("Parley reads no topic “%(topic)s”.") % {"topic": idea.topic}
    else:
        try:
            rules.Playbook.from_data({**data, "issues": [*issues, issue]})
        except BadPlaybook as error:
            problem = str(error)
    return {"issue": issue, "quote": [idea.quote.start, idea.quote.end], "problem": problem}


def issue_data(idea: IssueIdea, *, taken: set[str]) -> dict[str, Any]:
    """An issue in stored form. What the model does not say is careful: every fallback asks legal, silence
    asks for the clause, and the general counsel alone goes below the last rung."""
    rungs = [
        {
            "id": rung_id(index),
            "label": rung.label,
            "when": rung.when,
            "reason": rung.reason,
            **({"risk": "medium", "weight": 3, "approvers": {"any": ["legal"]}} if index else {}),
        }
        for index, rung in enumerate(idea.rungs)
    ]
    return {
        "code": issue_code(idea.title, taken),
        "title": idea.title,
        "category": "Suggested",
        "topic": idea.topic,
        "missing": {"stands": "walk_away", "reason": idea.rungs[0].reason},
        "rungs": rungs,
        "walk_away": {
            "approvers": {"all": ["general_counsel"]}, "risk": "high", "weight": 8, "reason": idea.walk_away,
        },
    }  # fmt: skip
