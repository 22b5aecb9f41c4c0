"""Making a playbook from tables or from our own template: the file, its columns, its rows, the draft."""

import uuid as uuids
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import WRITE_PLAYBOOKS, require
from accounts.web import member_of, signed_in, version_seen
from playbooks.importing import pages
from playbooks.importing.access import get_import, imports_visible_to
from playbooks.importing.decisions import LEAVE, TAKE, Decision
from playbooks.importing.forms import FileForm, TemplateForm, columns_posted, decision_posted
from playbooks.importing.labels import followed, label_of
from playbooks.importing.plan import Book
from playbooks.models import TableImport
from playbooks.services import table_imports, template_imports
from playbooks.topics import TOPICS

PER_PAGE = 25
FILTERS = {"open": "", "taken": TAKE, "left": LEAVE}


@signed_in
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The files brought in so far, and a form for the next one."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = table_imports.receive(
                organisation=member.organisation, file_name=str(file.name), data=bytes(file.read()), by=member
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The tables are read. Say what their columns hold."))
            return redirect("playbooks:tables_columns", uuid=kept.uuid)
    rows = imports_visible_to(member)[:50]
    return render(request, "playbooks/tables_list.html", {"form": form, "imports": pages.listed(rows)})


@signed_in
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """Our own template, from a file or a contract; its topics become the rows."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    form = TemplateForm(request.POST or None, request.FILES or None, member=member)
    if request.method == "POST" and form.is_valid():
        settled = {name: form.cleaned_data[name] for name in ("title", "contract_type", "side", "approver")}
        try:
            name, source, data = form.source()
            kept = template_imports.receive_template(
                organisation=member.organisation, name=name, source=source, data=data, by=member, **settled
            )
        except ValidationError as error:
            form.add_error("file" if form.cleaned_data.get("file") else "contract", error)
        else:
            messages.success(request, _("The template is read. Look at what each rule would ask for."))
            return redirect("playbooks:tables_rows", uuid=kept.uuid)
    rows = imports_visible_to(member).filter(template__isnull=False)[:50]
    return render(request, "playbooks/tables_template.html", {"form": form, "imports": pages.listed(rows)})


@signed_in
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Which tables are used, and what each of their columns holds."""
    member = member_of(request)
    kept = get_import(member, uuid)
    book = table_imports.book_of(kept)
    if book.template is not None:  # its columns are Parley's own
        return redirect("playbooks:tables_rows", uuid=kept.uuid)
    if request.method == "POST":
        posted = columns_posted(request.POST, [table.width for table in book.tables])
        try:
            table_imports.set_columns(kept=kept, seen=version_seen(request), by=member, **posted)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return redirect("playbooks:tables_columns", uuid=kept.uuid)
        return redirect("playbooks:tables_rows", uuid=kept.uuid)
    context = {"kept": kept, "back_url": _rows_url(kept), **pages.columns_page(book)}
    return render(request, "playbooks/tables_columns.html", context)


@signed_in
@require_GET
def rows(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Every row with what Parley makes of it and what was decided; where all the others went."""
    kept = get_import(member_of(request), uuid)
    book = table_imports.book_of(kept)
    show = request.GET.get("show", "")
    counts = {name: sum(book.state(row) == state for row in book.rows) for name, state in FILTERS.items()}
    chosen = [row for row in book.rows if show not in FILTERS or book.state(row) == FILTERS[show]]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        pages.row_line(book, kept, row, None if book.state(row) else book.propose(row))
        for row in page.object_list
    ]
    labels = {"": _("All"), "open": _("To decide"), "taken": _("Taken"), "left": _("Left out")}
    context = {
        "kept": kept,
        "plan": book.plan,
        "lines": lines,
        "page": page,
        "counts": counts,
        "total": len(book.rows),
        "accounts": pages.accounts(book),
        "filters": [
            {
                "label": label,
                "url": f"?show={name}" if name else "?",
                "active": show == name,
                "count": counts.get(name, len(book.rows)),
            }
            for name, label in labels.items()
        ],
        "draft_url": reverse("playbooks:version", args=[kept.draft.uuid]) if kept.draft else "",
        "template": pages.template_account(book),
    }
    return render(request, "playbooks/tables_rows.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One row (`?at=1:7`): its topic, each position as a condition in words, its wording, who approves."""
    member = member_of(request)
    kept = get_import(member, uuid)
    book = table_imports.book_of(kept)
    asked = request.GET.get("at", "")
    source = book.find(asked) if asked else next(iter(book.rows), None)
    if source is None:
        return redirect("playbooks:tables_rows", uuid=kept.uuid)
    topic = request.GET.get("topic")
    if topic is not None and topic not in TOPICS:
        topic = ""
    if request.method == "POST":
        decision = decision_posted(request.POST)
        if picked := request.POST.get("pick"):
            decision = _with_pick(decision, picked)
        elif "check" not in request.POST:
            try:
                table_imports.decide(
                    kept=kept, seen=version_seen(request), key=source.key, decision=decision, by=member
                )
            except ValidationError as error:
                for sentence in error.messages:
                    messages.error(request, sentence)
            else:
                return _after(request, kept, book, source.key, decision.use)
        proposal = book.propose(source, decision.topic)
    else:
        known = book.decisions.get(source.key)
        reread = topic if topic is not None else known.topic if known and known.topic else None
        proposal = book.propose(source, reread)
        decision = pages.for_form(known, proposal) if known and topic is None else proposal.decision
    draft_url = reverse("playbooks:version", args=[kept.draft.uuid]) if kept.draft else ""
    shown = pages.row_page(book, source, decision, proposal)
    context = {"kept": kept, "back_url": _rows_url(kept), "draft_url": draft_url, **shown}
    return render(request, "playbooks/tables_row.html", context)


def _with_pick(decision: Decision, picked: str) -> Decision:
    """The decision with one of the offered conditions in its rung: "0|days <= 45"; its label follows."""
    number, _bar, when = picked.partition("|")
    at = int(number) if number.isdecimal() and len(number) < 3 else len(decision.rungs)
    if at >= len(decision.rungs):
        return decision
    rungs, old = list(decision.rungs), decision.rungs[at]
    ours = label_of(decision.topic, old.when)
    label = followed(old.label, ours=ours, topic=decision.topic, when=when[:2_000])
    rungs[at] = replace(old, when=when[:2_000], label=label)
    return replace(decision, rungs=tuple(rungs))


def _after(request: HttpRequest, kept: TableImport, book: Book, key: str, use: str) -> HttpResponse:
    """On to the next row that waits, or back to the list."""
    messages.success(request, _("The row is taken.") if use == TAKE else _("The row is left out."))
    keys = [item.key for item in book.rows]
    behind = book.rows[keys.index(key) + 1 :]
    following = next((item for item in behind if not book.state(item)), None)
    if following is None:
        return redirect("playbooks:tables_rows", uuid=kept.uuid)
    return redirect(pages.row_url(kept, following))


@signed_in
@require_POST
def take_sure(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    kept = get_import(member, uuid)
    taken, waiting = table_imports.take_sure(kept=kept, seen=version_seen(request), by=member)
    said = ngettext("%(n)d row taken.", "%(n)d rows taken.", taken) % {"n": taken}
    rest = ngettext("%(n)d waits for you.", "%(n)d wait for you.", waiting) % {"n": waiting}
    messages.success(request, f"{said} {rest}")
    return redirect("playbooks:tables_rows", uuid=kept.uuid)


@signed_in
@require_POST
def make_draft(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    kept = get_import(member, uuid)
    try:
        draft = table_imports.make_draft(
            kept=kept,
            seen=version_seen(request),
            replace_draft=request.POST.get("replace") == "on",
            by=member,
        )
    except ValidationError as error:
        messages.error(request, _("No draft was made; nothing of the table was imported."))
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("playbooks:tables_rows", uuid=kept.uuid)
    messages.success(request, _("The draft is made. Read it, try it, then publish it."))
    return redirect("playbooks:version", uuid=draft.uuid)


@signed_in
@require_POST
def put_aside(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    kept = get_import(member, uuid)
    table_imports.put_aside(kept=kept, seen=version_seen(request), by=member)
    messages.success(request, _("The import is put aside."))
    return redirect("playbooks:tables")


def _rows_url(kept: TableImport) -> str:
    return reverse("playbooks:tables_rows", args=[kept.uuid])
