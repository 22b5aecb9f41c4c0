"""A running contract moved to a newer version of its playbook: what would change, then the move."""

import uuid as uuids

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import EDIT
from accounts.models.base import Conflict
from accounts.web import member_of, signed_in
from negotiation.access import get_contract
from negotiation.services import upgrading


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    contract = get_contract(member, uuid, EDIT)
    try:
        if request.method == "POST":
            to = upgrading.newer_version(contract)
            if to is None:
                raise ValidationError(_("This contract has the newest version of its playbook already."))
            if request.POST.get("to") != str(to.uuid):
                raise Conflict(_("A newer version was published since you looked. See what it changes."))
            reopened = upgrading.upgrade(contract=contract, to=to, by=member)
            _say(request, to.number, len(reopened))
            return redirect(contract)
        seen = upgrading.preview(contract)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
        return redirect(contract)
    changed = [line for line in seen.lines if line.changes]
    context = {
        "negotiation": {
            "title": contract.negotiation.title,
            "url": contract.negotiation.get_absolute_url(),
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "playbook": {
            "title": seen.newer.playbook.title,
            "from": seen.pinned.number,
            "to": seen.newer.number,
            "note": seen.newer.note,
            "published_at": seen.newer.published_at,
            "difference_url": reverse("playbooks:difference", args=[seen.newer.uuid]),
        },
        "to": str(seen.newer.uuid),
        "version": seen.version.number,
        "changed": changed,
        "same": [line for line in seen.lines if not line.changes],
        "reopens": sum(line.reopens for line in changed),
        "risk_before": seen.risk_before,
        "risk_after": seen.risk_after,
    }
    return render(request, "negotiation/upgrade.html", context)


def _say(request: HttpRequest, number: int, reopened: int) -> None:
    said = _("The contract is reviewed by version %(number)d of its playbook now.") % {"number": number}
    if reopened:
        more = ngettext("One decision is open again.", "%(count)d decisions are open again.", reopened) % {
            "count": reopened
        }
        said = f"{said} {more}"
    messages.success(request, said)
