"""One rung of a ladder: written, said in words, tried on a text before it is kept."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models.base import Conflict
from accounts.web import member_of, signed_in
from playbooks import rules
from playbooks.access import get_draft
from playbooks.authoring import ladders, pages
from playbooks.authoring.forms.rungs import RungEditor
from playbooks.authoring.forms.trials import TrialForm
from playbooks.authoring.forms.words import rung_name
from playbooks.authoring.views.common import at, frame, is_only_looking, posted, seen
from playbooks.authoring.views.issues import gone
from playbooks.fields import BadPlaybook
from playbooks.models import PlaybookVersion
from playbooks.rules import OUTSIDE
from playbooks.services import drafting
from playbooks.topics import TOPICS

EVENTS = (
    "signature",
    "start",
    "invoice",
    "delivery",
    "notice",
    "request",
    "term_end",
    "end",
    "year",
    "month",
)
OWNERS = (*rules.ROLES, "operations")


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The form of a rung, of a new one (no rung named) or of the walk-away.

    POST keeps it in the draft; `do=show` shows the form again with the condition in words, `do=try` tries a
    text on the rung as it stands in the form, kept or not.
    """
    draft = get_draft(member_of(request), uuid)
    at_work = _Work.of(draft, request.GET.get("issue", ""), request.GET.get("rung", ""))
    if at_work is None:
        return gone(request, draft)
    given = posted(request) if request.method == "POST" else None
    editor = at_work.editor(given)
    trial = TrialForm(member=member_of(request), playbook=at_work.read, code=at_work.code)
    if given is None:
        return _page(request, at_work, editor, trial)
    if given.get("do") == "try":
        return _tried(request, at_work, editor, given)
    if is_only_looking(given):
        words = editor.condition.words() if editor.condition else ""
        problem = editor.condition.complaint() if editor.condition else ""
        editor.is_valid()
        editor.hush()
        return _page(request, at_work, editor, trial, words=words, problem=problem)
    status = _save(request, at_work, editor, given)
    if status == 302:
        messages.success(request, _("The rung is kept in the draft."))
        return redirect(at("edit_issue", draft, issue=at_work.code))
    return _page(request, at_work, editor, trial, status=status)


class _Work:
    """The rung that is being written: where it stands, and what it is now."""

    def __init__(self, draft: PlaybookVersion, read: rules.Playbook, code: str, rung_id: str) -> None:
        self.draft, self.read, self.code = draft, read, code
        self.issue = read.issue(code)
        self.data: dict[str, Any] = draft.data["issues"][ladders.issue_place(draft.data, code)]
        self.is_new = not rung_id
        self.rung_id = rung_id or ladders.next_rung_id(self.data)
        self.is_walk_away = self.rung_id == OUTSIDE

    @classmethod
    def of(cls, draft: PlaybookVersion, code: str, rung_id: str) -> "_Work | None":
        read = rules.Playbook.from_data(draft.data)
        issue = next((one for one in read.issues if one.code == code), None)
        known = {"", OUTSIDE, *(rung.id for rung in issue.rungs)} if issue else set()
        return cls(draft, read, code, rung_id) if rung_id in known else None

    @property
    def place(self) -> int:
        return len(self.issue.rungs) if self.is_new else self.issue.position(self.rung_id)

    @property
    def path(self) -> str:
        """How mistakes name this rung."""
        issue = f"issues[{ladders.issue_place(self.draft.data, self.code)}]"
        return f"{issue}.walk_away" if self.is_walk_away else f"{issue}.rungs[{self.place}]"

    @property
    def name(self) -> str:
        return _("Below the last rung") if self.is_walk_away else rung_name(self.place)

    def editor(self, given: QueryDict | None) -> RungEditor:
        if self.is_new:
            rung: dict[str, Any] = {"risk": self._risk_below(), "approvers": {"any": ["legal"]}}
        elif self.is_walk_away:
            rung = self.data["walk_away"]
        else:
            rung = self.data["rungs"][self.place]
        return RungEditor(self.read, self.issue.topic, rung, is_walk_away=self.is_walk_away, data=given)

    def _risk_below(self) -> str:
        """A rung below another is no smaller risk."""
        last = self.issue.rungs[-1].risk
        return rules.RISKS[min(rules.RISKS.index(last) + 1, len(rules.RISKS) - 1)]

    def with_(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The draft's rules with the rung as the form has it."""
        if self.is_new:
            return ladders.add_rung(self.draft.data, self.code, self.rung_id, fields)
        return ladders.put_rung(self.draft.data, self.code, self.rung_id, fields)


def _save(request: HttpRequest, at_work: _Work, editor: RungEditor, given: QueryDict) -> int:
    """302 once it is kept; otherwise the status of the page that says what is wrong."""
    if not editor.is_valid():
        return 400
    try:
        drafting.change(
            draft=at_work.draft,
            by=member_of(request),
            data=at_work.with_(editor.data()),
            digest=seen(request),
            what=f"rung {at_work.rung_id} of {at_work.code} {'added' if at_work.is_new else 'changed'}",
        )
    except drafting.WrongFields as error:
        editor.take(error.mistakes, at_work.path)
        return 400
    except Conflict as lost:
        at_work.draft.refresh_from_db()
        editor.problems.append(lost.message)
        return 409
    return 302


def _tried(request: HttpRequest, at_work: _Work, editor: RungEditor, given: QueryDict) -> HttpResponse:
    """The text on the ladder with the rung as it stands in the form."""
    read = at_work.read
    if editor.is_valid():
        try:
            read = rules.Playbook.from_data(at_work.with_(editor.data()))
        except BadPlaybook as error:
            editor.take(error.mistakes, at_work.path)
    complete = not editor.problems and read is not at_work.read
    trial = TrialForm(given, member=member_of(request), playbook=read, code=at_work.code)
    outcome = trial.run(read, at_work.code) if trial.is_valid() and complete else None
    result = pages.tried(outcome[0], what=outcome[1]) if outcome else None
    return _page(
        request,
        at_work,
        editor,
        trial,
        result=result,
        incomplete=not complete,
        status=200 if result else 400,
    )


def _page(
    request: HttpRequest,
    at_work: _Work,
    editor: RungEditor,
    trial: TrialForm,
    *,
    status: int = 200,
    words: str | None = None,
    problem: str | None = None,
    result: dict[str, Any] | None = None,
    incomplete: bool = False,
) -> HttpResponse:
    condition = editor.condition
    if condition is not None and words is None:
        words = condition.words()
    context = frame(at_work.draft, at_work.read) | {
        "issue": {
            "code": at_work.code,
            "title": at_work.issue.title,
            "url": at("edit_issue", at_work.draft, issue=at_work.code),
        },
        "rung": {"id": at_work.rung_id, "name": at_work.name, "is_new": at_work.is_new},
        "is_walk_away": at_work.is_walk_away,
        "topic": pages.topic_row(TOPICS[at_work.issue.topic]),
        "editor": editor,
        "condition": condition,
        "words": words or "",
        "condition_problem": (problem if problem is not None else condition.problem) if condition else "",
        "trial": trial,
        "result": result,
        "incomplete": incomplete,
        "events": EVENTS,
        "owners": OWNERS,
    }
    return render(request, "playbooks/edit_rung.html", context, status=status)
