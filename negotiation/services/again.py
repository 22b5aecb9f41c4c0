"""Judging a contract again because something beside it changed: another document, a fact, a trade.

Both halves stand here: `ask` writes one job for each contract that depends on what changed, in the caller's
transaction; `review_again` is that job.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import jobs
import redline
from accounts.services import audit, files
from negotiation.models import Contract, Negotiation, Version
from negotiation.models.contracts import ContractState
from negotiation.services import keeping, reviews
from negotiation.services.holding import hold_contract

REVIEW_AGAIN = "negotiation.review_again"
BECAUSE = {
    "document": gettext_noop("Another document of the deal has a new version."),
    "facts": gettext_noop("What is known of the deal changed."),
    "trade": gettext_noop("A trade was agreed, or fell."),
}


def ask(*, negotiation: Negotiation, because: str, key: str, but: Contract | None = None) -> None:
    """Have every contract of the deal that is still negotiated judged again. `because` is a code of
    `BECAUSE`; `key` names what happened, so that it is judged once for it."""
    rows = negotiation.contracts.filter(
        state=ContractState.NEGOTIATING, playbook_version__isnull=False, archived_at=None
    )
    for contract in rows:
        if contract == but:
            continue
        jobs.enqueue(
            kind=REVIEW_AGAIN,
            args={"contract": contract.pk, "because": because},
            key=f"{REVIEW_AGAIN}:{contract.pk}:{because}:{key}",
        )


@jobs.register(REVIEW_AGAIN)
def review_again(job: jobs.JobContext) -> jobs.Effect | None:
    """Judge the newest read version beside the documents as they are now; its rows are written anew where
    what they say changed. A version that is still being read is judged with everything by its own job."""
    contract = Contract.objects.select_related("negotiation", "playbook_version", "organisation").get(
        pk=job.args["contract"]
    )
    version = contract.ready_version()
    if version is None or contract.playbook_version is None:
        return None
    judged = reviews.judge(contract, redline.read(files.read_bytes(version.file)))
    because = str(job.args["because"])

    def store() -> None:
        hold_contract(contract)
        # Moved to a newer playbook version while this was judged: that move reviewed the text itself.
        same_rules = Contract.objects.filter(
            pk=contract.pk, playbook_version=judged.playbook_version
        ).exists()
        still = (
            contract.state == ContractState.NEGOTIATING and contract.ready_version() == version and same_rules
        )
        if still:
            record(version, judged, because)

    return store


def record(version: Version, judged: reviews.Judged, because: str) -> None:
    """Keep what was judged again, with its line in the record. In the caller's transaction, with the contract
    held."""
    reopened = keeping.store_again(version, judged, _(BECAUSE[because]))
    audit.record(
        organisation=version.organisation,
        by=None,
        action="version.reviewed_again",
        target=version,
        negotiation=version.contract.negotiation.uuid,
        payload={"because": because, "reopened": sorted(row.issue for row in reopened)},
    )
