"""Everything that was read from a version, on a page of its own."""

import uuid as uuids

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import VIEW
from accounts.web import member_of, signed_in
from negotiation.access import get_contract
from negotiation.views.contracts import version_asked
from negotiation.workspace import fetch, read


@signed_in
@require_GET
def page(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Clause tree with types, parties, terms, duties and slips. `?version=N` shows an older version."""
    contract = get_contract(member_of(request), uuid, VIEW)
    version, _is_newest = version_asked(request, contract)
    if version is None:
        messages.error(request, _("No version of this contract was read yet."))
        return redirect(contract.negotiation)
    return render(request, "negotiation/reading.html", read.context(fetch(contract, version)))
