"""The contract workspace, uploading versions, and how far the reading of one is."""

import io
import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import jobs
from accounts.access import COMMENT, EDIT, REQUEST, SIGN, VIEW, WRITE_PLAYBOOKS, may
from accounts.models import Membership
from accounts.models.files import DOCX
from accounts.services import files
from accounts.web import member_of, signed_in
from negotiation import gates
from negotiation import workspace as page
from negotiation.access import colleagues_on, get_contract, get_negotiation, get_version
from negotiation.forms import ContractForm, UploadForm
from negotiation.models import ChangeState, Contract, Negotiation, Turn, Version, VersionLabel, VersionState
from negotiation.models.contracts import ContractState
from negotiation.services import deals, mistakes, versions
from negotiation.services.upgrading import newer_version
from negotiation.workspace import shown
from negotiation.workspace.version_words import version_word

STEP_LABELS = {
    "reading": gettext_noop("Read the document"),
    "comparing": gettext_noop("Compare with what we sent"),
    "clauses": gettext_noop("Find clauses"),
    "reviewing": gettext_noop("Review against the playbook"),
}


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, REQUEST)
    form = ContractForm(request.POST or None, request.FILES or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            return _add(negotiation, form, member)
        except ValidationError as error:
            form.add_error("file", error)
    context = _upload_context(negotiation, None, form)
    return render(request, "negotiation/upload.html", context, status=400 if form.errors else 200)


def _add(negotiation: Negotiation, form: ContractForm, member: Membership) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("title", "paper", "our_role")}
    given["playbook_version"] = form.playbook_version()
    file = form.cleaned_data["file"]
    if file is None:
        deals.add_contract(negotiation=negotiation, by=member, **given)
        return redirect(negotiation)
    version = versions.add_contract_with_draft(
        negotiation=negotiation,
        data=file.read(),
        file_name=file.name or "contract.docx",
        by=member,
        **given,
    )
    return redirect("negotiation:progress", version.uuid)


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    contract = get_contract(member, uuid, REQUEST)
    sent = contract.last_turn(ours=True)
    sender = "theirs" if sent or contract.paper == "theirs" else "ours"
    form = UploadForm(request.POST or None, request.FILES or None, initial={"sender": sender})
    unlike = bool(request.POST.get("although_unlike"))
    if request.method == "POST" and form.is_valid():
        try:
            version = _take(contract, form, member)
        except ValidationError as error:
            unlike = unlike or error.code == "unlike"
            form.add_error("file", error)
        else:
            return redirect("negotiation:progress", version.uuid)
    context = _upload_context(contract.negotiation, contract, form) | {"unlike": unlike}
    if sent is not None:
        context["sent"] = {"number": sent.number, "at": sent.sent_at}
    return render(request, "negotiation/upload.html", context, status=400 if form.errors else 200)


def _take(contract: Contract, form: UploadForm, member: Membership) -> Version:
    negotiation = contract.negotiation
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    ours = form.cleaned_data["sender"] == "ours"
    return versions.add_version(
        contract=contract,
        data=file.read(),
        file_name=file.name or "contract.docx",
        side=negotiation.our_side() if ours else negotiation.their_side(),
        by=member,
        check=None if form.cleaned_data["although_unlike"] else mistakes.refuse_unlike,
    )


def _upload_context(negotiation: Negotiation, contract: Contract | None, form: Any) -> dict[str, Any]:
    return {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": negotiation.their_side().name,
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()} if contract else None,
        "form": form,
        "cancel_url": (contract or negotiation).get_absolute_url(),
    }


@signed_in
@require_GET
def progress(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """How far the reading is; the fragment for htmx, the page otherwise."""
    version = get_version(member_of(request), uuid, VIEW)
    contract = version.contract
    context = {
        "negotiation": {
            "title": contract.negotiation.title,
            "url": contract.negotiation.get_absolute_url(),
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "progress": _progress(version, may_retry=may(member_of(request), REQUEST, contract)),
    }
    sent = _sent(version)
    if not request.headers.get("HX-Request"):
        return render(request, "negotiation/progress.html", context | {"sent": sent})
    response = render(request, "negotiation/_progress.html", context)
    if version.is_ready() and sent is None:  # a sent turn has its file to be fetched here first
        response["HX-Redirect"] = contract.get_absolute_url()
    return response


def _sent(version: Version) -> dict[str, Any] | None:
    """What happens next with a turn of ours that was closed by this version."""
    turn: Turn | None = getattr(version, "turn", None)
    if turn is None or not turn.side.is_ours:
        return None
    return {
        "number": turn.number,
        "to": version.contract.negotiation.their_side().name,
        "download_url": reverse("negotiation:download", args=[version.uuid]),
        "upload_url": reverse("negotiation:upload", args=[version.contract.uuid]),
        "message": turn.message,
    }


def _progress(version: Version, *, may_retry: bool) -> dict[str, Any]:
    job = jobs.Job.objects.filter(idempotency_key=f"{versions.PROCESS}:{version.pk}").first()
    at = versions.STEPS.index(job.progress_step) if job and job.progress_step in versions.STEPS else 0
    failed = version.state == VersionState.FAILED
    ready = version.is_ready()
    steps = []
    for position, code in enumerate(versions.STEPS):
        if ready or position < at:
            state = "done"
        elif position > at:
            state = "todo"
        else:
            state = "failed" if failed else "now"
        steps.append({"label": _(STEP_LABELS[code]), "state": state})
    return {
        "url": reverse("negotiation:progress", args=[version.uuid]),
        "steps": steps,
        "done": len(steps) if ready else at,
        "total": len(steps),
        "state": "ready" if ready else "failed" if failed else "running",
        "done_url": version.contract.get_absolute_url(),
        "error": version.failure,
        "kept": _("The file itself is kept as it was uploaded; nothing else was changed."),
        "retry_url": reverse("negotiation:retry", args=[version.uuid]) if failed and may_retry else "",
    }


@signed_in
@require_POST
def retry(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    version = get_version(member_of(request), uuid, REQUEST)
    versions.retry(version=version, by=member_of(request))
    return redirect("negotiation:progress", version.uuid)


@signed_in
@require_POST
def withdraw(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Take back a version that was uploaded by mistake."""
    version = get_version(member_of(request), uuid, REQUEST)
    try:
        mistakes.withdraw_version(version=version, by=member_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("Version %(number)d is withdrawn; its file is kept.") % {"number": version.number}
        )
    return redirect(version.contract)


@signed_in
@require_GET
def download(request: HttpRequest, uuid: uuids.UUID) -> FileResponse:
    """The stored bytes of a version, exactly as they are."""
    version = get_version(member_of(request), uuid, VIEW)
    return FileResponse(
        io.BytesIO(files.read_bytes(version.file)),
        as_attachment=True,
        filename=version.file_name,
        content_type=DOCX,
    )


@signed_in
@require_GET
def workspace(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The three panes. `?version=N` shows an older version, read-only."""
    member = member_of(request)
    contract = get_contract(member, uuid, VIEW)
    version, is_newest = version_asked(request, contract)
    if version is None:
        latest = contract.latest_version()
        if latest is not None:
            return redirect("negotiation:progress", latest.uuid)
        return redirect("negotiation:upload", contract.uuid)
    may_edit = may(member, EDIT, contract) and is_newest
    rows = page.fetch(contract, version)
    context = page.context(
        rows,
        may_edit=may_edit,
        approvals=gates.issue_notes([contract])[contract.pk] if is_newest else {},
        view=shown.asked(request.GET.dict()),
    )
    context |= _controls(rows, member, may_edit=context["may_edit"], may_record=may_edit)
    if context["may_edit"]:
        context["colleagues"] = colleagues_on(contract.negotiation, but=member)
    context["selected"] = request.GET.get("finding", "") or _first_open(context["findings"])
    return render(request, "negotiation/contract.html", context)


def version_asked(request: HttpRequest, contract: Contract) -> tuple[Version | None, bool]:
    ready = contract.ready_version()
    number = request.GET.get("version", "")
    if number.isdecimal() and len(number) < 10:
        asked = contract.versions.filter(number=int(number), state=VersionState.READY).first()
        if asked is not None:
            return asked, asked == ready
    return ready, True


def _first_open(findings: list[dict[str, Any]]) -> str:
    return next((found["id"] for found in findings if found["state"] == "open"), "")


def _controls(rows: page.Rows, member: Membership, *, may_edit: bool, may_record: bool) -> dict[str, Any]:
    contract, version = rows.contract, rows.version

    def url(name: str) -> str:
        return reverse(f"negotiation:{name}", args=[contract.uuid])

    open_to_upload = contract.state not in (ContractState.SIGNING, ContractState.EXECUTED)
    versions_to_show = [one for one in rows.versions if one.is_ready()]
    negotiating = contract.state == ContractState.NEGOTIATING
    stale = rows.elsewhere if may_record else None
    standing = [one for one in rows.versions if one.state != VersionState.WITHDRAWN]
    may_withdraw = may(member, REQUEST, contract) and standing[-1:] == [version]
    return {
        "withdraw_url": (
            reverse("negotiation:withdraw_version", args=[version.uuid])
            if may_withdraw and _is_fresh(rows)
            else ""
        ),
        "send_url": url("send") if may_edit else "",
        "newer_playbook": _newer_playbook(contract) if may_record else None,
        "agree_url": url("agree") if may_record and negotiating and rows.last_turn else "",
        "sign_url": (
            reverse("signing:start", args=[contract.uuid])
            if contract.state == ContractState.AGREED and may(member, SIGN, contract)
            else ""
        ),
        "reading_url": url("reading") + f"?version={version.number}",
        "compare_url": url("compare") if len(versions_to_show) > 1 else "",
        "outdated": (
            {
                "number": stale.base.number,
                "version": stale.version,
                "look_url": contract.get_absolute_url() + f"?version={stale.base.number}",
                "set_aside_url": url("set_aside"),
            }
            if stale
            else None
        ),
        "upload_url": url("upload") if open_to_upload and may(member, REQUEST, contract) else "",
        "comment_url": url("comment"),
        "keep_words_url": reverse("playbooks:library_new") if may(member, WRITE_PLAYBOOKS) else "",
        "may_comment": may(member, COMMENT, contract),
        "exports": [
            {
                "label": _("This version as stored (version %(number)d)") % {"number": version.number},
                "url": reverse("negotiation:download", args=[version.uuid]),
            }
        ],
        "versions": [
            {
                "label": f"{one.number} · {version_word(one)}",
                "url": contract.get_absolute_url() + f"?version={one.number}",
                "current": one.pk == version.pk,
            }
            for one in versions_to_show
        ],
    }


def _newer_playbook(contract: Contract) -> dict[str, Any] | None:
    """The version of its playbook the contract could be moved to, after a preview."""
    newer = newer_version(contract)
    if newer is None:
        return None
    return {"number": newer.number, "url": reverse("negotiation:upgrade", args=[contract.uuid])}


def _is_fresh(rows: page.Rows) -> bool:
    """Whether the page would offer to withdraw the version; the service asks again, and more."""
    ours_sent = rows.last_turn is not None and rows.last_turn.side.is_ours
    touched = any(row.version > 1 for row in rows.findings) or any(
        row.state in (ChangeState.ACCEPTED, ChangeState.REJECTED) for row in rows.theirs
    )
    is_draft = rows.version.label not in (VersionLabel.APPROVED, VersionLabel.EXECUTED)
    negotiating = rows.contract.state == ContractState.NEGOTIATING
    return negotiating and is_draft and not (touched or rows.ours or ours_sent)
