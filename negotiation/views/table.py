"""At the table: clauses that no rule covers are ticked, trades are recorded as agreed or fallen."""

import uuid as uuids

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import EDIT
from accounts.refusals import said_on_next_page
from accounts.web import member_of, signed_in, version_seen
from negotiation.access import get_contract, get_negotiation, get_trade, get_uncovered
from negotiation.models import Negotiation
from negotiation.services import trades, uncovered
from negotiation.words import searched


@signed_in
@require_POST
def read_clauses(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Tick the chosen clauses, or all that are left, by whoever says that they read them."""
    member = member_of(request)
    contract = get_contract(member, uuid, EDIT)
    version = contract.ready_version()
    back = f"{contract.get_absolute_url()}#not-covered"
    if request.POST.get("back") in ("send", "agree"):
        back = reverse(f"negotiation:{request.POST['back']}", args=[contract.uuid])
    if version is None:
        return redirect(contract)
    everything = bool(request.POST.get("all"))
    if everything and not request.POST.get("knowingly"):
        messages.error(request, _("To tick all at once, say that you have read them."))
        return redirect(back)
    with said_on_next_page(request):
        count = uncovered.mark_read(
            version=version,
            clauses=[one for one in request.POST.getlist("clause") if _is_uuid(one)],
            by=member,
            knowingly=everything,
        )
        said = ngettext("%(n)d clause is ticked as read.", "%(n)d clauses are ticked as read.", count)
        messages.success(request, said % {"n": count})
    return redirect(back)


@signed_in
@require_POST
def unread_clause(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_uncovered(member, uuid, EDIT)
    uncovered.mark_unread(clause=row, by=member)
    return redirect(f"{row.version.contract.get_absolute_url()}#not-covered")


@signed_in
@require_POST
def agree_trade(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, EDIT)
    with said_on_next_page(request):
        trades.agree_trade(
            negotiation=negotiation,
            code=searched(request.POST.get("code", "")),
            evidence=request.POST.get("evidence", ""),
            by=member,
        )
        messages.success(request, _("The trade is recorded; what rests on it is being looked at again."))
    return _back(request, negotiation)


@signed_in
@require_POST
def drop_trade(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    trade = get_trade(member, uuid, EDIT)
    with said_on_next_page(request):
        trades.drop_trade(
            trade=trade,
            reason=request.POST.get("reason", ""),
            by=member,
            seen=version_seen(request),
        )
        messages.success(request, _("The trade fell; what rested on it is being looked at again."))
    return _back(request, trade.negotiation)


def _back(request: HttpRequest, negotiation: Negotiation) -> HttpResponse:
    """To the page the form stood on, where it is one of ours."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect(negotiation)


def _is_uuid(text: str) -> bool:
    try:
        uuids.UUID(text)
    except ValueError:
        return False
    return True
