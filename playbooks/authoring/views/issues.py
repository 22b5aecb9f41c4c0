"""An issue: added from a topic, its settings and ladder, put in order, taken out."""

import uuid as uuids
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models.base import Conflict
from accounts.web import member_of, signed_in
from playbooks import rules
from playbooks.access import get_draft
from playbooks.authoring import ladders, pages
from playbooks.authoring.forms.issues import IssueEditor, NewIssueForm
from playbooks.authoring.forms.trials import PREFIX as TRIAL
from playbooks.authoring.forms.trials import TrialForm
from playbooks.authoring.problems import of_issue
from playbooks.authoring.views.common import at, frame, is_only_looking, posted, seen, suggestions
from playbooks.models import PlaybookVersion
from playbooks.services import drafting
from playbooks.topics import TOPICS


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """First the topic, from those that can be read; then what the issue begins with."""
    draft = get_draft(member_of(request), uuid)
    read = rules.Playbook.from_data(draft.data)
    topic = TOPICS.get(request.GET.get("topic", ""))
    if topic is None:
        query = request.GET.get("q", "")
        used = {issue.topic for issue in read.issues}
        rows = [
            row | {"used": row["code"] in used, "url": at("add_issue", draft, topic=row["code"])}
            for row in pages.topics(query)
        ]
        context = frame(draft, read) | {"topics": rows, "query": query}
        return render(request, "playbooks/edit_topics.html", context)
    form = NewIssueForm(request.POST or None, initial={"title": topic.title})
    problem, status = "", 200
    if request.method == "POST" and form.is_valid():
        code = ladders.next_issue_code(draft.data, form.cleaned_data["title"])
        data = ladders.add_issue(draft.data, form.issue(code, topic.code))
        try:
            drafting.change(
                draft=draft,
                by=member_of(request),
                data=data,
                digest=seen(request),
                what=f"issue {code} added",
            )
        except Conflict as lost:
            draft.refresh_from_db()
            problem, status = lost.message, 409
        else:
            messages.success(request, _("The issue is in the draft. Say now when a text meets it."))
            return redirect(at("edit_issue", draft, issue=code))
    context = frame(draft, read) | {
        "form": form,
        "topic": pages.topic_row(topic),
        "problem": problem,
        "back_url": at("add_issue", draft),
        **suggestions(),
    }
    return render(request, "playbooks/edit_add_issue.html", context, status=400 if form.errors else status)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The ladder, the issue's settings, and a text tried on them."""
    draft = get_draft(member_of(request), uuid)
    code = request.GET.get("issue", "")
    read = rules.Playbook.from_data(draft.data)
    if code not in {issue.code for issue in read.issues}:
        return gone(request, draft)
    if request.method == "POST" and request.POST.get("do") == "try":
        return _tried(request, draft, read, code)
    given = posted(request) if request.method == "POST" else None
    editor = IssueEditor(_issue(draft, code), given)
    status = 200
    if given is not None and is_only_looking(given):
        editor.is_valid()
        editor.hush()
    elif given is not None:
        status = _save(request, draft, code, editor)
        if status == 302:
            messages.success(request, _("The settings of the issue are kept in the draft."))
            return redirect(at("edit_issue", draft, issue=code))
    trial = TrialForm(member=member_of(request), playbook=read, code=code)
    return _page(request, draft, code, {"editor": editor, "trial": trial}, status)


def _issue(draft: PlaybookVersion, code: str) -> dict[str, Any]:
    found: dict[str, Any] = draft.data["issues"][ladders.issue_place(draft.data, code)]
    return found


def _save(request: HttpRequest, draft: PlaybookVersion, code: str, editor: IssueEditor) -> int:
    """302 once it is kept; otherwise the status of the page that says what is wrong."""
    if not editor.is_valid():
        return 400
    try:
        drafting.change(
            draft=draft,
            by=member_of(request),
            data=ladders.put_issue(draft.data, code, editor.data()),
            digest=seen(request),
            what=f"issue {code} changed",
        )
    except drafting.WrongFields as error:
        editor.take(error.mistakes, f"issues[{ladders.issue_place(draft.data, code)}]")
        return 400
    except Conflict as lost:
        draft.refresh_from_db()
        editor.problems.append(lost.message)
        return 409
    return 302


def _tried(request: HttpRequest, draft: PlaybookVersion, read: rules.Playbook, code: str) -> HttpResponse:
    trial = TrialForm(posted(request), member=member_of(request), playbook=read, code=code)
    outcome = trial.run(read, code) if trial.is_valid() else None
    result = pages.tried(outcome[0], what=outcome[1]) if outcome else None
    more = {"editor": IssueEditor(_issue(draft, code)), "trial": trial, "result": result}
    return _page(request, draft, code, more, 200 if result else 400)


def _page(
    request: HttpRequest, draft: PlaybookVersion, code: str, more: dict[str, Any], status: int
) -> HttpResponse:
    read = rules.Playbook.from_data(draft.data)
    if code not in {issue.code for issue in read.issues}:
        return gone(request, draft)
    issue = read.issue(code)
    place = ladders.issue_place(draft.data, code)
    context = frame(draft, read) | {
        "issue": {"code": code, "title": issue.title, "category": issue.category},
        "topic": pages.topic_row(TOPICS[issue.topic]),
        "cards": pages.rung_cards(draft, issue),
        "below": pages.walk_away_card(draft, issue),
        "add_rung_url": at("edit_rung", draft, issue=code, rung=""),
        "arrange_url": at("arrange", draft),
        "trial_prefix": TRIAL,
        "problems": pages.problem_rows(draft, of_issue(read, code)),
        "before": _neighbour(draft, read, place - 1),
        "after": _neighbour(draft, read, place + 1),
        **suggestions(),
        **more,
    }
    return render(request, "playbooks/edit_issue.html", context, status=status)


def _neighbour(draft: PlaybookVersion, read: rules.Playbook, place: int) -> dict[str, str] | None:
    if not 0 <= place < len(read.issues):
        return None
    issue = read.issues[place]
    return {"title": issue.title, "url": at("edit_issue", draft, issue=issue.code)}


def gone(request: HttpRequest, draft: PlaybookVersion) -> HttpResponse:
    """What the address names is not in the draft: back to what is."""
    messages.warning(request, _("That part is not in the draft any more. This is what there is."))
    return redirect("playbooks:draft", draft.uuid)


MOVES = {"up": -1, "down": 1}


@signed_in
@require_POST
def arrange(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """An issue or a rung one place up or down, or out."""
    draft = get_draft(member_of(request), uuid)
    given, code, rung = request.POST, request.POST.get("issue", ""), request.POST.get("rung", "")
    change = _arrangement(given)
    if change is None:
        return gone(request, draft)
    try:
        data = change(draft.data)
        drafting.change(
            draft=draft,
            by=member_of(request),
            data=data,
            digest=seen(request),
            what=f"{'rung ' + rung + ' of ' if rung else 'issue '}{code}: {given.get('do')}",
        )
    except ladders.NotThere:
        return gone(request, draft)
    except ladders.LastOne:
        messages.error(request, _("The last one stays: a playbook needs an issue, and a ladder a rung."))
    except drafting.WrongFields as error:
        _say_why_not(request, data, error)
    else:
        _say_what_happened(request, given)
        if given.get("do") == "remove" and not rung:
            return redirect("playbooks:draft", draft.uuid)
    return redirect(at("edit_issue", draft, issue=code) if rung else f"{at('draft', draft)}#{code}")


def _arrangement(given: QueryDict) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    code, rung, do = given.get("issue", ""), given.get("rung", ""), given.get("do", "")
    if do in MOVES and rung:
        return lambda data: ladders.move_rung(data, code, rung, MOVES[do])
    if do in MOVES:
        return lambda data: ladders.move_issue(data, code, MOVES[do])
    if do == "remove" and rung:
        return lambda data: ladders.remove_rung(data, code, rung)
    return (lambda data: ladders.remove_issue(data, code)) if do == "remove" else None


def _say_why_not(request: HttpRequest, data: dict[str, Any], error: drafting.WrongFields) -> None:
    """Other issues may speak of what was to go."""
    messages.error(request, _("Nothing was changed, because other parts of the playbook need it:"))
    titles = {n: issue["title"] for n, issue in enumerate(data["issues"])}
    for mistake in error.mistakes[:5]:
        number = mistake.field.partition("[")[2].partition("]")[0]
        title = titles.get(int(number), "") if number.isdecimal() else ""
        messages.error(request, f"{title or mistake.field}: {mistake.message}")


def _say_what_happened(request: HttpRequest, given: QueryDict) -> None:
    if given.get("do") == "remove":
        messages.success(request, _("It is out of the draft. What is published stays as it is."))
