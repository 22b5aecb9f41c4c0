"""The clause library: the list, one clause, writing one, its use in a draft, a playbook made of several."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import VIEW, WRITE_PLAYBOOKS, may, require
from accounts.models import Membership
from accounts.web import member_of, signed_in, version_seen
from clauses.classify import by_heading, by_phrases
from playbooks.clause_library import pages
from playbooks.clause_library.access import clauses_visible_to, drafts_to_write, get_clause
from playbooks.clause_library.filtering import filtered, filters
from playbooks.clause_library.forms import (
    CLAUSE_TYPES,
    ClauseForm,
    LadderForm,
    initial_of,
    type_choices,
    variants_posted,
)
from playbooks.importing.topic_guess import UNSURE, guess_topics
from playbooks.models import LibraryClause
from playbooks.services import library

PER_PAGE = 30
MOST_PREFILLED = 20_000


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The clauses, searched and filtered; what is overdue for review is named first."""
    member = require(member_of(request), VIEW)
    today = timezone.localdate()
    known = clauses_visible_to(member)
    page = Paginator(filtered(known, request.GET, today).with_text(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    may_write = may(member, WRITE_PLAYBOOKS)
    context = {
        "lines": [pages.line(clause, today) for clause in page.object_list],
        "page": page,
        "filters": filters(known, request.GET, today),
        "asked": request.GET.get("q", ""),
        "type": request.GET.get("type", ""),
        "show": request.GET.get("show", ""),
        "types": type_choices(),
        "overdue": known.overdue(today).count(),
        "new_url": reverse("playbooks:library_new") if may_write else "",
        "playbook_url": reverse("playbooks:library_playbook") if may_write else "",
    }
    return render(request, "playbooks/library_list.html", context)


@signed_in
@require_GET
def clause(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One clause as it is, or as an older version said (`?version=2`)."""
    member = member_of(request)
    found = get_clause(member, uuid, VIEW)
    number = request.GET.get("version", "")
    shown = (
        found.versions.filter(number=int(number)).first()
        if number.isdecimal() and len(number) < 6
        else found.newest()
    )
    if shown is None:
        raise Http404
    may_write = may(member, WRITE_PLAYBOOKS, found)
    context = {
        **pages.clause_page(member, found, shown, timezone.localdate()),
        "may_write": may_write,
        "drafts": pages.rung_choices(drafts_to_write(member))
        if may_write and found.retired_at is None
        else [],
    }
    return render(request, "playbooks/library_clause.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new clause. `?text=` (or a post with `prefill`) brings the words of a contract along."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    if request.method == "GET" or "prefill" in request.POST:
        given = request.GET if request.method == "GET" else request.POST
        form = ClauseForm(initial=_prefilled(given, member), member=member)
        return _form_page(request, form, [], None)
    form = ClauseForm(request.POST, member=member)
    variants = variants_posted(request.POST)
    if form.is_valid():
        try:
            made = library.create_clause(
                organisation=member.organisation, contents=form.contents(variants), by=member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The clause is in the library."))
            return redirect("playbooks:library_clause", uuid=made.uuid)
    return _form_page(request, form, variants, None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    found = get_clause(member, uuid, WRITE_PLAYBOOKS)
    if request.method == "GET":
        newest = found.newest()
        form = ClauseForm(initial=initial_of(found, newest), member=member)
        return _form_page(request, form, newest.variants, found)
    form = ClauseForm(request.POST, member=member)
    variants = variants_posted(request.POST)
    if form.is_valid():
        try:
            library.change_clause(
                clause=found, seen=version_seen(request), contents=form.contents(variants), by=member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Changed. What it said before stays in its history."))
            return redirect("playbooks:library_clause", uuid=found.uuid)
    return _form_page(request, form, variants, found)


def _form_page(
    request: HttpRequest, form: ClauseForm, variants: list[dict[str, str]], clause: LibraryClause | None
) -> HttpResponse:
    names = dict.fromkeys(("text", "jurisdiction", "industry", "role"), "")
    rows = [{"n": n, **names, **one} for n, one in enumerate([*variants, {}])]
    back = reverse("playbooks:library_clause", args=[clause.uuid]) if clause else reverse("playbooks:library")
    context = {"form": form, "variants": rows, "clause": clause, "back_url": back}
    return render(request, "playbooks/library_form.html", context)


def _prefilled(given: Any, member: Membership) -> dict[str, Any]:
    """What a text from a contract says about itself: its type and, where that is clear, its topic."""
    text, title = given.get("text", "")[:MOST_PREFILLED].strip(), given.get("title", "")[:200].strip()
    types = {**by_phrases(text), **by_heading(title)}
    best = max(sorted(types), key=lambda code: types[code], default="")
    guesses = guess_topics(title, "", text) if text else ()
    return {
        "text": text,
        "title": title,
        "source": given.get("source", "")[:300],
        "owner": member,
        "clause_type": best if best in CLAUSE_TYPES else "general",
        "topic": guesses[0].topic if guesses and guesses[0].band != UNSURE else "",
    }


@signed_in
@require_POST
def retire(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    found = get_clause(member, uuid, WRITE_PLAYBOOKS)
    library.retire_clause(clause=found, seen=version_seen(request), by=member)
    messages.success(request, _("The clause is retired. Where it is used it stays."))
    return redirect("playbooks:library_clause", uuid=found.uuid)


@signed_in
@require_POST
def bring_back(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    found = get_clause(member, uuid, WRITE_PLAYBOOKS)
    library.bring_back_clause(clause=found, seen=version_seen(request), by=member)
    messages.success(request, _("The clause is in use again."))
    return redirect("playbooks:library_clause", uuid=found.uuid)


@signed_in
@require_POST
def use(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Put the clause into a rung of a draft."""
    member = member_of(request)
    found = get_clause(member, uuid, WRITE_PLAYBOOKS)
    draft_id, _colon, rest = request.POST.get("rung", "").partition(":")
    issue, _colon, rung = rest.partition(":")
    draft = next((row for row in drafts_to_write(member) if str(row.uuid) == draft_id), None)
    if draft is None:
        messages.error(request, _("Choose a rung of a draft."))
        return redirect("playbooks:library_clause", uuid=found.uuid)
    try:
        stands = library.insert_wording(draft=draft, issue=issue, rung=rung, clause=found, by=member)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("playbooks:library_clause", uuid=found.uuid)
    messages.success(request, _("The clause is now the wording of that rung."))
    if stands != rung:
        messages.warning(request, _stands_elsewhere(stands))
    return redirect(f"{reverse('playbooks:version', args=[draft.uuid])}#{issue}")


def _stands_elsewhere(stands: str) -> str:
    if not stands:
        return _("Read alone, its text does not say enough for Parley to tell on which rung it stands.")
    where = _("below the last rung") if stands == "walk_away" else stands
    said = _("Read by the rules of this draft, its text stands elsewhere: %(where)s. Look at the condition.")
    return said % {"where": where}


@signed_in
@require_http_methods(["GET", "POST"])
def make_playbook(request: HttpRequest) -> HttpResponse:
    """Choose clauses by topic; they become a table that is read like one from a file."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    known = clauses_visible_to(member).filter(retired_at=None).with_text()
    form = LadderForm(request.POST) if request.method == "POST" else LadderForm()
    chosen = set(request.POST.getlist("clause"))
    if request.method == "POST" and form.is_valid():
        clauses = [row for row in known if str(row.uuid) in chosen]
        try:
            kept = library.table_of_clauses(
                organisation=member.organisation, clauses=clauses, by=member, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Look at what Parley reads in each wording, then make the draft."))
            return redirect("playbooks:tables_rows", uuid=kept.uuid)
    context = {"form": form, "ladders": pages.ladders(known, timezone.localdate()), "chosen": chosen}
    return render(request, "playbooks/library_playbook.html", context)
