"""From draft to version: what is new, a second look, publishing; copies, restored versions, the archive."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import redline
from accounts.access import VIEW, WRITE_PLAYBOOKS, may
from accounts.models import Membership
from accounts.web import member_of, signed_in
from playbooks import rules
from playbooks.access import get_draft, get_playbook, get_playbook_version
from playbooks.authoring import pages
from playbooks.authoring.differences import Difference, FieldChange, difference
from playbooks.authoring.forms.books import AnswerForm, AskForm, CopyForm
from playbooks.authoring.problems import problems
from playbooks.authoring.views.common import at, frame, seen
from playbooks.models import Answer, PlaybookVersion
from playbooks.services import keeping, reviewing


@signed_in
@require_GET
def difference_page(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """What a version changes against the one before it (a draft: against the published one)."""
    member = member_of(request)
    shown = get_playbook_version(member, uuid, VIEW)
    return render(request, "playbooks/edit_difference.html", _context(member, shown))


def _context(member: Membership, shown: PlaybookVersion, **more: Any) -> dict[str, Any]:
    read = rules.Playbook.from_data(shown.data)
    base = _base_of(shown)
    found = difference(rules.Playbook.from_data(base.data) if base else None, read)
    is_draft = shown.published_at is None
    may_write = may(member, WRITE_PLAYBOOKS, shown)
    listed = problems(read) if is_draft else []
    stops = [one for one in listed if one.stops]
    context = frame(shown, read) | {
        "is_draft": is_draft,
        "version_url": reverse("playbooks:version", args=[shown.uuid]),
        "base": {"number": base.number, "published_at": base.published_at} if base else None,
        "difference": _shown(found),
        "counts": found.counts(),
        "is_same": found.is_empty,
        "stops": pages.problem_rows(shown, stops),
        "hints": [one for one in listed if not one.stops],
        "reviews": _reviews(shown),
        "note": shown.note,
        "published_by": shown.published_by.user.name if shown.published_by else "",
        "published_at": shown.published_at,
        "may_write": may_write and is_draft,
        "publish_url": reverse("playbooks:publish", args=[shown.uuid]) if is_draft and may_write else "",
        "ask_url": at("ask_review", shown),
        "answer_url": at("answer_review", shown),
        "in_use": shown.playbook.versions.filter(contracts__isnull=False).exists(),
    }
    if is_draft and may_write:
        context["ask_form"] = more.pop("ask_form", None) or _ask_form(member, shown)
        if reviewing.waiting_for(shown, member).exists():
            context["question"] = (
                reviewing.waiting_for(shown, member).select_related("asked_by__user").first()
            )
            context["answer_form"] = more.pop("answer_form", None) or AnswerForm()
    return context | more


def _base_of(shown: PlaybookVersion) -> PlaybookVersion | None:
    """The published version before this one."""
    return shown.playbook.versions.published().filter(number__lt=shown.number).order_by("-number").first()


def _shown(found: Difference) -> dict[str, Any]:
    return {
        "settings": [_field(one) for one in found.settings],
        "order": found.order,
        "issues": [
            {
                "kind": issue.kind,
                "code": issue.code,
                "title": issue.title,
                "fields": [_field(one) for one in issue.fields],
                "rungs": [
                    {"kind": rung.kind, "name": rung.name, "fields": [_field(one) for one in rung.fields]}
                    for rung in issue.rungs
                ],
            }
            for issue in found.issues
        ],
    }


def _field(one: FieldChange) -> dict[str, Any]:
    """A text that changed is shown as a redline, everything else as before and after."""
    both = one.is_text and one.before and one.after
    return {
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "pieces": redline.word_diff(one.before, one.after) if both else None,
    }


def _reviews(shown: PlaybookVersion) -> list[dict[str, Any]]:
    rows = shown.draft_reviews.select_related("asked_of__user", "asked_by__user", "version")
    return [
        {
            "name": row.asked_of.user.name,
            "asked_by": row.asked_by.user.name,
            "asked_at": row.created_at,
            "question": row.question,
            "answer": row.answer,
            "said": row.get_answer_display(),
            "remark": row.remark,
            "answered_at": row.answered_at,
            "is_stale": row.answer != Answer.WAITING and not row.is_of_this_text,
        }
        for row in rows
    ]


def _ask_form(member: Membership, shown: PlaybookVersion, data: Any = None) -> AskForm | None:
    people = reviewing.who_can_be_asked(shown, but=member)
    waiting = set(shown.draft_reviews.filter(answer=Answer.WAITING).values_list("asked_of_id", flat=True))
    choices = [(str(row.uuid), row.user.name) for row in people if row.pk not in waiting]
    return AskForm(data, colleagues=choices) if choices else None


@signed_in
@require_POST
def ask(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Ask a colleague to look at the draft."""
    member = member_of(request)
    draft = get_draft(member, uuid)
    form = _ask_form(member, draft, request.POST)
    if form is not None and form.is_valid():
        given = form.cleaned_data
        people = {str(row.uuid): row for row in reviewing.who_can_be_asked(draft, but=member)}
        try:
            reviewing.ask(version=draft, of=people[given["colleague"]], question=given["question"], by=member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. You are told when they answer."))
            return redirect("playbooks:difference", draft.uuid)
    context = _context(member, draft, **({"ask_form": form} if form else {}))
    return render(request, "playbooks/edit_difference.html", context, status=400)


@signed_in
@require_POST
def answer(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """What a colleague who was asked says about the draft."""
    member = member_of(request)
    draft = get_draft(member, uuid)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            reviewing.answer(
                version=draft,
                answer=given["answer"],
                remark=given["remark"],
                digest=seen(request),
                by=member,
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Your answer is in the record, and whoever asked is told."))
        return redirect("playbooks:difference", draft.uuid)
    context = _context(member, draft, answer_form=form)
    return render(request, "playbooks/edit_difference.html", context, status=400)


@signed_in
@require_POST
def restore(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """An older version as the draft of the next one."""
    member = member_of(request)
    version = get_playbook_version(member, uuid, WRITE_PLAYBOOKS)
    try:
        draft = keeping.restore(version=version, by=member, replace_draft=bool(request.POST.get("replace")))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("playbooks:version", version.uuid)
    messages.success(
        request,
        _("Version %(number)d is the draft now; look at it, then publish it.") % {"number": version.number},
    )
    return redirect("playbooks:draft", draft.uuid)


@signed_in
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The same rules under another name."""
    member = member_of(request)
    version = get_playbook_version(member, uuid, WRITE_PLAYBOOKS)
    playbook = version.playbook
    initial = {
        "title": _("Copy of %(title)s") % {"title": playbook.title},
        "name": f"{playbook.slug[:55]}-copy",
    }
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = keeping.copy(
                version=version, name=form.cleaned_data["name"], title=form.cleaned_data["title"], by=member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The copy is a draft of its own."))
            return redirect("playbooks:draft", draft.uuid)
    context = {
        "form": form,
        "version": {"title": playbook.title, "number": version.number},
        "cancel_url": reverse("playbooks:version", args=[version.uuid]),
    }
    return render(request, "playbooks/edit_copy.html", context, status=400 if form.errors else 200)


@signed_in
@require_POST
def archive(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Put a playbook away, or bring it back (`do=bring_back`)."""
    member = member_of(request)
    playbook = get_playbook(member, uuid, WRITE_PLAYBOOKS)
    if request.POST.get("do") == "bring_back":
        keeping.bring_back(playbook=playbook, by=member)
        messages.success(request, _("It is offered to new deals again."))
    else:
        keeping.archive(playbook=playbook, by=member)
        messages.success(request, _("It is put away: no new deal is offered it, running deals keep it."))
    return redirect("playbooks:detail", playbook.uuid)
