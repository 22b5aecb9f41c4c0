"""The one thing that moves a deal, and who owns it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiation.models import Contract, Negotiation, VersionState
from negotiation.models.contracts import ContractState
from negotiation.overview.rows import newest, turns
from negotiation.package import Document


def next_action(
    negotiation: Negotiation, package: Sequence[Document], *, may_edit: bool
) -> dict[str, Any] | None:
    """The one thing that moves this deal, and who owns it."""
    ours, theirs = negotiation.owner.user.name, negotiation.their_side().name
    if not package:
        return _action(
            ours,
            _("Put the first contract into the package."),
            reverse("negotiation:add_contract", args=[negotiation.uuid]) if may_edit else "",
            _("Add a document"),
        )
    for document in package:
        action = _contract_action(document.contract, ours, theirs, may_edit, document.open_issues)
        if action:
            return action
    return None


def _contract_action(
    contract: Contract, ours: str, theirs: str, may_edit: bool, open_issues: int
) -> dict[str, Any] | None:
    page, upload = contract.get_absolute_url(), reverse("negotiation:upload", args=[contract.uuid])
    if contract.state == ContractState.EXECUTED:
        return None
    latest = newest(contract)
    if latest is None:
        sentence = _("Upload the first draft of “%(title)s”.") % {"title": contract.title}
        return _action(ours, sentence, upload if may_edit else "", _("Upload a draft"))
    if contract.state == ContractState.SIGNING:
        return _action(_("the signers"), _("Sign “%(title)s”.") % {"title": contract.title}, page, _("Open"))
    if contract.state == ContractState.AGREED:
        url = reverse("signing:start", args=[contract.uuid])
        sentence = _("“%(title)s” is agreed: send it out for signature.") % {"title": contract.title}
        return _action(ours, sentence, url, _("Start signing"))
    last = next(iter(turns(contract)), None)
    if latest.state == VersionState.FAILED:
        sentence = _("Version %(number)d of “%(title)s” could not be read: upload it again.") % {
            "number": latest.number,
            "title": contract.title,
        }
        return _action(ours, sentence, upload if may_edit else "", _("Upload"))
    if last is not None and last.side.is_ours:
        sentence = _("Answer our turn %(number)d of “%(title)s”.") % {
            "number": last.number,
            "title": contract.title,
        }
        return _action(theirs, sentence, upload if may_edit else "", _("Upload their answer"))
    if open_issues:
        sentence = ngettext(
            "Decide the open issue of “%(title)s” and send our turn.",
            "Decide the %(count)d open issues of “%(title)s” and send our turn.",
            open_issues,
        )
    else:
        sentence = _("Send our turn of “%(title)s”, or agree the text.")
    sentence %= {"title": contract.title, "count": open_issues}
    return _action(ours, sentence, page, _("Open the contract"))


def _action(who: str, sentence: str, url: str, label: str) -> dict[str, Any]:
    return {"who": who, "sentence": sentence, "url": url, "label": label}
